/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_OWN_TEXT_H
#define GUPCONV_MODEL_OWN_TEXT_H

#include <glib.h>

/* A text file of the user's, which has no zero byte; NULL: @error is set. Caller frees. */
char *own_text_read(const char *path, GError **error);

#endif
