// SPDX-License-Identifier: GPL-2.0
/*
 * Cistern: reads by way of either kind of vector
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "cistern.h"

int cistern_read(unsigned long addr, int num)
{
	struct page **pages = cistern_get_direct_vector(addr, num);
	int ret;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	ret = cistern_fill(pages, num);
	cistern_put_vector(pages, num, true);
	return ret;
}
EXPORT_SYMBOL(cistern_read);

int cistern_sync_read(int num)
{
	struct page **pages = cistern_alloc_vector(num);
	int ret;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	ret = cistern_fill(pages, num);
	cistern_put_vector(pages, num, false);
	return ret;
}
EXPORT_SYMBOL(cistern_sync_read);

MODULE_LICENSE("GPL");
