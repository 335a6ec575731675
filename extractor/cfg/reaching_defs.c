// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"

/* &variable, or the address of a part of it, stands in the expression. */
static bool has_address(const struct expr *e, const struct expr *variable)
{
	for (; e; e = e->a) {
		const struct expr *part = e->op == EXPR_ADDRESS ? e->a : NULL;

		while (part && (part->op == EXPR_MEMBER || part->op == EXPR_ARROW ||
				part->op == EXPR_INDEX))
			part = part->a;
		if (part && part == variable)
			return true;
		if (e->b && has_address(e->b, variable))
			return true;
	}
	return false;
}

bool ir_defines(const struct ir_node *node, const struct expr *variable, bool *kills)
{
	*kills = node->kind == IR_SET && node->op != IR_OP_DECLARE && node->lhs == variable;
	if (*kills)
		return true;
	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		if (has_address(node->args[i], variable))
			return true;
	return false;
}

/*
 * Demand-driven, for one variable at one node: a search against the edges that does not go
 * beyond a definition that kills. Each node is seen once, so it ends after O(nodes + edges).
 */
GArray *ir_reaching_defs(const struct ir_function *function, int at, const struct expr *variable,
			 enum ir_edges edges)
{
	struct ir_preds *preds = ir_preds_new(function, edges);
	g_autofree bool *seen = g_new0(bool, function->count + 1);
	g_autofree bool *found = g_new0(bool, function->count + 1);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));
	GArray *defs = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, at);
	for (guint q = 0; q < queue->len; q++) {
		int to = g_array_index(queue, int, q);

		for (int p = preds->first[to]; p < preds->first[to + 1]; p++) {
			int from = preds->list[p];
			bool kills;

			if (seen[from])
				continue;
			seen[from] = true;
			found[from] = ir_defines(&function->nodes[from], variable, &kills);
			if (!kills)
				g_array_append_val(queue, from);
		}
	}
	for (int i = 0; i < function->count; i++)
		if (found[i])
			g_array_append_val(defs, i);
	ir_preds_free(preds);
	return defs;
}
