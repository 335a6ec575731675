/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_KBUILD_FLAGS_H
#define GUPCONV_KBUILD_KBUILD_FLAGS_H

#include <stdbool.h>

#include "kbuild/kbuild.h"
#include "kbuild/makefile.h"

/*
 * Adds a Makefile's flags and choices of an object. own: it builds
 * the object itself, whose name there is given.
 */
void kbuild_flags_collect(struct kbuild_unit *unit, const struct makefile *mk, const char *object,
			  bool own);
void kbuild_choice_free(void *choice);

#endif
