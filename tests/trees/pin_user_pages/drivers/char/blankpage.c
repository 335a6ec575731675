// SPDX-License-Identifier: GPL-2.0
/*
 * Blankpage: nothing here came from user memory, except the fault-in of one
 * page, which leaves no reference behind.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/vmalloc.h>

struct blank_area {
	void *base;
	unsigned long size;
};

static vm_fault_t blank_fault(struct vm_fault *vmf)
{
	struct blank_area *area = vmf->vma->vm_private_data;
	unsigned long offset = vmf->pgoff << PAGE_SHIFT;
	struct page *page;

	if (offset >= area->size)
		return VM_FAULT_SIGBUS;
	page = vmalloc_to_page(area->base + offset);
	if (!page)
		return VM_FAULT_SIGBUS;
	get_page(page);
	vmf->page = page;
	return 0;
}

const struct vm_operations_struct blank_vm_ops = {
	.fault = blank_fault,
};

int blank_insert(struct vm_area_struct *vma)
{
	struct page *page = ZERO_PAGE(0);
	int ret;

	get_page(page);
	ret = vm_insert_page(vma, vma->vm_start, page);
	put_page(page);
	return ret;
}
EXPORT_SYMBOL_GPL(blank_insert);

/* Fault the page in; no reference is wanted. */
int blank_touch(unsigned long addr)
{
	long ret;

	mmap_read_lock(current->mm);
	ret = get_user_pages(addr, 1, FOLL_WRITE, NULL);
	mmap_read_unlock(current->mm);
	return ret == 1 ? 0 : -EFAULT;
}
EXPORT_SYMBOL_GPL(blank_touch);

int blank_check(struct blank_area *area, unsigned long offset)
{
	struct page *page = vmalloc_to_page(area->base + offset);
	int dirty;

	if (!page)
		return -ENOENT;
	get_page(page);
	dirty = PageDirty(page);
	put_page(page);
	return dirty;
}
EXPORT_SYMBOL_GPL(blank_check);

MODULE_LICENSE("GPL");
