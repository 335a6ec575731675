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

long get_user_pages_remote(struct task_struct *tsk, struct mm_struct *mm,
			   unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked)
{
	if (vmas && nr_pages)
		vmas[0] = find_vma(mm, start);
	return mini_walk(mm, start, nr_pages, gup_flags, pages);
}
EXPORT_SYMBOL(get_user_pages_remote);

long get_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages,
		    struct vm_area_struct **vmas)
{
	return get_user_pages_remote(current, current->mm, start, nr_pages,
				     gup_flags, pages, vmas, NULL);
}
EXPORT_SYMBOL(get_user_pages);

long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags)
{
	struct mm_struct *mm = current->mm;
	long ret;

	down_read(&mm->mmap_sem);
	ret = mini_walk(mm, start, nr_pages, gup_flags, pages);
	up_read(&mm->mmap_sem);
	return ret;
}
EXPORT_SYMBOL(get_user_pages_unlocked);

int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages)
{
	return get_user_pages_unlocked(start, nr_pages, pages, gup_flags);
}
EXPORT_SYMBOL(get_user_pages_fast);

typedef int (*set_dirty_func_t)(struct page *page);

static void mini_put_dirty(struct page **pages, unsigned long npages,
			   set_dirty_func_t set_dirty)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *page = compound_head(pages[i]);

		if (!PageDirty(page))
			set_dirty(page);
		put_user_page(page);
	}
}

/*
 * put_user_pages_dirty() - let go of pages, and mark them dirty first
 * @pages: the pages, as get_user_pages() returned them
 * @npages: how many
 */
void put_user_pages_dirty(struct page **pages, unsigned long npages)
{
	mini_put_dirty(pages, npages, set_page_dirty);
}
EXPORT_SYMBOL(put_user_pages_dirty);

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages)
{
	mini_put_dirty(pages, npages, set_page_dirty_lock);
}
EXPORT_SYMBOL(put_user_pages_dirty_lock);

void put_user_pages(struct page **pages, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		put_user_page(pages[i]);
}
EXPORT_SYMBOL(put_user_pages);
