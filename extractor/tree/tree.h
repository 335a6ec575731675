/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_TREE_H
#define GUPCONV_TREE_H

#include <glib.h>
#include <stdbool.h>

enum era { ERA_NONE, ERA_PUT_USER_PAGE, ERA_PIN_USER_PAGES };

/**
 * struct tree - a kernel source tree, read only
 * @top: absolute path
 * @version: "5.3.0", from the top Makefile
 * @era: which API its own headers declare
 */
struct tree {
	char *top;
	char *version;
	enum era era;
};

struct tree *tree_open(const char *path, GError **error);
void tree_free(struct tree *tree);
const char *era_name(enum era era);

/* Text of a file of the tree; NULL with error when unreadable. size may be NULL. */
char *tree_read(const struct tree *tree, const char *path, size_t *size, GError **error);
bool tree_has(const struct tree *tree, const char *path);

/*
 * Calls visit(path, text, size, data) for every .c and .h file, in no set
 * order, symbolic links passed over. text is not NUL-terminated. A file that
 * cannot be read comes with text NULL.
 */
typedef void (*tree_visit_fn)(const char *path, const char *text, size_t size, void *data);
bool tree_walk(const struct tree *tree, tree_visit_fn visit, void *data, GError **error);

#endif
