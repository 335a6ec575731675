// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ir/cfg.h"

/* The text of a graph, written and read. The grammar: docs/ir.md. */

static const char *const kind_words[] = {
#define X(name, word) [IR_##name] = word,
	IR_KINDS(X)
#undef X
};

static const char *const op_texts[] = {
#define X(name, text) [IR_OP_##name] = text,
	IR_OPS(X)
#undef X
};

static const char type_letters[] = {
#define X(name, letter) [IR_TYPE_##name] = letter,
	IR_TYPES(X)
#undef X
};

const char *ir_kind_word(enum ir_kind kind)
{
	return kind_words[kind];
}

const char *ir_op_text(enum ir_op op)
{
	return op_texts[op];
}

char ir_type_letter(enum ir_type type)
{
	return type_letters[type];
}

void ir_nodes_free(struct ir_node *nodes, int count)
{
	for (int i = 0; i < count; i++) {
		g_free(nodes[i].args);
		g_free(nodes[i].param_types);
	}
	g_free(nodes);
}

void ir_function_free(struct ir_function *function)
{
	if (!function)
		return;
	ir_nodes_free(function->nodes, function->count);
	g_free(function);
}

/* -- writing -- */

static void put_expr(GString *text, const char *before, const struct expr *e)
{
	g_autofree char *printed = e ? expr_print(e) : NULL;

	if (printed)
		g_string_append_printf(text, "%s%s", before, printed);
}

static void put_arguments(GString *text, const struct ir_node *node)
{
	g_string_append_c(text, '(');
	for (int i = 0; i < node->arg_count; i++)
		put_expr(text, i ? ", " : "", node->args[i]);
	g_string_append_c(text, ')');
}

static void put_call(GString *text, const struct ir_node *node)
{
	if (node->callee)
		g_string_append_printf(text, " %s", node->callee);
	else
		put_expr(text, " *", node->pointer);
	put_arguments(text, node);
	if (node->param_count)
		g_string_append_c(text, ' ');
	for (int i = 0; i < node->param_count; i++)
		g_string_append_c(text, type_letters[node->param_types[i]]);
}

/* Without a word, the next node is the one with the next number. */
static void put_edges(GString *text, const struct ir_node *node, int number)
{
	if (node->kind != IR_RETURN && node->yes != number + 1) {
		if (node->yes < 0)
			g_string_append(text, " -> -");
		else
			g_string_append_printf(text, " -> %d", node->yes);
	}
	if (node->no >= 0)
		g_string_append_printf(text, " else %d", node->no);
}

static void put_node(GString *text, const struct ir_node *node, int number)
{
	g_string_append_printf(text, "%d %d", number, node->line);
	if (node->column)
		g_string_append_printf(text, ".%d", node->column);
	g_string_append_printf(text, " %s", kind_words[node->kind]);
	if (node->kind < IR_LOOP)
		g_string_append_printf(text, " %c", type_letters[node->type]);
	if (node->kind <= IR_CALL)
		put_call(text, node);
	put_expr(text, " ", node->lhs);
	if (node->op != IR_OP_NONE)
		g_string_append_printf(text, " %s", op_texts[node->op]);
	put_expr(text, " ", node->rhs);
	if (node->warned)
		g_string_append(text, " warn");
	put_edges(text, node, number);
	g_string_append_c(text, '\n');
}

char *ir_dump(const struct ir_function *function)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < function->count; i++)
		put_node(text, &function->nodes[i], i);
	return g_string_free(text, FALSE);
}

/* -- reading: recursive descent, one line a node -- */

struct cfg_reader {
	struct expr_pool *pool;
	const char *at;
};

static bool accept(struct cfg_reader *r, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(r->at, word, length))
		return false;
	r->at += length;
	return true;
}

static bool read_int(struct cfg_reader *r, int *number)
{
	gint64 value;

	if (!g_ascii_isdigit(*r->at))
		return false;
	value = g_ascii_strtoll(r->at, (char **)&r->at, 10);
	*number = (int)MIN(value, G_MAXINT);
	return true;
}

static bool read_expr(struct cfg_reader *r, const struct expr **e)
{
	*e = expr_parse(r->pool, r->at, &r->at);
	return *e;
}

static bool read_type(struct cfg_reader *r, enum ir_type *type)
{
	const char *letter = *r->at ? memchr(type_letters, *r->at, sizeof(type_letters)) : NULL;

	if (!letter)
		return false;
	r->at++;
	*type = letter - type_letters;
	return true;
}

/* The word is followed by a space or the end of the line. */
static int read_word(struct cfg_reader *r, const char *const *words, int from, int to)
{
	for (int i = from; i < to; i++) {
		size_t length = strlen(words[i]);

		if (strncmp(r->at, words[i], length) || !strchr(" \n", r->at[length]))
			continue;
		r->at += length;
		return i;
	}
	return -1;
}

static bool read_arguments(struct cfg_reader *r, struct ir_node *node)
{
	g_autoptr(GPtrArray) args = g_ptr_array_new();
	const struct expr *e;

	if (!accept(r, "("))
		return false;
	if (!accept(r, ")")) {
		do {
			if (!read_expr(r, &e))
				return false;
			g_ptr_array_add(args, (void *)e);
		} while (accept(r, ", "));
		if (!accept(r, ")"))
			return false;
	}
	node->arg_count = args->len;
	node->args = g_memdup2(args->pdata, args->len * sizeof(void *));
	return true;
}

static void read_param_types(struct cfg_reader *r, struct ir_node *node)
{
	struct cfg_reader ahead = { .at = r->at };
	enum ir_type type;
	int count = 0;

	if (!accept(&ahead, " "))
		return;
	while (read_type(&ahead, &type))
		count++;
	if (!count || !strchr(" \n", *ahead.at))	/* an edge's word */
		return;
	node->param_types = g_new(enum ir_type, count);
	for (r->at++; node->param_count < count; node->param_count++)
		read_type(r, &node->param_types[node->param_count]);
}

static bool read_call(struct cfg_reader *r, struct ir_node *node)
{
	size_t length = strcspn(r->at, "(\n");

	if (accept(r, "*")) {
		if (!read_expr(r, &node->pointer))
			return false;
	} else {
		if (!length)
			return false;
		node->callee = expr_pool_text(r->pool, r->at, length);
		r->at += length;
	}
	if (!read_arguments(r, node))
		return false;
	read_param_types(r, node);
	return true;
}

/* "lhs op rhs", without the rhs of a declaration */
static bool read_sides(struct cfg_reader *r, struct ir_node *node)
{
	bool test = node->kind == IR_TEST;
	int op;

	if (!read_expr(r, &node->lhs) || !accept(r, " "))
		return false;
	op = read_word(r, op_texts, test ? IR_OP_EQ : IR_OP_ASSIGN, test ? IR_OP_COUNT : IR_OP_EQ);
	if (op < 0)
		return false;
	node->op = op;
	if (op != IR_OP_DECLARE && !(accept(r, " ") && read_expr(r, &node->rhs)))
		return false;
	node->warned = test && accept(r, " warn");
	return true;
}

static bool read_operands(struct cfg_reader *r, struct ir_node *node)
{
	if (node->kind < IR_LOOP &&
	    !(accept(r, " ") && read_type(r, &node->type) && accept(r, " ")))
		return false;
	switch (node->kind) {
	case IR_ENTRY:
	case IR_CALL:
		return read_call(r, node);
	case IR_SET:
	case IR_TEST:
		return read_sides(r, node);
	case IR_RETURN:
		return *r->at == '\n' || (accept(r, " ") && read_expr(r, &node->rhs));
	default:
		return true;
	}
}

static bool read_edges(struct cfg_reader *r, struct ir_node *node, int number)
{
	bool branches = node->kind == IR_TEST || node->kind == IR_LOOP;

	node->yes = node->kind == IR_RETURN ? -1 : number + 1;
	node->no = -1;
	if (node->kind != IR_RETURN && accept(r, " -> ")) {
		node->yes = -1;
		if (!accept(r, "-") && !read_int(r, &node->yes))
			return false;
	}
	return !(branches && accept(r, " else ")) || read_int(r, &node->no);
}

static bool read_node(struct cfg_reader *r, struct ir_node *node, int number)
{
	int seq, kind;

	if (!read_int(r, &seq) || seq != number || !accept(r, " ") || !read_int(r, &node->line) ||
	    (accept(r, ".") && !read_int(r, &node->column)) || !accept(r, " "))
		return false;
	kind = read_word(r, kind_words, 0, IR_KIND_COUNT);
	if (kind < 0)
		return false;
	node->kind = kind;
	return read_operands(r, node) && read_edges(r, node, number) && accept(r, "\n");
}

/* The number of the first node whose edge leads out of the graph, or -1. */
static int loose_edge(const struct ir_node *nodes, int count)
{
	for (int i = 0; i < count; i++)
		if (nodes[i].yes >= count || nodes[i].no >= count)
			return i;
	return -1;
}

struct ir_function *ir_parse(struct expr_pool *pool, const char *text, int *bad_line)
{
	struct cfg_reader r = { pool, text };
	GArray *nodes = g_array_new(FALSE, TRUE, sizeof(struct ir_node));
	struct ir_function *function;
	int bad = -1, count;

	while (*r.at && bad < 0) {
		struct ir_node node = { 0 };

		if (!read_node(&r, &node, nodes->len))
			bad = nodes->len;
		g_array_append_val(nodes, node);
	}
	count = nodes->len;
	function = g_new0(struct ir_function, 1);
	function->nodes = (struct ir_node *)g_array_free(nodes, FALSE);
	function->count = count;
	if (bad < 0)
		bad = loose_edge(function->nodes, count);
	if (bad < 0)
		return function;
	if (bad_line)
		*bad_line = bad + 1;
	ir_function_free(function);
	return NULL;
}
