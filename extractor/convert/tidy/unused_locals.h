/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_UNUSED_LOCALS_H
#define GUPCONV_CONVERT_TIDY_UNUSED_LOCALS_H

/*
 * The text without the declarations of local variables that the old text used
 * and the new one does not. Caller frees.
 */
char *unused_locals_remove(const char *old, const char *text);

#endif
