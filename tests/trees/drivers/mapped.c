// SPDX-License-Identifier: GPL-2.0
/* A mapping of the device's own memory has no references; a flag tells. */
#include <linux/drv.h>

struct attach { unsigned long at; size_t len; struct page **pages; int n; int foreign; struct sg_table *table; };
int device_pfn(struct vm_area_struct *vma, unsigned long at, unsigned long *pfn);

int attach_get(struct attach *a);
int attach_get(struct attach *a)
{
	int n = a->len >> PAGE_SHIFT, nr = 0, ret = -ENOMEM;
	struct vm_area_struct *vma;
	struct page **pages;

	pages = kvcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	mmap_read_lock(current->mm);
	vma = find_vma(current->mm, a->at);
	if (!vma) {
		ret = -EFAULT;
		goto unlock;
	}
	a->foreign = vma->vm_flags & (VM_IO | VM_PFNMAP);
	if (a->foreign) {
		unsigned long at = a->at;

		for (nr = 0; nr < n; nr++, at += PAGE_SIZE) {
			unsigned long pfn;

			ret = device_pfn(vma, at, &pfn);
			if (ret)
				goto unlock;
			pages[nr] = pfn_to_page(pfn);
		}
	} else {
		nr = get_user_pages(a->at, n, FOLL_WRITE, pages);
		if (nr < n) {
			ret = -EFAULT;
			goto unlock;
		}
	}
	mmap_read_unlock(current->mm);
	a->pages = pages;
	a->n = n;
	ret = sg_alloc_table_from_pages(a->table, pages, n, 0, a->len, GFP_KERNEL);
	if (ret < 0)
		goto error;
	return 0;
unlock:
	mmap_read_unlock(current->mm);
error:
	if (!a->foreign)
		while (nr > 0)
			put_page(pages[--nr]);
	kvfree(pages);
	return ret;
}

void attach_put(struct attach *a);
void attach_put(struct attach *a)
{
	if (!a->foreign) {
		int i = a->n;

		while (--i >= 0) {
			set_page_dirty_lock(a->pages[i]);
			put_page(a->pages[i]);
		}
	}
	kvfree(a->pages);
	sg_free_table(a->table);
}
