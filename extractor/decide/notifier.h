/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_NOTIFIER_H
#define GUPCONV_DECIDE_NOTIFIER_H

#include "dataflow/graph.h"

/*
 * The first registration of an MMU notifier that is for the pages of an acquire, or NULL: one in
 * its file. kept: an object keeps the pages beyond the call, or a device has their address; then
 * one in the folder of the same driver is for them as well (CASE 3 of pin_user_pages.rst).
 */
const struct call_info *notifier_near(const struct graph *graph, const struct call_info *acquire,
				      bool kept);

#endif
