/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_KCONFIG_H
#define GUPCONV_KBUILD_KCONFIG_H

#include <glib.h>
#include <stdbool.h>

#include "source/source_overlay.h"

struct kconfig;

/* Nothing is read until the first question. */
struct kconfig *kconfig_new(const char *tree);
void kconfig_free(struct kconfig *k);

/* Reads the tree's files as they are after the change, which may be NULL; it has to stay. */
void kconfig_see(struct kconfig *k, const struct source_overlay *change);

/* Takes in one Kconfig text as if a file of that path (from the tree's top) held it. */
void kconfig_parse(struct kconfig *k, const char *path, const char *text, gsize length);

/*
 * The architecture, as its directory below arch/, on which the symbol (without
 * CONFIG_) can be enabled: x86 when it can, or when nothing is known of it,
 * else the first in the order of how much hardware there is. Caller frees.
 */
char *kconfig_arch(struct kconfig *k, const char *symbol);

/*
 * Whether every configuration of the architecture (its directory below arch/)
 * has the symbol: what its own entry selects, and what follows from that.
 */
bool kconfig_always(struct kconfig *k, const char *arch, const char *symbol);

#endif
