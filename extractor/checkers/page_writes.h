/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PAGE_WRITES_H
#define GUPCONV_CHECKERS_PAGE_WRITES_H

#include "checkers/function.h"

/*
 * The node by which what a use of pages gives is written to, or -1: by the CPU, through the
 * address that kmap() or its like returns, in this function; or by a device, to which the call
 * itself maps the pages with a direction that is DMA_FROM_DEVICE or DMA_BIDIRECTIONAL for sure.
 */
int page_write_of(const struct function *function, int use);

#endif
