/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUP_DIRECT_H
#define GUP_DIRECT_H

#include <stdbool.h>
#include <stddef.h>

/* Anonymous memory of small pages, which nobody has touched. */
char *direct_memory(size_t bytes);
/* Words that tell where they are, and of which SEED they were made. */
void direct_fill(char *p, size_t bytes, unsigned int seed);

/* Parts of the scenario; false: the kernel or the machine lacks what is needed. */
bool test_requests(void);
bool test_crypto(void);
bool test_fuse(void);

#endif
