// SPDX-License-Identifier: GPL-2.0
/*
 * Lists callers that pin pages with get_user_pages*(), and those that release them wrongly.
 */
#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "internal.h"

#define GUP_SITE_DEPTH		12
#define GUP_HASH_BITS		8

/* Does not wake kswapd: perf may get here with locks of the scheduler held */
#define GUP_DEBUG_GFP		__GFP_NOWARN

/**
 * struct gup_site - a place in the code that pins, or that releases wrongly
 * @node: in gup_sites
 * @hash: of what identifies it
 * @pins: that were acquired here and are held
 * @acquired: ever
 * @warned: it has been reported
 * @depth: of the stack
 * @stack: the innermost frame first
 */
struct gup_site {
	struct hlist_node node;
	u32 hash;
	long pins;
	unsigned long acquired;
	bool warned;
	unsigned int depth;
	unsigned long stack[GUP_SITE_DEPTH];
};

/**
 * struct gup_holder - the pins of one page that one site acquired
 * @node: in gup_holders
 * @page: the head page
 * @site: who
 * @pins: how many
 */
struct gup_holder {
	struct hlist_node node;
	struct page *page;
	struct gup_site *site;
	long pins;
};

/* Sites are never freed. */
static struct hlist_head gup_sites[1 << GUP_HASH_BITS];
static struct hlist_head gup_holders[1 << GUP_HASH_BITS];

/* Protects both tables and all that is in them; nothing nests inside. */
static DEFINE_SPINLOCK(gup_debug_lock);

/*
 * Finds or makes the site of a stack. A site that releases is known by its two
 * or three innermost frames, which is what a reader would call the call site;
 * one that pins by all that was saved.
 */
static struct gup_site *gup_site_get(unsigned long *stack, unsigned int depth,
				     unsigned int frames)
{
	size_t size = min(depth, frames) * sizeof(*stack);
	u32 hash = jhash(stack, size, frames);
	struct hlist_head *head = &gup_sites[hash_32(hash, GUP_HASH_BITS)];
	struct gup_site *site;

	hlist_for_each_entry(site, head, node)
		if (site->hash == hash && !memcmp(site->stack, stack, size))
			return site;
	site = kzalloc(sizeof(*site), GUP_DEBUG_GFP);
	if (!site)
		return NULL;
	site->hash = hash;
	site->depth = depth;
	memcpy(site->stack, stack, depth * sizeof(*stack));
	hlist_add_head(&site->node, head);
	return site;
}

static struct hlist_head *gup_holder_head(struct page *page)
{
	return &gup_holders[hash_ptr(page, GUP_HASH_BITS)];
}

static struct gup_holder *gup_holder_find(struct page *page,
					  struct gup_site *site)
{
	struct gup_holder *holder;

	hlist_for_each_entry(holder, gup_holder_head(page), node)
		if (holder->page == page && (!site || holder->site == site))
			return holder;
	return NULL;
}

static void gup_holder_drop(struct gup_holder *holder, long pins)
{
	holder->site->pins -= pins;
	holder->pins -= pins;
	if (!holder->pins) {
		hlist_del(&holder->node);
		kfree(holder);
	}
}

/* More pins. For lack of memory their site may remain unknown. */
void gup_pin_debug_pinned(struct page *page, int pins)
{
	unsigned long stack[GUP_SITE_DEPTH], flags;
	unsigned int depth = gup_pin_save_stack(stack, GUP_SITE_DEPTH);
	struct gup_holder *holder;
	struct gup_site *site;

	/* NMI users release before they return: nobody could ask */
	if (in_nmi())
		return;
	spin_lock_irqsave(&gup_debug_lock, flags);
	site = gup_site_get(stack, depth, GUP_SITE_DEPTH);
	if (!site)
		goto out;
	holder = gup_holder_find(page, site);
	if (!holder) {
		holder = kzalloc(sizeof(*holder), GUP_DEBUG_GFP);
		if (!holder)
			goto out;
		holder->page = page;
		holder->site = site;
		hlist_add_head(&holder->node, gup_holder_head(page));
	}
	holder->pins += pins;
	site->pins += pins;
	site->acquired += pins;
out:
	spin_unlock_irqrestore(&gup_debug_lock, flags);
}

/*
 * One pin less. If several sites pinned the page, nobody can tell whose it was:
 * the latest is as good a guess as any.
 */
void gup_pin_debug_released(struct page *page)
{
	struct gup_holder *holder;
	unsigned long flags;

	if (in_nmi())
		return;
	spin_lock_irqsave(&gup_debug_lock, flags);
	holder = gup_holder_find(page, NULL);
	if (holder)
		gup_holder_drop(holder, 1);
	spin_unlock_irqrestore(&gup_debug_lock, flags);
}
EXPORT_SYMBOL(gup_pin_debug_released);

/* The page is freed. */
void gup_pin_debug_forget(struct page *page)
{
	struct gup_holder *holder;
	unsigned long flags;

	spin_lock_irqsave(&gup_debug_lock, flags);
	while ((holder = gup_holder_find(page, NULL)))
		gup_holder_drop(holder, holder->pins);
	spin_unlock_irqrestore(&gup_debug_lock, flags);
}

/*
 * Reports a wrong release, once for each call site; the stack of who releases
 * is what WARN() prints.
 */
static noinline void gup_pin_report(struct page *page, const char *what,
				    unsigned int skip, unsigned int frames)
{
	unsigned long saved[GUP_SITE_DEPTH] = {}, *stack = saved + skip;
	unsigned int depth = gup_pin_save_stack(saved, GUP_SITE_DEPTH);
	unsigned long pinner[GUP_SITE_DEPTH], flags;
	unsigned int i, pinner_depth = 0;
	struct gup_holder *holder;
	struct gup_site *site;
	bool silent = true;

	depth -= min(depth, skip);
	spin_lock_irqsave(&gup_debug_lock, flags);
	site = gup_site_get(stack, depth, frames);
	if (site && !site->warned) {
		site->warned = true;
		silent = false;
	}
	holder = gup_holder_find(page, NULL);
	if (holder) {
		pinner_depth = holder->site->depth;
		memcpy(pinner, holder->site->stack, sizeof(pinner));
	}
	spin_unlock_irqrestore(&gup_debug_lock, flags);

	if (silent)
		return;
	WARN(1, "gup: %s, by %pS from %pS\n", what, (void *)stack[0],
	     (void *)stack[1]);
	if (!pinner_depth) {
		pr_warn("gup: nobody is known to have pinned the page\n");
		return;
	}
	pr_warn("gup: the page was pinned by:\n");
	for (i = 0; i < pinner_depth; i++)
		pr_warn("gup:  %pS\n", (void *)pinner[i]);
}

/*
 * Called by __gup_put_page(), which is of no interest. Its caller may be a loop
 * like put_user_pages(), and so may be the caller of that.
 */
bool gup_pin_debug_mismatch(struct page *page)
{
	gup_pin_report(page, "put_user_page() of a page that is not pinned", 1,
		       3);
	return true;
}

/*
 * The references that a page has for reasons that can be seen. Each of these is
 * dropped after its reason is gone, and taken before it is there.
 */
static int gup_pin_other_refs(struct page *page)
{
	int refs = total_mapcount(page);

	if (is_zone_device_page(page))
		return refs;
	if (PageSwapCache(page))
		refs += hpage_nr_pages(page);
	else if (!PageAnon(page) && !__PageMovable(page) &&
		 READ_ONCE(page->mapping))
		refs += PageHuge(page) ? 1 : hpage_nr_pages(page);
	if (!PageHuge(page) && page_has_private(page))
		refs++;
	return refs;
}

/* Without the lock: this may run under the lru_lock. */
static int gup_pin_count(struct page *page)
{
	int pins;

	if (!PageDmaPinned(page))
		return page_dma_pinned(page) ? 1 : 0;
	pins = atomic_read(&page->dma_pinned_count);
	return PageDmaPinned(page) ? pins : 0;
}

/*
 * A reference of a page with pins is about to be dropped by put_page(), while
 * the caller still holds it. The values are not read at one instant, so
 * that a mistake is only believed if it is seen again and again.
 */
void __gup_pin_check_put(struct page *page)
{
	int tries;

	if (PageTail(page) || in_nmi())
		return;
	for (tries = 0; tries < 16; tries++) {
		int pins = gup_pin_count(page);

		if (!pins)
			return;
		if (page_ref_count(page) > pins + gup_pin_other_refs(page))
			return;
		cpu_relax();
	}
	gup_pin_report(page, "a pin is released by put_page()", 0, 2);

	/* Inside of the lru_lock the gup_lock is not taken */
	if (!irqs_disabled())
		gup_unpin(page);
}
EXPORT_SYMBOL(__gup_pin_check_put);

static int gup_pins_show(struct seq_file *m, void *v)
{
	unsigned long stack[GUP_SITE_DEPTH], acquired, flags;
	unsigned int bucket, depth, i, skip, n;
	struct gup_site *site;
	long pins;

	seq_puts(m, "# pins held, pins acquired, where\n");
	for (bucket = 0; bucket < ARRAY_SIZE(gup_sites); bucket++) {
		for (skip = 0; ; skip++) {
			depth = 0;
			n = 0;
			spin_lock_irqsave(&gup_debug_lock, flags);
			hlist_for_each_entry(site, &gup_sites[bucket], node) {
				if (n++ < skip)
					continue;
				pins = site->pins;
				acquired = site->acquired;
				depth = site->depth;
				memcpy(stack, site->stack, sizeof(stack));
				break;
			}
			spin_unlock_irqrestore(&gup_debug_lock, flags);
			if (!depth)
				break;
			if (!pins)
				continue;
			seq_printf(m, "%ld %lu", pins, acquired);
			for (i = 0; i < depth; i++)
				seq_printf(m, " %pS", (void *)stack[i]);
			seq_putc(m, '\n');
		}
	}
	return 0;
}

static int gup_pins_open(struct inode *inode, struct file *file)
{
	return single_open(file, gup_pins_show, NULL);
}

static const struct file_operations gup_pins_fops = {
	.open		= gup_pins_open,
	.read		= seq_read,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static int __init gup_pin_debug_init(void)
{
	debugfs_create_file("gup_pins", 0400, NULL, NULL, &gup_pins_fops);
	return 0;
}
late_initcall(gup_pin_debug_init);
