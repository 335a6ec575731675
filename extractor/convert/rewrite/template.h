/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_TEMPLATE_H
#define GUPCONV_CONVERT_REWRITE_TEMPLATE_H

#include <glib.h>
#include <stdbool.h>

#include "model/era.h"

/**
 * struct templates - the templates of cocci/, and the names that an era gives them
 * @texts: name of a rule -> its text
 * @bound: callees that a template has alone in braces, { put_page }: they stand for the calls
 *	to be changed
 * @pin: put_user_page*() is called unpin_user_page*()
 * @make_dirty: put_user_pages_dirty_lock() takes a third argument
 */
struct templates {
	GHashTable *texts;
	GHashTable *bound;
	bool pin, make_dirty;
};

/**
 * struct binding - one call that a rule is to change
 * @rule: the rule's name
 * @callee: what is called now
 * @mark: the name that stands for this very call while spatch runs
 */
struct binding {
	const char *rule, *callee, *mark;
};

struct templates *templates_load(const char *folder, enum era era, GError **error);
void templates_free(struct templates *templates);
/* All templates as one text, for keys. */
char *templates_digest(const struct templates *templates);

/* One semantic patch of the patch rules that the bindings need, bound to them. */
char *templates_bind(const struct templates *templates, const struct binding *bindings,
		     guint count);

/* The name that the era has for a put_user_page*() name. */
const char *templates_name(const struct templates *templates, const char *name);

#endif
