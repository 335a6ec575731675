/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_PATCH_H
#define GUPCONV_AUDIT_PATCH_H

#include "source/source_overlay.h"

/*
 * The paths that a patch names (char *), and perhaps a few more: what begins like a header is one.
 */
GPtrArray *patch_paths(const char *text, size_t size);

/*
 * The tree at top with the patches applied (of GBytes; names: the file of each,
 * char *), one upon the other. prefix: of top in its repository, "" for none: a patch that names
 * files by the repository's root is taken from there, and what lies outside of top is left. The
 * tree is not written to. NULL with EXIT_USAGE when one does not apply.
 */
struct source_overlay *patch_change(const char *top, const char *prefix, GPtrArray *patches,
				    GPtrArray *names, GError **error);

#endif
