/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/mmap_lock.h>
#include <asm/pgtable.h>

#define VM_READ		0x00000001
#define VM_WRITE	0x00000002
#define VM_IO		0x00004000
#define VM_PFNMAP	0x00000400

#define FOLL_WRITE	0x01
#define FOLL_FORCE	0x10
#define FOLL_NOWAIT	0x20
#define FOLL_ANON	0x8000
#define FOLL_LONGTERM	0x10000
#define FOLL_PIN	0x40000

#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

struct vm_fault {
	struct vm_area_struct *vma;
	unsigned int flags;
	pgoff_t pgoff;
	unsigned long address;
	struct page *page;
};

typedef unsigned int vm_fault_t;

#define VM_FAULT_OOM	0x0001
#define VM_FAULT_SIGBUS	0x0002

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *area);
	void (*close)(struct vm_area_struct *area);
	vm_fault_t (*fault)(struct vm_fault *vmf);
};

extern struct page *compound_head(struct page *page);
extern int page_count(struct page *page);
extern int PageDirty(struct page *page);
extern int PageReserved(struct page *page);
extern int PageAnon(struct page *page);
extern void *page_address(const struct page *page);
extern struct page *virt_to_page(const void *addr);
extern unsigned long page_to_pfn(const struct page *page);
extern struct page *pfn_to_page(unsigned long pfn);
extern bool is_vmalloc_addr(const void *addr);
extern bool can_do_mlock(void);

static inline void get_page(struct page *page)
{
	page->_refcount.counter++;
}

void folio_put(struct folio *folio);

#define page_folio(p)	((struct folio *)compound_head(p))

typedef union {
	struct page **pages;
	struct folio **folios;
} release_pages_arg __attribute__ ((__transparent_union__));

void release_pages(release_pages_arg, int nr);

extern void __put_page(struct page *page);

static inline void put_page(struct page *page)
{
	page = compound_head(page);
	if (--page->_refcount.counter == 0)
		__put_page(page);
}

void unpin_user_page(struct page *page);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages,
				 bool make_dirty);
void unpin_user_page_range_dirty_lock(struct page *page, unsigned long npages,
				      bool make_dirty);
void unpin_user_pages(struct page **pages, unsigned long npages);

bool set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);

long get_user_pages_remote(struct mm_struct *mm,
			   unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   int *locked);
long pin_user_pages_remote(struct mm_struct *mm,
			   unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   int *locked);
long get_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages);
long pin_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages);
long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags);
int pin_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages);
long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags);
int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages);
int get_user_pages_fast_only(unsigned long start, int nr_pages,
			     unsigned int gup_flags, struct page **pages);

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr,
		   struct page *page);

#endif
