// SPDX-License-Identifier: GPL-2.0
/*
 * References to the pages behind user addresses
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

static struct page *mini_lookup(struct mm_struct *mm, unsigned long addr,
				unsigned int gup_flags)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || addr < vma->vm_start)
		return ERR_PTR(-EFAULT);
	if (vma->vm_flags & (VM_IO | VM_PFNMAP))
		return ERR_PTR(-EFAULT);
	if ((gup_flags & FOLL_WRITE) && !(vma->vm_flags & VM_WRITE) &&
	    !(gup_flags & FOLL_FORCE))
		return ERR_PTR(-EFAULT);
	return pfn_to_page(addr >> PAGE_SHIFT);
}

static long mini_walk(struct mm_struct *mm, unsigned long start,
		      unsigned long nr_pages, unsigned int gup_flags,
		      struct page **pages)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++, start += PAGE_SIZE) {
		struct page *page = mini_lookup(mm, start, gup_flags);

		if (IS_ERR(page))
			return i ? i : PTR_ERR(page);
		if (pages) {
			get_page(page);
			pages[i] = page;
		}
	}
	return i;
}

long get_user_pages_remote(struct mm_struct *mm,
			   unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   int *locked)
{
	return mini_walk(mm, start, nr_pages, gup_flags, pages);
}
EXPORT_SYMBOL(get_user_pages_remote);

long get_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages)
{
	return mini_walk(current->mm, start, nr_pages, gup_flags, pages);
}
EXPORT_SYMBOL(get_user_pages);

long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags)
{
	struct mm_struct *mm = current->mm;
	long ret;

	mmap_read_lock(mm);
	ret = mini_walk(mm, start, nr_pages, gup_flags, pages);
	mmap_read_unlock(mm);
	return ret;
}
EXPORT_SYMBOL(get_user_pages_unlocked);

int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages)
{
	return get_user_pages_unlocked(start, nr_pages, pages, gup_flags);
}
EXPORT_SYMBOL(get_user_pages_fast);

long pin_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages)
{
	return mini_walk(current->mm, start, nr_pages, gup_flags | FOLL_PIN,
			 pages);
}
EXPORT_SYMBOL(pin_user_pages);

long pin_user_pages_remote(struct mm_struct *mm,
			   unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   int *locked)
{
	return mini_walk(mm, start, nr_pages, gup_flags | FOLL_PIN, pages);
}
EXPORT_SYMBOL(pin_user_pages_remote);

long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags)
{
	return get_user_pages_unlocked(start, nr_pages, pages,
				       gup_flags | FOLL_PIN);
}
EXPORT_SYMBOL(pin_user_pages_unlocked);

int pin_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages)
{
	return pin_user_pages_unlocked(start, nr_pages, pages, gup_flags);
}
EXPORT_SYMBOL(pin_user_pages_fast);

void unpin_user_page(struct page *page)
{
	put_page(page);
}
EXPORT_SYMBOL(unpin_user_page);

void unpin_user_pages(struct page **pages, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		unpin_user_page(pages[i]);
}
EXPORT_SYMBOL(unpin_user_pages);

void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages,
				 bool make_dirty)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		if (make_dirty)
			set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
}
EXPORT_SYMBOL(unpin_user_pages_dirty_lock);
