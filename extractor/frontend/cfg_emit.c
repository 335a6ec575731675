// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "frontend/cfg_emit.h"
#include "frontend/location.h"

/* How far up the callers of a function with a site are taken along. */
#define CALLERS_UP 3

/**
 * struct noted - a definition of this unit
 * @callees: names of what it calls
 * @holds: an acquire, a release or a dirty, or a call of one that does
 * @called: by one that holds
 * @uses: pages, in a source file: a mapping for the CPU or a device, a reference that it takes
 * @broken: a site of it is no call for the parser
 */
struct noted {
	CXCursor function;
	const char *path;
	char *name;
	GHashTable *callees;
	bool holds, called, uses, broken;
};

/* The definitions of one parse. */
struct cfg_emitter {
	GPtrArray *noted;
};

static void noted_free(void *data)
{
	struct noted *noted = data;

	g_hash_table_destroy(noted->callees);
	g_free(noted->name);
	g_free(noted);
}

struct cfg_emitter *cfg_emit_new(void)
{
	struct cfg_emitter *paths = g_new0(struct cfg_emitter, 1);

	paths->noted = g_ptr_array_new_with_free_func(noted_free);
	return paths;
}

void cfg_emit_function(struct cfg_emitter *paths, CXCursor function, const char *path)
{
	struct noted *noted = g_new0(struct noted, 1);

	noted->function = function;
	noted->path = path;
	noted->name = cursor_name(function);
	noted->callees = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_ptr_array_add(paths->noted, noted);
}

void cfg_emit_call(struct cfg_emitter *paths, const char *callee, bool holds, bool uses)
{
	struct noted *noted;

	if (!paths->noted->len)
		return;
	noted = paths->noted->pdata[paths->noted->len - 1];
	noted->holds |= holds;
	noted->uses |= uses && !g_str_has_suffix(noted->path, ".h");
	if (!g_hash_table_contains(noted->callees, callee))
		g_hash_table_add(noted->callees, g_strdup(callee));
}

void cfg_emit_broken(struct cfg_emitter *paths)
{
	if (paths->noted->len)
		((struct noted *)paths->noted->pdata[paths->noted->len - 1])->broken = true;
}

/* One step up: who calls a function that is taken is taken too. */
static void take_callers(struct cfg_emitter *paths)
{
	g_autoptr(GPtrArray) taken = g_ptr_array_new();
	g_autoptr(GPtrArray) callers = g_ptr_array_new();

	for (guint i = 0; i < paths->noted->len; i++) {
		struct noted *noted = paths->noted->pdata[i];

		if (noted->holds)
			g_ptr_array_add(taken, noted->name);
	}
	for (guint i = 0; i < paths->noted->len; i++) {
		struct noted *noted = paths->noted->pdata[i];

		for (guint j = 0; !noted->holds && j < taken->len; j++)
			if (g_hash_table_contains(noted->callees, taken->pdata[j])) {
				g_ptr_array_add(callers, noted);
				break;
			}
	}
	for (guint i = 0; i < callers->len; i++)
		((struct noted *)callers->pdata[i])->holds = true;
}

/* And what those call: it may keep the pages, drop them, or say why it fails. */
static void take_callees(struct cfg_emitter *paths)
{
	g_autoptr(GHashTable) called = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < paths->noted->len; i++) {
		const struct noted *noted = paths->noted->pdata[i];
		GHashTableIter iter;
		void *name;

		if (!noted->holds)
			continue;
		g_hash_table_iter_init(&iter, noted->callees);
		while (g_hash_table_iter_next(&iter, &name, NULL))
			g_hash_table_add(called, name);
	}
	for (guint i = 0; i < paths->noted->len; i++) {
		struct noted *noted = paths->noted->pdata[i];

		noted->called = g_hash_table_contains(called, noted->name);
	}
}

/* Node 0: the function's name, its parameters and the type of its result. */
static void emit_entry(struct builder *b, CXCursor function, const char *name)
{
	int count = MAX(clang_Cursor_getNumArguments(function), 0);
	struct ir_node entry = {
		.kind = IR_ENTRY, .type = ir_type_of(clang_getCursorResultType(function)),
		.callee = expr_pool_name(b->pool, name), .arg_count = count,
		.args = g_new(const struct expr *, count),
	};

	for (int i = 0; i < count; i++) {
		g_autofree char *param = cursor_name(clang_Cursor_getArgument(function, i));

		entry.args[i] = expr_is_identifier(param) ? expr_local(b->pool, param) :
							    expr_unknown(b->pool);
	}
	builder_emit(b, function, entry);
}

static void walk_body(struct builder *b, CXCursor function)
{
	g_autoptr(GArray) children = cursor_children(function);

	for (guint i = 0; i < children->len; i++)
		if (clang_getCursorKind(g_array_index(children, CXCursor, i)) ==
		    CXCursor_CompoundStmt)
			builder_statement(b, g_array_index(children, CXCursor, i));
}

/* Where the text ends without one, a return at the closing brace. */
static void end_body(struct builder *b, CXCursor function)
{
	unsigned int line;
	int number;

	if (!b->open->len)
		return;
	number = builder_emit(b, function, (struct ir_node){ .kind = IR_RETURN });
	clang_getExpansionLocation(clang_getRangeEnd(clang_getCursorExtent(function)), NULL, &line,
				   NULL, NULL);
	builder_node(b, number)->line = line;
}

/* The text of the function's graph. */
static char *lower_function(struct unit *unit, struct expr_pool *pool, const struct noted *noted)
{
	struct builder b = {
		.unit = unit, .pool = pool,
		.nodes = g_array_new(FALSE, FALSE, sizeof(struct ir_node)),
		.open = g_array_new(FALSE, FALSE, sizeof(int)),
		.labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.macro_variables = g_array_new(FALSE, FALSE, sizeof(CXCursor)),
	};
	struct ir_function function = { 0 };
	char *text;

	emit_entry(&b, noted->function, noted->name);
	walk_body(&b, noted->function);
	end_body(&b, noted->function);
	function.count = b.nodes->len;
	function.nodes = (struct ir_node *)g_array_free(b.nodes, FALSE);
	text = ir_dump(&function);
	ir_nodes_free(function.nodes, function.count);
	g_array_free(b.open, TRUE);
	g_array_free(b.macro_variables, TRUE);
	g_hash_table_destroy(b.labels);
	return text;
}

static void write_function(struct unit *unit, struct expr_pool *pool, const struct noted *noted)
{
	g_autofree char *graph = NULL;
	unsigned int line;

	clang_getExpansionLocation(clang_getCursorLocation(noted->function), NULL, &line, NULL,
				   NULL);
	facts_file(unit->facts, noted->path);
	if (!facts_wants_graph(unit->facts, noted->name, line, noted->broken))
		return;
	graph = lower_function(unit, pool, noted);
	facts_graph(unit->facts, noted->name, line, graph, noted->broken);
}

void cfg_emit_emit(struct cfg_emitter *paths, struct unit *unit)
{
	struct expr_pool *pool = expr_pool_new();

	for (int i = 0; i < CALLERS_UP; i++)
		take_callers(paths);
	take_callees(paths);
	for (guint i = 0; i < paths->noted->len; i++) {
		const struct noted *noted = paths->noted->pdata[i];

		if (noted->holds || noted->called || noted->uses)
			write_function(unit, pool, noted);
	}
	expr_pool_free(pool);
	g_ptr_array_free(paths->noted, TRUE);
	g_free(paths);
}
