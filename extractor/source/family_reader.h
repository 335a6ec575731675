/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_FAMILY_READER_H
#define GUPCONV_SOURCE_FAMILY_READER_H

#include "model/api.h"
#include "source/tree.h"

/*
 * The family, read from the tree: the functions of the files that implement it (table knowledge,
 * kind path, detail family), each with the role that its signature and its body give it. A
 * bottom-up summary over the text: the base are the functions of table api and those that change
 * a page's count (kinds ref and unref), and a function has what the functions it calls have, to a
 * fixpoint. A function that table api does not have is a new one.
 */

/**
 * struct family_member - a function of the family that table api does not have
 * @name: owned
 * @path: of the file, owned; @line of its name
 * @role: ROLE_ACQUIRE, ROLE_RELEASE, or ROLE_USE: takes a reference of a page that it is given
 * @family: FAMILY_NONE where an argument decides it
 * @placed: the parameter or result that has its pages is one that table param_role knows, so
 *	that calls of it can be sites
 */
struct family_member {
	char *name;
	char *path;
	int line;
	enum role role;
	enum family family;
	bool placed;
};

/* Of struct family_member *, by path and line. Files that the tree does not have are left out. */
GPtrArray *family_read(const struct tree *tree, const struct api_table *apis);

/* The same members give the same text, which no other ones give. Caller frees. */
char *family_text(const GPtrArray *members);
/* Where they are. Caller frees. */
char *family_places(const GPtrArray *members);

/*
 * Puts them into table family_member, and those whose calls can be sites into table api. A name
 * that table api has meanwhile stays as it is.
 */
bool family_store(const GPtrArray *members, struct db *db, GError **error);

#endif
