// SPDX-License-Identifier: GPL-2.0
/* A dma-buf exporter: released by a work item that .release queues; and by an MMU notifier. */
#include <linux/drv.h>

struct tray { struct page **pages; unsigned long n; struct work_struct work; };

static struct sg_table *tray_map(struct dma_buf_attachment *at, enum dma_data_direction dir)
{
	struct tray *tray = at->dmabuf->priv;
	struct sg_table *table = kzalloc(sizeof(*table), GFP_KERNEL);
	int ret;

	if (!table)
		return ERR_PTR(-ENOMEM);
	ret = sg_alloc_table_from_pages(table, tray->pages, tray->n, 0, tray->n << PAGE_SHIFT,
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

static void tray_unmap(struct dma_buf_attachment *at, struct sg_table *table,
		       enum dma_data_direction dir)
{
	dma_unmap_sgtable(at->dev, table, dir, 0);
	sg_free_table(table);
	kfree(table);
}

static void tray_work(struct work_struct *work)
{
	struct tray *tray = container_of(work, struct tray, work);
	unsigned long i;

	for (i = 0; i < tray->n; i++) {
		set_page_dirty_lock(tray->pages[i]);
		put_page(tray->pages[i]);
	}
	kvfree(tray->pages);
	kfree(tray);
}

static void tray_release(struct dma_buf *buf)
{
	struct tray *tray = buf->priv;

	INIT_WORK(&tray->work, tray_work);
	schedule_work(&tray->work);
}

static const struct dma_buf_ops tray_ops = {
	.map_dma_buf = tray_map, .unmap_dma_buf = tray_unmap, .release = tray_release,
};

int tray_export(unsigned long at, unsigned long n);
int tray_export(unsigned long at, unsigned long n)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);
	struct tray *tray = kzalloc(sizeof(*tray), GFP_KERNEL);
	struct dma_buf *buf;
	long got, i;
	int ret = -ENOMEM;

	if (!tray)
		return -ENOMEM;
	tray->pages = kvmalloc_array(n, sizeof(*tray->pages), GFP_KERNEL);
	if (!tray->pages)
		goto free;
	got = get_user_pages_fast(at, n, FOLL_WRITE, tray->pages);
	if (got != n) {
		ret = got < 0 ? got : -EFAULT;
		goto put;
	}
	tray->n = n;
	info.ops = &tray_ops;
	info.size = n << PAGE_SHIFT;
	info.flags = O_RDWR;
	info.priv = tray;
	buf = dma_buf_export(&info);
	if (IS_ERR(buf)) {
		ret = PTR_ERR(buf);
		goto put;
	}
	ret = dma_buf_fd(buf, O_CLOEXEC);
	if (ret < 0)
		dma_buf_put(buf);
	return ret;
put:
	for (i = 0; i < got; i++)
		put_page(tray->pages[i]);
	kvfree(tray->pages);
free:
	kfree(tray);
	return ret;
}
