// SPDX-License-Identifier: GPL-2.0
/*
 * Spool: one acquire, three ways out. All of them change or none.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct spool_ops {
	/* a method, and no function of mm/ */
	long (*pin_user_pages)(void *priv, unsigned long start);
};

struct spool {
	const struct spool_ops *ops;
	struct device *dev;
	struct page **turns;
	int nr_turns;
	struct sg_table sgt;
};

static int spool_map(struct spool *spool)
{
	int ret;

	ret = sg_alloc_table_from_pages(&spool->sgt, spool->turns,
					spool->nr_turns, 0,
					spool->nr_turns * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	if (!dma_map_sg(spool->dev, spool->sgt.sgl, spool->sgt.nents,
			DMA_BIDIRECTIONAL)) {
		sg_free_table(&spool->sgt);
		return -EIO;
	}
	return 0;
}

int spool_wind(struct spool *spool, unsigned long uaddr, int nr)
{
	int i, ret;

	if (spool->ops && spool->ops->pin_user_pages)
		return spool->ops->pin_user_pages(spool, uaddr);

	spool->turns = kcalloc(nr, sizeof(*spool->turns), GFP_KERNEL);
	if (!spool->turns)
		return -ENOMEM;

	mmap_read_lock(current->mm);
	ret = get_user_pages(uaddr, nr, FOLL_WRITE, spool->turns);
	mmap_read_unlock(current->mm);
	if (ret < nr)
		goto err_short;

	spool->nr_turns = nr;
	ret = spool_map(spool);
	if (ret) {
		release_pages(spool->turns, nr);
		goto err_free;
	}
	return 0;

err_short:
	for (i = 0; i < ret; i++)
		put_page(spool->turns[i]);
	ret = ret < 0 ? ret : -EFAULT;
err_free:
	kfree(spool->turns);
	spool->turns = NULL;
	return ret;
}
EXPORT_SYMBOL_GPL(spool_wind);

void spool_unwind(struct spool *spool)
{
	int i;

	dma_unmap_sg(spool->dev, spool->sgt.sgl, spool->sgt.nents,
		     DMA_BIDIRECTIONAL);
	sg_free_table(&spool->sgt);
	/* the device wrote to all of them */
	for (i = 0; i < spool->nr_turns; i++) {
		set_page_dirty_lock(spool->turns[i]);
		put_page(spool->turns[i]);
	}
	kfree(spool->turns);
}
EXPORT_SYMBOL_GPL(spool_unwind);

MODULE_LICENSE("GPL");
