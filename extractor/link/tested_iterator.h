/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_TESTED_ITERATOR_H
#define GUPCONV_LINK_TESTED_ITERATOR_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/*
 * "if (!iter_is_iovec(iter)) return -EINVAL;": an iterator that goes on behind a test of table api
 * (detail user-test) is over user memory. Acquires whose iterator was not known to be so are looked
 * at anew.
 */
void iterators_narrow(const struct graph *graph, const struct cfg *cfg, GPtrArray *feeds);

#endif
