// SPDX-License-Identifier: GPL-2.0
/* Pages into a table one by one, walked back by for_each_sgtable_page. */
#include <linux/drv.h>

struct region { struct device *dev; struct sg_table table; enum dma_data_direction dir; };

static int region_fill(struct region *r, struct page **pages, int n, size_t offset, size_t len)
{
	struct scatterlist *sg;
	int i, ret = sg_alloc_table(&r->table, n, GFP_KERNEL);

	if (ret)
		return ret;
	for_each_sg(r->table.sgl, sg, n, i) {
		size_t part = min_t(size_t, len, PAGE_SIZE - offset);

		sg_set_page(sg, pages[i], part, offset);
		offset = 0;
		len -= part;
	}
	return 0;
}

static void region_put(struct region *r)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(&r->table, &iter, 0) {
		struct page *page = sg_page_iter_page(&iter);

		set_page_dirty_lock(page);
		unpin_user_page(page);
	}
	sg_free_table(&r->table);
}

int region_map(struct region *r, unsigned long at, size_t len);
int region_map(struct region *r, unsigned long at, size_t len)
{
	int n = DIV_ROUND_UP(offset_in_page(at) + len, PAGE_SIZE), got, ret;
	struct page **pages = kvcalloc(n, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(at & PAGE_MASK, n, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (got != n) {
		ret = got < 0 ? got : -EFAULT;
		if (got > 0)
			unpin_user_pages(pages, got);
		goto out;
	}
	ret = region_fill(r, pages, n, offset_in_page(at), len);
	if (ret) {
		unpin_user_pages(pages, n);
		goto out;
	}
	ret = dma_map_sgtable(r->dev, &r->table, DMA_FROM_DEVICE, 0);
	if (ret)
		region_put(r);
out:
	kvfree(pages);
	return ret;
}

void region_unmap(struct region *r);
void region_unmap(struct region *r)
{
	dma_unmap_sgtable(r->dev, &r->table, DMA_FROM_DEVICE, 0);
	region_put(r);
}
