/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_PAGE_NUMBER_H
#define GUPCONV_LINK_PAGE_NUMBER_H

#include "cfg/cfg_load.h"
#include "dataflow/graph.h"
#include "model/api.h"

/**
 * struct made_page - a page that is made of a frame number or an address
 * @line: where; 0: it is not
 * @member: that the number is kept in, as far as it is seen; else NULL
 */
struct made_page {
	int line;
	const char *member;
};

/* Of the page that is released, where nothing but such a page or NULL is ever put into it. */
struct made_page made_page_of(const struct graph *graph, const struct api_table *apis,
			      const struct cfg *cfg, const struct call_info *release);

#endif
