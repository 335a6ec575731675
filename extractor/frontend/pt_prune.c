// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/pt_prune.h"

struct object_fact {
	const char *file;
	int dst, src;
	enum object_kind kind;
	unsigned int line;
};

/**
 * struct pt_prune - those of one translation unit
 * @list: of struct object_fact
 * @files: owns their paths
 * @bodies: "name\tscope" of functions
 * @live: places from which something leads to pages
 */
struct pt_prune {
	GArray *list;
	GStringChunk *files;
	GHashTable *bodies;
	GHashTable *live;
};

struct pt_prune *pt_prune_new(void)
{
	struct pt_prune *objects = g_new0(struct pt_prune, 1);

	objects->list = g_array_new(FALSE, FALSE, sizeof(struct object_fact));
	objects->files = g_string_chunk_new(256);
	objects->bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	objects->live = g_hash_table_new(NULL, NULL);
	return objects;
}

void pt_prune_add(struct unit *unit, int dst, int src, enum object_kind kind, unsigned int line)
{
	struct object_fact fact = { g_string_chunk_insert_const(unit->objects->files,
								unit->facts->file),
				    dst, src, kind, line };

	if (dst >= 0 && src >= 0 && dst != src)
		g_array_append_val(unit->objects->list, fact);
}

void pt_prune_body(struct unit *unit, const char *name, const char *scope)
{
	g_hash_table_add(unit->objects->bodies, g_strdup_printf("%s\t%s", name, scope));
}

/* The function of "f(#2)", "*f(#2)(#0)" or "&f" has its body here. */
static bool is_of_body(const struct pt_prune *objects, const struct facts_label *label)
{
	const char *name = label->name + (*label->name == '&' || *label->name == '*');
	g_autofree char *key = g_strdup_printf("%.*s\t%s", (int)strcspn(name, "("), name,
					       label->scope);

	return g_hash_table_contains(objects->bodies, key);
}

/* Locations that other files may read, and objects behind them, are kept. */
static bool is_root(struct unit *unit, int place)
{
	const struct facts_label *label = facts_label(unit->facts, place);

	if (label->kind == PLACE_LOCAL)
		return false;
	return label->kind != PLACE_PARAM || *label->name == '*' ||
	       !is_of_body(unit->objects, label);
}

static bool is_binding(enum object_kind kind)
{
	return kind == OBJECT_CALLBACK || kind == OBJECT_HANDED;
}

static bool lead_to_pages(struct unit *unit, const struct object_fact *fact)
{
	GHashTable *live = unit->objects->live;

	if (is_binding(fact->kind))
		return false;
	if (fact->kind == OBJECT_COPY)
		g_hash_table_add(live, GINT_TO_POINTER(fact->dst));
	else if (fact->kind != OBJECT_MEMBER && !is_root(unit, fact->dst) &&
		 !g_hash_table_contains(live, GINT_TO_POINTER(fact->dst)))
		return false;
	return g_hash_table_add(live, GINT_TO_POINTER(fact->src));
}

static void find_live(struct unit *unit)
{
	bool more = true;

	while (more) {
		more = false;
		for (guint i = unit->objects->list->len; i-- > 0;)
			more |= lead_to_pages(unit, &g_array_index(unit->objects->list,
								   struct object_fact, i));
	}
}

/* Some parameter of the function leads to pages: who calls it matters. */
static bool is_watched(struct unit *unit, int function)
{
	const struct facts_label *label = facts_label(unit->facts, function);

	if (*label->name != '&' || !is_of_body(unit->objects, label))
		return true;
	for (int i = 0; i < 16; i++) {
		g_autofree char *name = g_strdup_printf("%s(#%d)", label->name + 1, i);
		int param = facts_find_place(unit->facts, PLACE_PARAM, name, label->scope);

		if (param >= 0 &&
		    g_hash_table_contains(unit->objects->live, GINT_TO_POINTER(param)))
			return true;
	}
	return false;
}

static bool matters(struct unit *unit, const struct object_fact *fact)
{
	if (is_binding(fact->kind))
		return is_watched(unit, fact->src);
	/* Each call of what returns an object may make one, whatever becomes of it here. */
	return fact->kind == OBJECT_MEMBER || fact->kind == OBJECT_COPY ||
	       is_root(unit, fact->dst) ||
	       facts_label(unit->facts, fact->src)->kind == PLACE_RETURN ||
	       g_hash_table_contains(unit->objects->live, GINT_TO_POINTER(fact->dst));
}

void pt_prune_emit(struct unit *unit)
{
	struct pt_prune *objects = unit->objects;

	find_live(unit);
	for (guint i = 0; i < objects->list->len; i++) {
		const struct object_fact *fact = &g_array_index(objects->list, struct object_fact,
								i);

		if (!matters(unit, fact))
			continue;
		facts_file(unit->facts, fact->file);
		facts_object(unit->facts, fact->dst, fact->src, fact->kind, fact->line);
	}
	g_array_unref(objects->list);
	g_string_chunk_free(objects->files);
	g_hash_table_destroy(objects->bodies);
	g_hash_table_destroy(objects->live);
	g_free(objects);
	unit->objects = NULL;
}
