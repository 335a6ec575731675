/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_CALLER_MEMBER_H
#define GUPCONV_DATAFLOW_CALLER_MEMBER_H

#include "dataflow/graph.h"

/*
 * A member of a struct that is declared below include/ is one place for each directory. Where a
 * directory gives an array to a public function of another one, which keeps it in such a member,
 * the object is often the former's: request_set_pages(request, pages). Then what it has given is in
 * its own place of that member, too, if it has one that it reads.
 */
void members_join_callers(struct graph *graph);

#endif
