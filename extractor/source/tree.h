/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_TREE_H
#define GUPCONV_SOURCE_TREE_H

#include <glib.h>
#include <stdbool.h>

#include "model/era.h"
#include "source/source_overlay.h"
#include "model/knowledge.h"

/**
 * struct tree - a kernel source tree, or a module outside of one; read only
 * @top: absolute path
 * @version: "5.3.0", from the top Makefile of the kernel
 * @era: which API the kernel's own headers declare
 * @kernel: whose headers it is compiled with: itself, unless it is a module
 * @change: how tree_read() and tree_has() see it, or NULL for as it is
 */
struct tree {
	char *top;
	char *version;
	enum era era;
	struct tree *kernel;
	const struct source_overlay *change;
};

struct tree *tree_open(const char *path, GError **error);
/*
 * The directory of a module and the kernel that it is for: a source tree, a
 * build directory, or an installed headers package (/lib/modules/X/build).
 */
struct tree *tree_open_module(const char *path, const char *kernel, GError **error);
bool tree_is_module(const struct tree *tree);
void tree_free(struct tree *tree);

/* Text of a file of the tree; NULL with error when unreadable. size may be NULL. */
char *tree_read(const struct tree *tree, const char *path, size_t *size, GError **error);
bool tree_has(const struct tree *tree, const char *path);

/* The path of full from top, or NULL when it is not below it. */
const char *tree_below(const char *full, const char *top);

/*
 * How facts name the file of a declaration: from the tree's top; a module's own
 * that would look like one of the kernel's begins with "./". "" for a file of
 * neither. g_free() it.
 */
char *tree_scope(const struct tree *tree, const struct knowledge *knowledge, const char *full);

#endif
