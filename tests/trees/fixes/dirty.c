// SPDX-License-Identifier: GPL-2.0
/* Pages that were written, and are released clean. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

int raft_fill(unsigned long uaddr, const void *from, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	memcpy(at + 16, from, n);
	kunmap(page);
	put_page(page);						/* remedy: dirty */
	return 0;
}

int raft_fill_pinned(unsigned long uaddr, const void *from, size_t n)
{
	unsigned int gup_flags = FOLL_WRITE;
	struct page *page;
	char *at;

	if (pin_user_pages_fast(uaddr, 1, gup_flags, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	memcpy(at + 16, from, n);
	kunmap(page);
	unpin_user_page(page);					/* remedy: dirty */
	return 0;
}

/* -- by a condition: in the same function, and in a member -- */

int raft_move(struct device *dev, unsigned long uaddr, int way, int (*wait)(dma_addr_t at))
{
	struct page *pages[4];
	dma_addr_t at;
	int i, got, ret;

	got = get_user_pages_fast(uaddr, 4, way == 2 ? FOLL_WRITE : 0, pages);
	if (got <= 0)
		return -EFAULT;
	at = dma_map_page(dev, pages[0], 0, PAGE_SIZE, way == 2 ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
	ret = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_FROM_DEVICE);
	for (i = 0; i < got; i++)
		put_page(pages[i]);				/* remedy: dirty-chosen */
	return ret;
}

struct tow {
	int course;
	int speed;
};

int raft_tow(struct device *dev, unsigned long uaddr, struct tow tow, int (*wait)(dma_addr_t at))
{
	struct page *pages[4];
	struct tow last;
	dma_addr_t at;
	int i, got, ret;

	got = get_user_pages_fast(uaddr, 4, tow.course == 2 ? FOLL_WRITE : 0, pages);
	if (got <= 0)
		return -EFAULT;
	at = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	tow.speed = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	last.course = tow.speed;
	ret = last.course;
	for (i = 0; i < got; i++)
		put_page(pages[i]);				/* remedy: dirty-chosen */
	return ret;
}

/* The member that said so is used for something else meanwhile. */
int raft_tow_back(struct device *dev, unsigned long uaddr, struct tow tow, int (*wait)(dma_addr_t at))
{
	struct page *pages[4];
	dma_addr_t at;
	int i, got;

	got = get_user_pages_fast(uaddr, 4, tow.course == 2 ? FOLL_WRITE : 0, pages);
	if (got <= 0)
		return -EFAULT;
	at = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	tow.course = wait(at);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	for (i = 0; i < got; i++)
		put_page(pages[i]);				/* refused: whether the pages were taken for writing */
	return tow.course;
}

struct barge {
	struct mutex lock;
	struct page **pages;
	int n;
	int way;
};

int barge_load(struct barge *barge, unsigned long uaddr, int n, int way)
{
	int got;

	barge->way = way;
	got = pin_user_pages_fast(uaddr, n, (way == 2 ? FOLL_WRITE : 0) | FOLL_LONGTERM,
				  barge->pages);
	if (got < 0)
		return got;
	barge->n = got;
	return 0;
}

static void barge_unload(struct barge *barge)
{
	mutex_lock(&barge->lock);
	unpin_user_pages(barge->pages, barge->n);		/* remedy: dirty-chosen */
	mutex_unlock(&barge->lock);
}

static int barge_release(struct inode *inode, struct file *file)
{
	barge_unload(file->private_data);
	return 0;
}

const struct file_operations barge_fops = {
	.release = barge_release,
};

/* -- where it may not sleep, or may be called from anywhere -- */

struct scow {
	struct page **pages;
	int n;
	void (*done)(struct scow *scow);
};

int scow_load(struct scow *scow, unsigned long uaddr, int n, int way)
{
	int got;

	got = pin_user_pages_fast(uaddr, n, way == 2 ? FOLL_WRITE : 0, scow->pages);
	if (got < 0)
		return got;
	scow->n = got;
	return 0;
}

static void scow_done(struct scow *scow)
{
	unpin_user_pages(scow->pages, scow->n);			/* refused: takes the page lock */
	scow->pages = kmalloc(4, GFP_KERNEL);
}

void scow_begin(struct scow *scow)
{
	scow->done = scow_done;
}

/* -- without the lock -- */

int raft_stamp(unsigned long uaddr, const void *from, size_t n)
{
	struct page *page;
	char *at;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	at = kmap(page);
	memcpy(at + 16, from, n);
	kunmap(page);
	set_page_dirty(page);					/* remedy: dirty-lock */
	put_page(page);
	return 0;
}
