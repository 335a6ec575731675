// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/path_state.h"

/* How many calls down a release is looked for, without a look at paths. */
#define RELEASE_DEPTH 4

static bool has_release(const struct path_engine *engine, const struct function *function,
			int depth)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct function *callee;

		if (function_node(function, i)->kind != IR_CALL)
			continue;
		if (function_known(function, i, KNOW_DROPS) ||
		    (function_has_role(function, i, ROLE_RELEASE) &&
		     program_paired(engine->program, engine->result->query.acquire->id,
				    function->calls[i]->id)))
			return true;
		callee = depth ? function->callees[i] : NULL;
		if (callee && callee != function && has_release(engine, callee, depth - 1))
			return true;
	}
	return false;
}

bool callee_may_release(struct path_engine *engine, int node)
{
	char *known = &engine->callee_release[node];

	if (!*known) {
		const struct function *callee = engine->function->callees[node];

		*known = 1 + (function_known(engine->function, node, KNOW_DROPS) ||
			      (callee && callee != engine->function &&
			       has_release(engine, callee, RELEASE_DEPTH)));
	}
	return *known == 2;
}
