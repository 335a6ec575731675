/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_GENERATED_HEADERS_H
#define GUPCONV_KBUILD_GENERATED_HEADERS_H

#include "kbuild/arch.h"
#include "source/tree.h"

/*
 * Makes DIR/ARCH: what a build would have generated before the first object is
 * compiled. A one-line wrapper for each asm-generic header that the
 * architecture lacks, and the few generated headers others count on.
 */
bool generated_headers_make(const struct tree *tree, const struct arch *arch, const char *dir,
			    GError **error);
/* SHA-256 over what generated_headers_make() would write; g_free() it. */
char *generated_headers_hash(const struct tree *tree, const struct arch *arch);

#endif
