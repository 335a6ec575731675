// SPDX-License-Identifier: GPL-2.0
/* One source for kernels from 4.9 on: every version has its own way to take the pages. */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 11, 0)
#include <linux/sched/mm.h>
#endif

#define BRAZIER_PAGES 16

struct brazier {
	struct device *dev;
	struct mm_struct *mm;
	struct page *pages[BRAZIER_PAGES];
	dma_addr_t dma[BRAZIER_PAGES];
	int nr;
};

static void brazier_drop(struct brazier *brazier)
{
	int i;

	for (i = 0; i < brazier->nr; i++) {
		dma_unmap_page(brazier->dev, brazier->dma[i], PAGE_SIZE, DMA_FROM_DEVICE);
		set_page_dirty_lock(brazier->pages[i]);
		put_page(brazier->pages[i]);
	}
	brazier->nr = 0;
}

static long brazier_take(struct brazier *brazier, unsigned long start)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 10, 0)
	return get_user_pages_remote(NULL, brazier->mm, start, BRAZIER_PAGES, FOLL_WRITE,
				     brazier->pages, NULL);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(5, 9, 0)
	return get_user_pages_remote(NULL, brazier->mm, start, BRAZIER_PAGES, FOLL_WRITE,
				     brazier->pages, NULL, NULL);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
	return get_user_pages_remote(brazier->mm, start, BRAZIER_PAGES, FOLL_WRITE,
				     brazier->pages, NULL, NULL);
#else
	return get_user_pages_remote(brazier->mm, start, BRAZIER_PAGES, FOLL_WRITE,
				     brazier->pages, NULL);
#endif
}

int brazier_burn(struct brazier *brazier, unsigned long start)
{
	long got = brazier_take(brazier, start);
	int i;

	if (got <= 0)
		return got ? got : -EFAULT;
	brazier->nr = got;
	for (i = 0; i < got; i++)
		brazier->dma[i] = dma_map_page(brazier->dev, brazier->pages[i], 0, PAGE_SIZE,
					       DMA_FROM_DEVICE);
	brazier_drop(brazier);
	return 0;
}
EXPORT_SYMBOL_GPL(brazier_burn);
MODULE_LICENSE("GPL");
