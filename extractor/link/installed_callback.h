/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_INSTALLED_CALLBACK_H
#define GUPCONV_LINK_INSTALLED_CALLBACK_H

#include "cfg/cfg_load.h"
#include "dataflow/call_graph.h"
#include "link/page_source.h"

/*
 * A release in a function that is only called back, for an object that one of its installers has
 * passed on with it: set_callback(request, done). Each installer is on the way of acquired pages
 * into the object, so that an object which goes through one holds these. True for pages of another
 * source that come to such an object's member without an installer on their way.
 */
bool callback_is_of_others(const struct graph *graph, const struct cfg *cfg,
			   const struct call_graph *invokes, const GPtrArray *acquires,
			   const struct page_source *feed, const struct call_info *release);

#endif
