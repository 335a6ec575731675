// SPDX-License-Identifier: GPL-2.0
/* Pages into a table of its caller's, and out of one again. */
#include <linux/drv.h>

int quire_fill(struct sg_table *t, unsigned long at, size_t size);
void quire_empty(struct sg_table *t);

int quire_fill(struct sg_table *t, unsigned long at, size_t size)
{
	size_t n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got, i, ret = -EINVAL;

	if (!pages)
		return -ENOMEM;
	mmap_read_lock(current->mm);
	got = get_user_pages(at, n, FOLL_WRITE, pages);
	mmap_read_unlock(current->mm);
	if (got < 0) {
		ret = got;
		goto exit;
	} else if (got != n)
		goto put;
	ret = sg_alloc_table_from_pages(t, pages, n, 0, size, GFP_KERNEL);
	if (ret < 0)
		goto put;
	ret = 0;
	goto exit;
put:
	for (i = 0; i < got; i++) {
		SetPageDirty(pages[i]);
		put_page(pages[i]);
	}
exit:
	kvfree(pages);
	return ret;
}

void quire_empty(struct sg_table *t)
{
	struct sg_page_iter iter;
	struct page *page;

	for_each_sgtable_page(t, &iter, 0) {
		page = sg_page_iter_page(&iter);
		if (page) {
			SetPageDirty(page);
			put_page(page);
		}
	}
	sg_free_table(t);
}
