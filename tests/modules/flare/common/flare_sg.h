/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FLARE_SG_H
#define FLARE_SG_H

#include <linux/scatterlist.h>
#include <linux/types.h>

/* Drops the pages of the table, and the table. */
void flare_sg_release(struct sg_table *sgt, bool dirty);

#endif
