/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_WISH_KEEPER_H
#define GUPCONV_PIPELINE_WISH_KEEPER_H

#include "link/page_source.h"

/*
 * A keeper is a member that arrays are released from, of a struct which is declared below
 * include/, where no acquire is seen to fill it. If the directory gives acquired pages to a
 * function out of sight, it may be that one which fills it: request_set_pages(request, pages).
 */

/* Nodes, of int. Caller frees. */
GArray *keepers_of(const struct graph *graph, const GPtrArray *feeds);
/* The file's directory has a keeper of the parameter's type. */
bool keepers_take(const struct graph *graph, const GArray *keepers, const struct node *param,
		  int file);
/* Pages of an acquire come to the node. */
bool feeds_acquired(const GPtrArray *feeds, int node);

#endif
