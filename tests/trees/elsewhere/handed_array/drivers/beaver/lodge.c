// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include "beaver.h"

int lodge_fill(struct lodge *lodge, bool stale)
{
	int r = beaver_get_pages(lodge->beaver, lodge->user_pages);

	if (r)
		return r;
	if (stale)
		release_pages(lodge->user_pages, lodge->beaver->num_pages); /* is released */
	else
		beaver_set_pages(lodge->beaver, lodge->user_pages);
	return 0;
}

void lodge_empty(struct lodge *lodge)
{
	beaver_set_pages(lodge->beaver, NULL);
}
