/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CONFIG_SYMBOLS_H
#define GUPCONV_FRONTEND_CONFIG_SYMBOLS_H

#include "kbuild/includes.h"
#include "kbuild/kconfig.h"
#include "source/tree.h"

/* The CONFIG_ symbols that a file names (char *), sorted; none for one that cannot be read. */
GPtrArray *config_symbols_of_file(const struct tree *tree, const char *path);

/*
 * struct arch -> sorted CONFIG_ symbols (char *) that the common headers mention
 * and that a .c file of jobs (struct parse_job) names, or that the architecture
 * always has. All its files are seen with all of them on: so the headers look
 * the same to all, and can be parsed once for all. An architecture of so few
 * files that this does not pay has no entry.
 */
GHashTable *config_symbols_common(const struct tree *tree, struct includes *includes,
				  struct kconfig *kconfig, const GPtrArray *jobs);

#endif
