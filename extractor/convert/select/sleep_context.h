/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SLEEP_CONTEXT_H
#define GUPCONV_CONVERT_SELECT_SLEEP_CONTEXT_H

#include "convert/select/site_view.h"

/*
 * May the code at the token of the site's function sleep? Yes where no lock that forbids it is
 * held on the way, which the graph answers where there is one, and the function, or each of its
 * callers in the file up to 4 deep, does what sleeps, too.
 */
bool sleep_context_may_sleep(const struct site_view *view, int token);
/*
 * May the site's function, or one of its callers in the file up to 4 deep, be called through a
 * pointer where nothing may sleep: is its name used otherwise than to call it, and not in a slot
 * that is called by a process?
 */
bool sleep_context_is_callback(const struct site_view *view);

#endif
