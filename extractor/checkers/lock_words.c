// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/lock_words.h"

/**
 * struct lock_words
 * @details: name -> "enter", "leave", "member" or "handler N"
 */
struct lock_words {
	GHashTable *details;
};

void lock_words_free(struct lock_words *words)
{
	g_hash_table_destroy(words->details);
	g_free(words);
}

struct lock_words *lock_words_load(struct db *db, GError **error)
{
	struct lock_words *words = g_new0(struct lock_words, 1);
	sqlite3_stmt *stmt = db_query(db, "finding_locks");
	GError *failure = NULL;

	words->details = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	while (db_step(db, stmt, &failure))
		g_hash_table_insert(words->details, g_strdup(db_text(stmt, 0)),
				    g_strdup(db_text(stmt, 1)));
	if (!failure)
		return words;
	g_propagate_error(error, failure);
	lock_words_free(words);
	return NULL;
}

/* spin_lock_irqsave() and others are macros over functions with a line before their name. */
static const char *detail_of(const struct lock_words *words, const char *callee)
{
	const char *detail = g_hash_table_lookup(words->details, callee);

	if (!detail && g_str_has_prefix(callee, "_raw_"))
		detail = g_hash_table_lookup(words->details, callee + strlen("_raw_"));
	if (strstr(callee, "kunmap_atomic"))
		return "leave";
	if (!detail && g_str_has_prefix(callee, "kmap_atomic"))
		detail = "enter";
	return detail ? detail : "";
}

enum lock_effect lock_effect_of(const struct lock_words *words, const char *callee, int *argument)
{
	const char *detail = detail_of(words, callee);

	if (g_str_has_prefix(detail, "handler ")) {
		*argument = atoi(detail + strlen("handler "));
		return LOCK_HANDLER;
	}
	return !strcmp(detail, "enter") ? LOCK_ENTERS : !strcmp(detail, "leave") ? LOCK_LEAVES :
	       LOCK_NO_EFFECT;
}

bool lock_is_member(const struct lock_words *words, const char *member)
{
	return !g_strcmp0(g_hash_table_lookup(words->details, member), "member");
}
