/* SPDX-License-Identifier: GPL-2.0 */
/* Declarations that these drivers need, and the mini kernel lacks. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define VM_PFNMAP	0x400
#define VM_IO		0x4000
#define O_RDWR		2
#define O_CLOEXEC	0x80000

struct sg_page_iter {
	struct scatterlist *sg;
	unsigned int sg_pgoffset, nents;
};

static inline struct page *sg_page_iter_page(struct sg_page_iter *iter)
{
	return sg_page(iter->sg);
}

void __sg_page_iter_start(struct sg_page_iter *iter, struct scatterlist *list, unsigned int nents,
			  unsigned long offset);
bool __sg_page_iter_next(struct sg_page_iter *iter);
int dma_map_sgtable(struct device *dev, struct sg_table *table, enum dma_data_direction dir,
		    unsigned long attrs);
void dma_unmap_sgtable(struct device *dev, struct sg_table *table, enum dma_data_direction dir,
		       unsigned long attrs);

#define for_each_sgtable_page(table, iter, offset) \
	for (__sg_page_iter_start(iter, (table)->sgl, (table)->orig_nents, offset); \
	     __sg_page_iter_next(iter);)

struct dma_buf {
	void *priv;
};

struct dma_buf_attachment {
	struct dma_buf *dmabuf;
	struct device *dev;
};

struct dma_buf_ops {
	struct sg_table *(*map_dma_buf)(struct dma_buf_attachment *at, enum dma_data_direction dir);
	void (*unmap_dma_buf)(struct dma_buf_attachment *at, struct sg_table *table,
			      enum dma_data_direction dir);
	void (*release)(struct dma_buf *buf);
};

struct dma_buf_export_info {
	const struct dma_buf_ops *ops;
	unsigned long size;
	int flags;
	void *priv;
};

#define DEFINE_DMA_BUF_EXPORT_INFO(name) struct dma_buf_export_info name = { 0 }

struct dma_buf *dma_buf_export(const struct dma_buf_export_info *info);
int dma_buf_fd(struct dma_buf *buf, int flags);
void dma_buf_put(struct dma_buf *buf);
