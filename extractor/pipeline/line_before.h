/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_LINE_BEFORE_H
#define GUPCONV_PIPELINE_LINE_BEFORE_H

#include <glib.h>

/* The line of the old text, from 1, that is that line of the new one; 0: it has none. */
guint line_before(const char *old, const char *new, guint line);

#endif
