/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CONFIG_SYMBOLS_H
#define GUPCONV_FRONTEND_CONFIG_SYMBOLS_H

#include "kbuild/includes.h"
#include "kbuild/kconfig.h"
#include "source/tree.h"

/* The CONFIG_ symbols that a file names (char *), sorted; none for one that cannot be read. */
GPtrArray *config_symbols_of_file(const struct tree *tree, const char *path);

/*
 * The symbols that the common headers mention and that an architecture always has: sorted
 * (char *), of config_symbols. They depend on the tree alone, and are on for all files of the
 * architecture, so that the headers look the same to all and can be parsed once for all.
 * The arguments of config_symbols_new() have to stay.
 */
struct config_symbols;

struct config_symbols *config_symbols_new(const struct tree *tree, struct includes *includes,
					  struct kconfig *kconfig);
void config_symbols_free(struct config_symbols *symbols);
GPtrArray *config_symbols_common(struct config_symbols *symbols, const struct arch *arch);

#endif
