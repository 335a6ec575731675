// SPDX-License-Identifier: GPL-2.0
/*
 * Heron: zero copy receive into user pages. Completions run in a tasklet.
 */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/spinlock.h>

#define HERON_RING	64

struct heron_ring {
	spinlock_t lock;
	struct tasklet_struct done;
	struct page *slot[HERON_RING];
	dma_addr_t dma[HERON_RING];
	struct device *dev;
	int nr_slots;
	int head;
};

int heron_post(struct heron_ring *ring, unsigned long uaddr, int nr)
{
	int got, i;

	if (nr > HERON_RING)
		return -E2BIG;
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, ring->slot);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		ring->dma[i] = dma_map_page(ring->dev, ring->slot[i], 0,
					    PAGE_SIZE, DMA_FROM_DEVICE);
	ring->nr_slots = got;
	return got;
}
EXPORT_SYMBOL_GPL(heron_post);

/* tasklet: no sleeping here */
static void heron_done(unsigned long data)
{
	struct heron_ring *ring = (struct heron_ring *)data;
	int i;

	for (i = 0; i < ring->nr_slots; i++) {
		set_page_dirty(ring->slot[i]);
		put_page(ring->slot[i]);
	}
	ring->nr_slots = 0;
}

static irqreturn_t heron_irq(int irq, void *cookie)
{
	struct heron_ring *ring = cookie;

	tasklet_schedule(&ring->done);
	return IRQ_HANDLED;
}

void heron_abort(struct heron_ring *ring)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&ring->lock, flags);
	for (i = ring->head; i < ring->nr_slots; i++) {
		set_page_dirty(ring->slot[i]);
		put_page(ring->slot[i]);
	}
	ring->nr_slots = ring->head;
	spin_unlock_irqrestore(&ring->lock, flags);
}
EXPORT_SYMBOL_GPL(heron_abort);

int heron_open(struct heron_ring *ring, unsigned int irq)
{
	spin_lock_init(&ring->lock);
	tasklet_init(&ring->done, heron_done, (unsigned long)ring);
	return request_irq(irq, heron_irq, 0, "heron", ring);
}
EXPORT_SYMBOL_GPL(heron_open);

MODULE_LICENSE("GPL");
