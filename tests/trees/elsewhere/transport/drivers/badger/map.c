// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/dma-mapping.h>
#include "badger.h"

static int badger_pin(unsigned long addr, unsigned int n, struct page **pages)
{
	int ret = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* is acquired */

	if (ret >= 0 && (unsigned int)ret < n) {
		while (ret--)
			put_page(pages[ret]); /* is released */
		ret = -EFAULT;
	}
	return ret;
}

int badger_map(struct badger *badger, unsigned long addr, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	struct scatterlist *sg;
	int i, nents, ret = 0;

	if (!pages)
		return -ENOMEM;
	nents = badger_pin(addr, n, pages);
	if (nents < 0)
		goto out;
	sg = kcalloc(nents, sizeof(*sg), GFP_KERNEL);
	if (!sg)
		goto out;
	sg_init_table(sg, nents);
	for (i = 0; i < nents; i++)
		sg_set_page(&sg[i], pages[i], PAGE_SIZE, 0);
	badger->trans_private = badger->transport->get_mr(sg, nents);
	if (IS_ERR(badger->trans_private)) {
		for (i = 0; i < nents; i++)
			put_page(sg_page(&sg[i])); /* is released */
		kfree(sg);
	}
out:
	kfree(pages);
	return ret;
}
