// SPDX-License-Identifier: GPL-2.0
/* Macros and inline helpers around allocation, free, release and lock. */
#include <linux/drv.h>

#define DRV_ALLOC(n, type) ((type *)kvcalloc(n, sizeof(type), GFP_KERNEL))
#define DRV_FREE(p) do { kvfree(p); (p) = NULL; } while (0)
#define DRV_PUT(page) do { if (page) { set_page_dirty_lock(page); unpin_user_page(page); } } while (0)
#define drv_lock(d) mutex_lock(&(d)->mutex)
#define drv_unlock(d) mutex_unlock(&(d)->mutex)

struct drv { struct mutex mutex; struct list_head bufs; struct device *dev; };
struct drv_buf { struct list_head link; struct page **pages; int n; dma_addr_t dma; };

static inline struct drv_buf *drv_buf_new(int n)
{
	struct drv_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);

	if (!buf)
		return NULL;
	buf->pages = DRV_ALLOC(n, struct page *);
	if (!buf->pages) {
		kfree(buf);
		return NULL;
	}
	buf->n = n;
	return buf;
}

static inline void drv_buf_delete(struct drv_buf *buf)
{
	DRV_FREE(buf->pages);
	kfree(buf);
}

static void drv_buf_put(struct drv_buf *buf, int n)
{
	int i;

	for (i = 0; i < n; i++)
		DRV_PUT(buf->pages[i]);
}

int drv_take(struct drv *d, unsigned long at, int n);
int drv_take(struct drv *d, unsigned long at, int n)
{
	struct drv_buf *buf = drv_buf_new(n);
	int got;

	if (!buf)
		return -ENOMEM;
	got = pin_user_pages_fast(at, n, FOLL_WRITE | FOLL_LONGTERM, buf->pages);
	if (got < n) {
		drv_buf_put(buf, got);
		drv_buf_delete(buf);
		return got < 0 ? got : -EFAULT;
	}
	buf->dma = dma_map_page(d->dev, buf->pages[0], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(d->dev, buf->dma)) {
		drv_buf_put(buf, n);
		drv_buf_delete(buf);
		return -EIO;
	}
	drv_lock(d);
	list_add(&buf->link, &d->bufs);
	drv_unlock(d);
	return 0;
}

void drv_drop(struct drv *d);
void drv_drop(struct drv *d)
{
	struct drv_buf *buf, *next;

	drv_lock(d);
	list_for_each_entry_safe(buf, next, &d->bufs, link) {
		list_del(&buf->link);
		dma_unmap_page(d->dev, buf->dma, PAGE_SIZE, DMA_FROM_DEVICE);
		drv_buf_put(buf, buf->n);
		drv_buf_delete(buf);
	}
	drv_unlock(d);
}
