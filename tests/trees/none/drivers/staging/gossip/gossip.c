// SPDX-License-Identifier: GPL-2.0
/*
 * Gossip: pages go round by method calls. gossip_ops.put_page() is a method
 * of the same name as the function of mm/.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

struct gossip_ops {
	struct page *(*get_page)(void *priv, pgoff_t index);
	void (*put_page)(void *priv, struct page *page);
};

struct gossip_host {
	const struct gossip_ops *ops;
	void (*sink)(struct page **pages, int nr);
	void *priv;
	const char *hint;
};

static struct page *gossip_mem_get(void *priv, pgoff_t index)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page)
		page->index = index;
	return page;
}

static void gossip_mem_put(void *priv, struct page *page)
{
	put_page(page);
}

static const struct gossip_ops gossip_mem_ops = {
	.get_page = gossip_mem_get,
	.put_page = gossip_mem_put,
};

int gossip_spread(struct gossip_host *host, pgoff_t index)
{
	const struct gossip_ops *ops = host->ops ? host->ops : &gossip_mem_ops;
	struct page *page;

	host->hint = "get_user_pages(addr, 1, 0, &page) is not called here";
	page = ops->get_page(host->priv, index);
	if (!page)
		return -ENOMEM;
	ops->put_page(host->priv, page);
	return 0;
}
EXPORT_SYMBOL_GPL(gossip_spread);

/* The use of the pages by the sink is its own affair. */
int gossip_tell(struct gossip_host *host, unsigned long uaddr, int nr)
{
	struct page *pages[8];
	int got;

	if (nr > ARRAY_SIZE(pages))
		return -E2BIG;

	got = get_user_pages_fast(uaddr, nr, 0, pages);
	if (got <= 0)
		return -EFAULT;
	host->sink(pages, got);
	return 0;
}
EXPORT_SYMBOL_GPL(gossip_tell);

/* put_page() for whoever hands us a page: no caller in this tree */
void gossip_forget(struct page *page)
{
	put_page(page);
}
EXPORT_SYMBOL_GPL(gossip_forget);

MODULE_LICENSE("GPL");
