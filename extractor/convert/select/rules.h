/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_RULES_H
#define GUPCONV_CONVERT_SELECT_RULES_H

#include <glib.h>
#include <stdbool.h>

#include "model/era.h"

/**
 * struct rules - the templates of cocci/, and the names that an era gives them
 * @texts: name of a rule -> its text
 * @pin: put_user_page*() is called unpin_user_page*()
 * @make_dirty: put_user_pages_dirty_lock() takes a third argument
 */
struct rules {
	GHashTable *texts;
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

struct rules *rules_load(const char *folder, enum era era, GError **error);
void rules_free(struct rules *rules);
/* All templates as one text, for keys. */
char *rules_digest(const struct rules *rules);

/* One semantic patch of the patch rules that the bindings need, bound to them. */
char *rules_bind(const struct rules *rules, const struct binding *bindings, guint count);

/* The name that the era has for a put_user_page*() name. */
const char *rules_name(const struct rules *rules, const char *name);

/* Where the room of that name ("cocci") lies: below $GUPCONV_DATA, or the source tree. */
char *room_path(const char *room);

#endif
