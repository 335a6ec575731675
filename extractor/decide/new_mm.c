// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "decide/new_mm.h"

/* The row's member is what the expression reads, of an object that the function has. */
static bool is_member_of(const struct function_info *info, const struct expr *e, const char *row)
{
	size_t tag = strcspn(row, ".");

	return e && (e->op == EXPR_ARROW || e->op == EXPR_MEMBER) && e->name &&
	       !strcmp(e->name, row + tag + 1) && function_has_object(info, row, tag, false);
}

static const char *member_of(const GPtrArray *rows, const struct function_info *info,
			     const struct expr *e)
{
	for (guint i = 0; i < rows->len; i++)
		if (is_member_of(info, e, rows->pdata[i]))
			return rows->pdata[i];
	return NULL;
}

static const char *member_of_argument(const GPtrArray *rows, const struct function_info *info,
				      const struct ir_function *function, int node,
				      const struct expr *argument)
{
	const char *member = member_of(rows, info, argument);
	g_autoptr(GArray) defs = NULL;

	if (member || argument->op != EXPR_LOCAL)
		return member;
	defs = ir_reaching_defs(function, node, argument, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len && !member; i++)
		member = member_of(rows, info,
				   function->nodes[g_array_index(defs, int, i)].rhs);
	return member;
}

const char *new_mm_of(const struct deciding *d, const struct call_info *acquire)
{
	const struct function_info *info = graph_function(d->graph, acquire->function);
	const struct ir_function *function = cfg_function(d->cfg, acquire->function);
	int node = function ? cfg_call_node(function, acquire->id) : -1;
	g_autoptr(GPtrArray) rows = knowledge_names(d->graph->knowledge, KNOW_NEW_MM, 0);
	const char *member = NULL;

	for (int i = 0; info && node >= 0 && i < function->nodes[node].arg_count && !member; i++)
		member = member_of_argument(rows, info, function, node,
					    function->nodes[node].args[i]);
	return member;
}
