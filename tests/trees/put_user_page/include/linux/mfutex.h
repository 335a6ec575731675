/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_MFUTEX_H
#define _LINUX_MFUTEX_H

#include <linux/types.h>

struct address_space;

struct mfutex_key {
	struct address_space *mapping;
	pgoff_t index;
	int offset;
};

int mfutex_get_key(unsigned long address, struct mfutex_key *key, int rw);

#endif
