// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/liveness.h"
#include "checkers/abstract_value.h"
#include "checkers/expr_text.h"

/**
 * struct live - a set of names and questions for each step
 * @names: that tests, results and counts depend on, a set
 * @ids: text -> number + 1
 * @words: of 64 bits, for each step
 */
struct live {
	const struct body *body;
	GHashTable *names;
	GHashTable *ids;
	guint words;
	guint64 *bits;
};

static void add_names(GHashTable *names, const char *text)
{
	while (*text) {
		size_t length = strspn(text, NAME_CHARS);

		if (length)
			g_hash_table_add(names, g_strndup(text, length));
		text += length;
		if (g_str_has_prefix(text, "->") || *text == '.') {	/* a member's name */
			text += *text == '.' ? 1 : 2;
			text += strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
		} else if (*text) {
			text++;
		}
	}
}

static GHashTable *names_that_matter(const struct bodies *bodies, const struct body *body)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint before;

	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_TEST || step->kind == STEP_RETURN) {
			add_names(names, step->lhs);
			add_names(names, step->rhs);
		} else if (step->kind == STEP_CALL && g_str_has_prefix(step->lhs, "IS_ERR")) {
			add_names(names, step->rhs);
		} else if (step->kind == STEP_CALL && step->call) {
			add_names(names, step_count(bodies, step) ? step_count(bodies, step) : "");
		}
	}
	do {
		before = g_hash_table_size(names);
		for (guint i = 0; i < body->steps->len; i++) {
			const struct step *step = body_step(body, i);
			g_autofree char *root = words_root(step->lhs);

			if (step->kind == STEP_SET && g_hash_table_contains(names, root))
				add_names(names, step->rhs);
		}
	} while (g_hash_table_size(names) != before);
	return names;
}

/* Where the access that goes on at text ends: "->member", ".member" or "[index]"; text itself: none. */
static const char *access_end(const char *text)
{
	int depth = 0;

	if (g_str_has_prefix(text, "->") || *text == '.') {
		text += *text == '.' ? 1 : 2;
		return text + strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
	}
	for (const char *p = text; *text == '[' && *p; p++) {
		depth += *p == '[' ? 1 : *p == ']' ? -1 : 0;
		if (!depth)
			return p + 1;
	}
	return text;
}

/* "a->b[i].c": a, a->b, a->b[i], a->b[i].c and i. */
static void add_accesses(GHashTable *names, const char *text)
{
	while (*text) {
		size_t length = strspn(text, NAME_CHARS);
		const char *end = text + length;

		if (!length) {
			text++;
			continue;
		}
		for (;;) {
			const char *next = access_end(end);

			g_hash_table_add(names, g_strndup(text, end - text));
			if (next == end)
				break;
			if (*end == '[') {
				g_autofree char *index = g_strndup(end + 1, next - end - 2);

				add_accesses(names, index);
			}
			end = next;
		}
		text = end;
	}
}

static guint id_of(struct live *live, const char *text)
{
	void *known = g_hash_table_lookup(live->ids, text);

	if (!known) {
		known = GINT_TO_POINTER(g_hash_table_size(live->ids) + 1);
		g_hash_table_insert(live->ids, g_strdup(text), known);
	}
	return GPOINTER_TO_UINT(known) - 1;
}

/* What a step asks for. */
static void names_read(const struct step *step, GHashTable *names)
{
	if (step->kind == STEP_TEST || step->kind == STEP_RETURN) {
		bool flip;

		add_accesses(names, step->lhs);
		add_accesses(names, step->rhs);
		if (step->kind == STEP_TEST)
			g_hash_table_add(names, env_question(step->lhs, step->op, step->rhs, &flip));
		if (*step->lhs == '(')
			g_hash_table_add(names, g_strdup(step->lhs));
	} else if (step->kind == STEP_CALL) {
		add_accesses(names, step->rhs);
	}
}

static void set_all(struct live *live, guint64 *bits, GHashTable *names)
{
	GHashTableIter iter;
	void *name;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &name, NULL)) {
		guint id = id_of(live, name);

		if (bits && id / 64 < live->words)
			bits[id / 64] |= 1ull << (id % 64);
	}
}

static bool has(const guint64 *bits, guint id)
{
	return bits[id / 64] >> (id % 64) & 1;
}

/* What is asked for at the step or after it, of what is asked for after it. */
static void flow_back(struct live *live, guint number, guint64 *bits)
{
	const struct step *step = body_step(live->body, number);
	const int next[2] = { step->yes, step->kind == STEP_TEST || step->kind == STEP_LOOP ? step->no : -1 };
	g_autoptr(GHashTable) read = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (int i = 0; i < 2; i++)
		for (guint w = 0; next[i] >= 0 && w < live->words; w++)
			bits[w] |= live->bits[next[i] * live->words + w];
	if (step->kind == STEP_CALL) {
		g_autofree char *result = g_strdup_printf("@%u", number);
		guint id = id_of(live, result);

		bits[id / 64] &= ~(1ull << (id % 64));
	} else if (step->kind == STEP_SET) {
		g_autofree char *root = words_root(step->lhs);
		guint id = id_of(live, root);

		if (!has(bits, id))
			return;
		if (words_plain(step->lhs) && !strcmp(step->op, "="))
			bits[id / 64] &= ~(1ull << (id % 64));
		add_accesses(read, step->rhs);
		if (strchr(step->lhs, '['))	/* and its index */
			add_accesses(read, step->lhs);
	}
	names_read(step, read);
	set_all(live, bits, read);
}

/* All names, so that their number does not change any more. */
static void name_all(struct live *live)
{
	for (guint i = 0; i < live->body->steps->len; i++) {
		const struct step *step = body_step(live->body, i);
		g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_autofree char *root = words_root(step->lhs);
		g_autofree char *result = g_strdup_printf("@%u", i);

		names_read(step, names);
		add_accesses(names, step->lhs);
		add_accesses(names, step->rhs);
		set_all(live, NULL, names);
		id_of(live, root);
		id_of(live, result);
	}
}

static struct live *live_new(const struct bodies *bodies, const struct body *body)
{
	struct live *live = g_new0(struct live, 1);
	guint count = body->steps->len;
	bool changed = true;

	live->body = body;
	live->names = names_that_matter(bodies, body);
	live->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	name_all(live);
	live->words = g_hash_table_size(live->ids) / 64 + 1;
	live->bits = g_new0(guint64, count * live->words);
	while (changed) {
		changed = false;
		for (guint i = count; i-- > 0;) {
			g_autofree guint64 *bits = g_new0(guint64, live->words);

			flow_back(live, i, bits);
			if (!memcmp(bits, live->bits + i * live->words, live->words * sizeof(*bits)))
				continue;
			memcpy(live->bits + i * live->words, bits, live->words * sizeof(*bits));
			changed = true;
		}
	}
	return live;
}

const struct live *live_of(const struct bodies *bodies, const struct body *body)
{
	struct live *live = g_hash_table_lookup(bodies->lives, body);

	if (!live) {
		live = live_new(bodies, body);
		g_hash_table_insert(bodies->lives, (void *)body, live);
	}
	return live;
}

void live_free(void *data)
{
	struct live *live = data;

	g_hash_table_destroy(live->names);
	g_hash_table_destroy(live->ids);
	g_free(live->bits);
	g_free(live);
}

bool live_matters(const struct live *live, const char *name)
{
	return g_hash_table_contains(live->names, name);
}

bool live_has(const struct live *live, int step, const char *key)
{
	const guint64 *bits = live->bits + step * live->words;
	void *id = g_hash_table_lookup(live->ids, key);
	g_autofree char *root = NULL;

	if (id && has(bits, GPOINTER_TO_UINT(id) - 1))
		return true;
	if (*key != '*')	/* of a question, an expression or a member, only the same is asked for */
		return false;
	root = words_root(key);
	id = g_hash_table_lookup(live->ids, root);
	return id && has(bits, GPOINTER_TO_UINT(id) - 1);
}
