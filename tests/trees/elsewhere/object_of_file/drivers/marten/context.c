// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/highmem.h>
#include "marten.h"

void marten_unset(struct marten *marten)
{
	struct page *bell_page = marten->bell_page;

	if (!bell_page)
		return;
	marten->bell = NULL;
	marten->bell_page = NULL;
	kunmap(bell_page);
	put_page(bell_page); /* is released */
}
