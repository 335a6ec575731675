// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "model/knowledge.h"

/**
 * struct knowledge - all rows
 * @exact: of each kind: name -> struct known
 * @patterns: of each kind: struct known whose name has a '*', the longest first
 * @found: of each kind: name -> the answer of knowledge_find(), which is asked again and again
 */
struct knowledge {
	GPtrArray *rows;
	GHashTable *exact[KNOW_KINDS];
	GPtrArray *patterns[KNOW_KINDS];
	GHashTable *found[KNOW_KINDS];
};

/* Greedy matching of wildcards: on a mismatch, the last '*' takes one character more. */
bool pattern_fits(const char *pattern, const char *text)
{
	const char *star = NULL, *mark = NULL;

	while (*text) {
		if (*pattern == '*') {
			if (!pattern[1])
				return true;
			star = pattern++;
			mark = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++mark;
		} else {
			return false;
		}
	}
	return !pattern[strspn(pattern, "*")];
}

static void known_free(void *data)
{
	struct known *known = data;

	g_free(known->name);
	g_free(known);
}

static unsigned int details_of(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	unsigned int details = 0;

	for (char **word = words; *word; word++)
		if (known_detail_find(*word) >= 0)
			details |= 1u << known_detail_find(*word);
	return details;
}

static size_t literal_length(const char *pattern)
{
	size_t length = 0;

	for (; *pattern; pattern++)
		length += *pattern != '*';
	return length;
}

static int longer_first(const void *a, const void *b)
{
	const struct known *left = *(struct known *const *)a, *right = *(struct known *const *)b;
	size_t one = literal_length(left->name), other = literal_length(right->name);

	return one != other ? (one < other) - (one > other) : strcmp(left->name, right->name);
}

static void add_row(struct knowledge *knowledge, sqlite3_stmt *stmt)
{
	int kind = knowledge_kind_find(db_text(stmt, 0));
	struct known *known;

	if (kind < 0)
		return;
	known = g_new0(struct known, 1);
	known->name = g_strdup(db_text(stmt, 1));
	known->index = sqlite3_column_int(stmt, 2) - 1;
	known->details = details_of(db_text(stmt, 3));
	g_ptr_array_add(knowledge->rows, known);
	if (strchr(known->name, '*'))
		g_ptr_array_add(knowledge->patterns[kind], known);
	else
		g_hash_table_insert(knowledge->exact[kind], known->name, known);
}

struct knowledge *knowledge_load(struct db *db, GError **error)
{
	struct knowledge *knowledge = g_new0(struct knowledge, 1);
	sqlite3_stmt *stmt = db_query(db, "knowledge_all");
	GError *failure = NULL;

	knowledge->rows = g_ptr_array_new_with_free_func(known_free);
	for (int kind = 0; kind < KNOW_KINDS; kind++) {
		knowledge->exact[kind] = g_hash_table_new(g_str_hash, g_str_equal);
		knowledge->patterns[kind] = g_ptr_array_new();
		knowledge->found[kind] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
							       NULL);
	}
	while (db_step(db, stmt, &failure))
		add_row(knowledge, stmt);
	for (int kind = 0; kind < KNOW_KINDS; kind++)
		g_ptr_array_sort(knowledge->patterns[kind], longer_first);
	if (!failure)
		return knowledge;
	g_propagate_error(error, failure);
	knowledge_free(knowledge);
	return NULL;
}

void knowledge_free(struct knowledge *knowledge)
{
	if (!knowledge)
		return;
	for (int kind = 0; kind < KNOW_KINDS; kind++) {
		g_hash_table_destroy(knowledge->exact[kind]);
		g_ptr_array_free(knowledge->patterns[kind], TRUE);
		g_hash_table_destroy(knowledge->found[kind]);
	}
	g_ptr_array_free(knowledge->rows, TRUE);
	g_free(knowledge);
}

static const struct known *find_as_written(const struct knowledge *knowledge,
					   enum knowledge_kind kind, const char *name)
{
	const GPtrArray *patterns = knowledge->patterns[kind];
	const struct known *known = g_hash_table_lookup(knowledge->exact[kind], name);

	for (guint i = 0; !known && i < patterns->len; i++) {
		const struct known *pattern = patterns->pdata[i];

		if (pattern_fits(pattern->name, name))
			known = pattern;
	}
	return known;
}

char *knowledge_plain_name(const struct knowledge *knowledge, const char *name)
{
	const GPtrArray *spellings = knowledge->patterns[KNOW_SPELLING];

	for (guint i = 0; i < spellings->len; i++) {
		const struct known *spelling = spellings->pdata[i];
		const char *star = strchr(spelling->name, '*');

		if (pattern_fits(spelling->name, name))
			return g_strndup(name + (star - spelling->name),
					 strlen(name) - literal_length(spelling->name));
	}
	return NULL;
}

static const struct known *find_new(const struct knowledge *knowledge, enum knowledge_kind kind,
				    const char *name)
{
	const struct known *known = find_as_written(knowledge, kind, name);

	if (!known) {
		g_autofree char *plain = knowledge_plain_name(knowledge, name);

		known = plain ? find_as_written(knowledge, kind, plain) : NULL;
	}
	return known && !(known->details & KNOWN(NOT)) ? known : NULL;
}

const struct known *knowledge_find(const struct knowledge *knowledge, enum knowledge_kind kind,
				   const char *name)
{
	GHashTable *found = knowledge->found[kind];
	void *known;

	if (!g_hash_table_lookup_extended(found, name, NULL, &known)) {
		known = (void *)find_new(knowledge, kind, name);
		g_hash_table_insert(found, g_strdup(name), known);
	}
	return known;
}

unsigned int knowledge_details(const struct knowledge *knowledge, enum knowledge_kind kind,
			       const char *name)
{
	const struct known *known = knowledge_find(knowledge, kind, name);

	return known ? known->details : 0;
}

unsigned int knowledge_union(const struct knowledge *knowledge, enum knowledge_kind kind,
			     const char *name)
{
	const GPtrArray *patterns = knowledge->patterns[kind];
	const struct known *known = g_hash_table_lookup(knowledge->exact[kind], name);
	unsigned int details = known ? known->details : 0;

	for (guint i = 0; i < patterns->len; i++) {
		known = patterns->pdata[i];
		if (pattern_fits(known->name, name))
			details |= known->details;
	}
	return details;
}

unsigned int knowledge_of_type(const struct knowledge *knowledge, const char *type)
{
	unsigned int details = 0;

	while ((type = strstr(type, "struct "))) {
		size_t length;
		g_autofree char *tag = NULL;

		type += strlen("struct ");
		length = strspn(type, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
		tag = g_strndup(type, length);
		details |= knowledge_details(knowledge, KNOW_CONTAINER, tag);
	}
	return details;
}

GPtrArray *knowledge_names(const struct knowledge *knowledge, enum knowledge_kind kind,
			   unsigned int details)
{
	GPtrArray *names = g_ptr_array_new();
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, knowledge->exact[kind]);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct known *known = value;

		if (!details || known->details & details)
			g_ptr_array_add(names, known->name);
	}
	g_ptr_array_sort(names, text_order);
	return names;
}
