/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_CONTAINER_DROP_H
#define GUPCONV_DATAFLOW_CONTAINER_DROP_H

#include "dataflow/graph.h"

/*
 * A container of the whole kernel's is one for each file, but the header that declares it, or one
 * beside that, may have the function that releases what is in it (__skb_frag_unref()). A file that
 * puts pages into one and does not call that function leaves it to a file of the same directory
 * that does: joins the former's member to that release.
 */
void container_drops_join(struct graph *graph);

#endif
