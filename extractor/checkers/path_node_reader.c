// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/path_node_reader.h"

/* Table path_node has expressions as text: an adapter until its rows are the typed ones. */

static const struct expr *expr_of(struct expr_pool *pool, const char *text)
{
	const struct expr *e = *text ? expr_parse_all(pool, text) : NULL;

	return e || !*text ? e : expr_unknown(pool);
}

static enum ir_kind kind_of(const char *word)
{
	for (int kind = 0; kind < IR_KIND_COUNT; kind++)
		if (!strcmp(ir_kind_word(kind), word))
			return kind;
	return IR_JOIN;
}

static enum ir_op op_of(const char *text)
{
	for (int op = IR_OP_NONE; op < IR_OP_COUNT; op++)
		if (!strcmp(ir_op_text(op), text))
			return op;
	return IR_OP_NONE;
}

static enum ir_type type_of(char letter)
{
	for (int type = 0; type < IR_TYPE_COUNT; type++)
		if (ir_type_letter(type) == letter)
			return type;
	return IR_TYPE_OTHER;
}

/* "a, f[b]": each with its expression; an unknown one where there is none. */
static void read_list(struct expr_pool *pool, struct ir_node *node, const char *text)
{
	g_autoptr(GPtrArray) args = g_ptr_array_new();

	while (*text) {
		const char *end = text;
		const struct expr *e = *text == ',' ? NULL : expr_parse(pool, text, &end);

		g_ptr_array_add(args, (void *)(e ? e : expr_unknown(pool)));
		text = e ? end : text + strcspn(text, ",");
		text += strspn(text, ", ");
	}
	node->arg_count = args->len;
	node->args = g_memdup2(args->pdata, args->len * sizeof(*args->pdata));
}

static void read_operands(struct expr_pool *pool, struct ir_node *node, sqlite3_stmt *stmt)
{
	const char *lhs = db_text(stmt, 6), *rhs = db_text(stmt, 8);

	if (node->kind != IR_CALL && node->kind != IR_ENTRY) {
		node->lhs = expr_of(pool, lhs);
		node->rhs = expr_of(pool, rhs);
		return;
	}
	if (*lhs == '*')
		node->pointer = expr_of(pool, lhs + 1);
	else
		node->callee = expr_pool_name(pool, lhs);
	read_list(pool, node, rhs);
}

static int next_of(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? -1 : sqlite3_column_int(stmt, column);
}

static void close_function(GArray *functions, GArray *nodes)
{
	struct ir_function *last;

	if (!functions->len)
		return;
	last = &g_array_index(functions, struct ir_function, functions->len - 1);
	last->count = nodes->len;
	last->nodes = g_memdup2(nodes->data, nodes->len * sizeof(struct ir_node));
	g_array_set_size(nodes, 0);
}

GArray *path_nodes_read(struct db *db, struct expr_pool *pool, GError **error)
{
	GArray *functions = g_array_new(FALSE, TRUE, sizeof(struct ir_function));
	g_autoptr(GArray) nodes = g_array_new(FALSE, TRUE, sizeof(struct ir_node));
	sqlite3_stmt *stmt = db_query(db, "finding_nodes");
	GError *failure = NULL;
	int function = 0;

	while (db_step(db, stmt, &failure)) {
		const char *type = db_text(stmt, 9);
		struct ir_node node = {
			.kind = kind_of(db_text(stmt, 1)), .line = sqlite3_column_int(stmt, 2),
			.call = sqlite3_column_int(stmt, 3), .yes = next_of(stmt, 4),
			.no = next_of(stmt, 5), .op = op_of(db_text(stmt, 7)), .type = type_of(*type),
			.warned = *type == '!',
		};

		if (sqlite3_column_int(stmt, 0) != function) {
			struct ir_function next = { .id = sqlite3_column_int(stmt, 0) };

			close_function(functions, nodes);
			g_array_append_val(functions, next);
			function = next.id;
		}
		read_operands(pool, &node, stmt);
		g_array_append_val(nodes, node);
	}
	close_function(functions, nodes);
	if (!failure)
		return functions;
	g_propagate_error(error, failure);
	g_array_free(functions, TRUE);
	return NULL;
}
