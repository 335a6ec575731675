// SPDX-License-Identifier: GPL-2.0
/*
 * Vellum: bulk buffers for the co-processor, from user memory or from the
 * kernel's own vmalloc area.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct vellum_bulk {
	struct page **pages;
	unsigned int num_pages;
	bool pages_need_release;
	bool read;
};

static void vellum_bulk_cleanup(struct vellum_bulk *bulk)
{
	unsigned int i;

	if (bulk->pages_need_release) {
		for (i = 0; i < bulk->num_pages; i++)
			put_page(bulk->pages[i]);
	}
	kvfree(bulk->pages);
	kfree(bulk);
}

struct vellum_bulk *vellum_bulk_create(void *buf, size_t count, bool read)
{
	unsigned long start = (unsigned long)buf & PAGE_MASK;
	unsigned int offset = offset_in_page(buf);
	struct vellum_bulk *bulk;
	int actual;
	unsigned int i;

	bulk = kzalloc(sizeof(*bulk), GFP_KERNEL);
	if (!bulk)
		return NULL;
	bulk->num_pages = DIV_ROUND_UP(count + offset, PAGE_SIZE);
	bulk->read = read;
	bulk->pages = kvmalloc_array(bulk->num_pages, sizeof(struct page *),
				     GFP_KERNEL);
	if (!bulk->pages) {
		kfree(bulk);
		return NULL;
	}

	if (is_vmalloc_addr(buf)) {
		for (i = 0; i < bulk->num_pages; i++)
			bulk->pages[i] = vmalloc_to_page(buf + i * PAGE_SIZE);
		/* vmalloc pages carry no reference of ours */
		return bulk;
	}

	actual = get_user_pages_fast(start, bulk->num_pages, read,
				     bulk->pages);
	if (actual != bulk->num_pages) {
		/* This is probably due to the process being killed */
		while (actual > 0) {
			actual--;
			put_page(bulk->pages[actual]);
		}
		vellum_bulk_cleanup(bulk);
		return NULL;
	}
	bulk->pages_need_release = true;
	return bulk;
}
EXPORT_SYMBOL_GPL(vellum_bulk_create);

int vellum_bulk_start(struct device *dev, struct vellum_bulk *bulk,
		      struct sg_table *sgt)
{
	int ret;

	ret = sg_alloc_table_from_pages(sgt, bulk->pages, bulk->num_pages, 0,
					bulk->num_pages * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	if (!dma_map_sg(dev, sgt->sgl, sgt->nents, DMA_BIDIRECTIONAL)) {
		sg_free_table(sgt);
		return -EIO;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(vellum_bulk_start);

void vellum_bulk_complete(struct vellum_bulk *bulk)
{
	unsigned int i;

	if (bulk->read)
		for (i = 0; i < bulk->num_pages; i++)
			set_page_dirty(bulk->pages[i]);
	vellum_bulk_cleanup(bulk);
}
EXPORT_SYMBOL_GPL(vellum_bulk_complete);

MODULE_LICENSE("GPL");
