// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/highmem.h>
#include "marten.h"

int marten_setup(struct marten *marten, unsigned long uva)
{
	if (marten->bell)
		return -EBUSY;
	if (get_user_pages_fast(uva, 1, FOLL_WRITE, &marten->bell_page) != 1) { /* is acquired */
		marten->bell_page = NULL;
		return -EFAULT;
	}
	marten->bell = kmap(marten->bell_page);
	*marten->bell = false;
	return 0;
}
