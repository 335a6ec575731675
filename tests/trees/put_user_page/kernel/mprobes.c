// SPDX-License-Identifier: GPL-2.0
/*
 * Break points in user text: the old page comes from the process, the new
 * one from the allocator.
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mprobes.h>
#include <linux/pagemap.h>
#include <linux/string.h>

#define MPROBE_INSN	0xcc

static int mprobe_replace(struct vm_area_struct *vma, unsigned long addr,
			  struct page *old, struct page *new)
{
	old->mapping = NULL;
	return vm_insert_page(vma, addr, new);
}

/* called with the mm's lock held */
int mprobe_write(struct mm_struct *mm, unsigned long vaddr)
{
	struct page *old_page, *new_page;
	struct vm_area_struct *vma;
	void *from, *to;
	int ret;

retry:
	ret = get_user_pages_remote(NULL, mm, vaddr, 1, FOLL_FORCE,
				    &old_page, &vma, NULL);
	if (ret <= 0)
		return ret;

	ret = -ENOMEM;
	new_page = alloc_page(GFP_KERNEL);
	if (!new_page)
		goto put_old;

	from = kmap_atomic(old_page);
	to = kmap_atomic(new_page);
	memcpy(to, from, PAGE_SIZE);
	*((u8 *)to + offset_in_page(vaddr)) = MPROBE_INSN;
	kunmap_atomic(to);
	kunmap_atomic(from);

	ret = mprobe_replace(vma, vaddr & PAGE_MASK, old_page, new_page);
	put_page(new_page);
put_old:
	put_page(old_page);

	if (ret == -EAGAIN)
		goto retry;
	return ret;
}
