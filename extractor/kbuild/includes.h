/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_INCLUDES_H
#define GUPCONV_KBUILD_INCLUDES_H

#include "kbuild/arch.h"
#include "source/tree.h"

/*
 * Which headers a file can reach, from the text of #include lines alone. It
 * knows no #if, so it finds more than a compiler would: right for telling
 * whether what was learnt from a file may have changed.
 */
struct includes;

/*
 * headers: set of the paths of all .h files of the tree, or NULL (each is looked
 * for as it is asked for). A module's kernel is looked at itself.
 */
struct includes *includes_new(const struct tree *tree, GHashTable *headers);
void includes_free(struct includes *includes);

/*
 * SHA-256 over the names and texts of a file and of all headers that it
 * reaches. dirs: further -I options (char *, "-I/abs/dir"), or NULL.
 */
char *includes_hash(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs);

/*
 * Some public headers ("linux/mm.h") and all that they reach, as their paths
 * (char *) for includes_read(), in no set order.
 */
GPtrArray *includes_reached(struct includes *includes, const GPtrArray *headers,
			    const struct arch *arch);
/* SHA-256 over their names and texts. */
char *includes_headers_hash(struct includes *includes, const GPtrArray *headers,
			    const struct arch *arch);
/* The text of one of them, or NULL; g_free() it. */
char *includes_read(struct includes *includes, const char *path, size_t *size);

/* Calls call() with the path of a file and of all headers that it reaches; dirs as above. */
void includes_visit(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs, void (*call)(const char *path, void *data), void *data);

/*
 * Whether a file is or reaches one of these paths, or includes a name that it
 * has not found and that ends like one of them.
 */
bool includes_reach(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs, GHashTable *paths);

#endif
