// SPDX-License-Identifier: GPL-2.0
/* Memory of the user's for other devices: a dma-buf whose pages a work item gives back. */
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include "beacon.h"

#define BEACON_PUT(page) \
	do { \
		set_page_dirty_lock(page); \
		put_page(page); \
	} while (0)

static void beacon_work(struct work_struct *work)
{
	struct beacon_buf *buf = container_of(work, struct beacon_buf, work);
	unsigned long i;

	for (i = 0; i < buf->nr; i++)
		BEACON_PUT(buf->pages[i]);
	beacon_buf_free(buf);
}

static struct sg_table *beacon_map(struct dma_buf_attachment *at, enum dma_data_direction dir)
{
	struct beacon_buf *buf = at->dmabuf->priv;
	struct sg_table *table = kzalloc(sizeof(*table), GFP_KERNEL);
	int ret;

	if (!table)
		return ERR_PTR(-ENOMEM);
	ret = sg_alloc_table_from_pages(table, buf->pages, buf->nr, 0, buf->nr << PAGE_SHIFT,
					GFP_KERNEL);
	if (ret)
		goto free;
	ret = dma_map_sgtable(at->dev, table, dir, 0);
	if (!ret)
		return table;
	sg_free_table(table);
free:
	kfree(table);
	return ERR_PTR(ret);
}

static void beacon_unmap(struct dma_buf_attachment *at, struct sg_table *table,
			 enum dma_data_direction dir)
{
	dma_unmap_sgtable(at->dev, table, dir, 0);
	sg_free_table(table);
	kfree(table);
}

static void beacon_release(struct dma_buf *dmabuf)
{
	struct beacon_buf *buf = dmabuf->priv;

	queue_work(beacon_queue, &buf->work);
}

static const struct dma_buf_ops beacon_ops = {
	.map_dma_buf = beacon_map,
	.unmap_dma_buf = beacon_unmap,
	.release = beacon_release,
};

struct dma_buf *beacon_export(unsigned long addr, unsigned long nr)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);
	struct dma_buf *dmabuf = ERR_PTR(-ENOMEM);
	struct beacon_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);
	int got, i;

	if (!buf)
		return dmabuf;
	INIT_WORK(&buf->work, beacon_work);
	buf->pages = kvcalloc(nr, sizeof(*buf->pages), GFP_KERNEL);
	if (!buf->pages)
		goto free;
	got = get_user_pages_fast(addr, nr, FOLL_WRITE, buf->pages);
	if (got < 0) {
		dmabuf = ERR_PTR(got);
		goto free;
	}
	buf->nr = got;
	if (buf->nr != nr) {
		dmabuf = ERR_PTR(-EFAULT);
		goto put;
	}
	info.ops = &beacon_ops;
	info.size = nr << PAGE_SHIFT;
	info.flags = O_RDWR;
	info.priv = buf;
	dmabuf = dma_buf_export(&info);
	if (!IS_ERR(dmabuf))
		return dmabuf;
put:
	for (i = 0; i < got; i++)
		put_page(buf->pages[i]);
free:
	beacon_buf_free(buf);
	return dmabuf;
}
