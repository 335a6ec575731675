// SPDX-License-Identifier: GPL-2.0
/*
 * The pins of pages that keep something else in the words of page->lru.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "gup_pin.h"
#include "internal.h"

/**
 * struct gup_pin_record - the pins of a page whose own words are taken
 * @node: in its bucket
 * @page: the head page
 * @count: the number of pins; never zero while it can be found under the lock
 * @rcu: page_dma_pinned() looks without the lock
 */
struct gup_pin_record {
	struct hlist_node node;
	struct page *page;
	int count;
	struct rcu_head rcu;
};

#define GUP_PIN_HASH_BITS 8

static struct gup_pin_bucket {
	spinlock_t lock;	/* nests inside zone_gup_lock() */
	struct hlist_head head;
} gup_pin_hash[1 << GUP_PIN_HASH_BITS];

atomic_t gup_pin_records = ATOMIC_INIT(0);
EXPORT_SYMBOL(gup_pin_records);
static struct kmem_cache *gup_pin_cache __ro_after_init;

static struct gup_pin_bucket *gup_pin_bucket(struct page *page)
{
	return &gup_pin_hash[hash_long(page_to_pfn(page), GUP_PIN_HASH_BITS)];
}

/* Under the lock of the bucket, or of rcu_read_lock(). */
static struct gup_pin_record *gup_pin_find(struct gup_pin_bucket *bucket,
					   struct page *page)
{
	struct gup_pin_record *rec;

	hlist_for_each_entry_rcu(rec, &bucket->head, node)
		if (rec->page == page)
			return rec;
	return NULL;
}

/*
 * Changes the count of the page's record, if there is one, and frees the record
 * with the last pin. Returns what the count was, 0 for no record.
 */
int gup_pin_record_add(struct page *page, int pins)
{
	struct gup_pin_bucket *bucket = gup_pin_bucket(page);
	struct gup_pin_record *rec;
	int was = 0;

	if (!atomic_read(&gup_pin_records))
		return 0;
	spin_lock(&bucket->lock);
	rec = gup_pin_find(bucket, page);
	if (rec) {
		was = rec->count;
		WRITE_ONCE(rec->count, was + pins);
		if (!rec->count) {
			hlist_del_rcu(&rec->node);
			atomic_dec(&gup_pin_records);
			kfree_rcu(rec, rcu);
		}
	}
	spin_unlock(&bucket->lock);
	return was;
}

void gup_pin_record_insert(struct gup_pin_record *rec, struct page *page,
			   int pins)
{
	struct gup_pin_bucket *bucket = gup_pin_bucket(page);

	rec->page = page;
	rec->count = pins;
	atomic_inc(&gup_pin_records);
	spin_lock(&bucket->lock);
	hlist_add_head_rcu(&rec->node, &bucket->head);
	spin_unlock(&bucket->lock);
}

/* The number of pins, 0 for no record. */
int gup_pin_record_pins(struct page *page)
{
	struct gup_pin_record *rec;
	int pins;

	if (likely(!atomic_read(&gup_pin_records)))
		return 0;
	rcu_read_lock();
	rec = gup_pin_find(gup_pin_bucket(page), page);
	pins = rec ? READ_ONCE(rec->count) : 0;
	rcu_read_unlock();
	return pins;
}

/* Does not wake kswapd: perf may get here with locks of the scheduler held. */
struct gup_pin_record *gup_pin_record_alloc(void)
{
	return kmem_cache_alloc(gup_pin_cache, __GFP_NOWARN |
				(GFP_ATOMIC & ~__GFP_KSWAPD_RECLAIM));
}

/* Of a record that was not inserted. */
void gup_pin_record_free(struct gup_pin_record *rec)
{
	if (rec)
		kmem_cache_free(gup_pin_cache, rec);
}

static int __init gup_pin_record_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(gup_pin_hash); i++)
		spin_lock_init(&gup_pin_hash[i].lock);
	gup_pin_cache = KMEM_CACHE(gup_pin_record, SLAB_PANIC);
	return 0;
}
core_initcall(gup_pin_record_init);
