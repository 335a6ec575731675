/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PAGE_WRITES_H
#define GUPCONV_CHECKERS_PAGE_WRITES_H

#include "checkers/program.h"

/*
 * The node by which the pages that a use gets are written to, or -1: by the CPU, through the
 * address that kmap() or its like returns, in this function; or by a device, to which the call
 * itself maps them, or the only mappings of a scatterlist in that file do, in a direction that is
 * not DMA_TO_DEVICE, or with @sure in DMA_FROM_DEVICE. Without it, only for pages that were
 * acquired with FOLL_WRITE.
 */
int page_write_of(const struct program *program, const struct function *function, int use,
		  bool sure);

/* A device is seen to read the pages only: some mapping of them is DMA_TO_DEVICE. */
bool page_use_reads(const struct program *program, const struct function *function, int use);

#endif
