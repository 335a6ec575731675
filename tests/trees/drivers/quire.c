// SPDX-License-Identifier: GPL-2.0
/* The table is made in a variable, and kept as a copy in an object. */
#include <linux/drv.h>

int quire_fill(struct sg_table *t, unsigned long at, size_t size);
void quire_empty(struct sg_table *t);

struct quire {
	struct list_head link;
	struct sg_table table;
	struct device *dev;
};

struct quire *quire_map(struct device *dev, unsigned long at, size_t size);
struct quire *quire_map(struct device *dev, unsigned long at, size_t size)
{
	struct quire *quire = kzalloc(sizeof(*quire), GFP_KERNEL);
	struct sg_table t = { 0 };

	if (!quire)
		return ERR_PTR(-ENOMEM);
	if (quire_fill(&t, at, size))
		goto free;
	if (dma_map_sgtable(dev, &t, DMA_FROM_DEVICE, 0))
		goto empty;
	quire->table = t;
	quire->dev = dev;
	return quire;
empty:
	quire_empty(&t);
free:
	kfree(quire);
	return ERR_PTR(-EIO);
}

void quire_unmap(struct quire *quire);
void quire_unmap(struct quire *quire)
{
	dma_unmap_sgtable(quire->dev, &quire->table, DMA_FROM_DEVICE, 0);
	quire_empty(&quire->table);
	kfree(quire);
}
