// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* -- places -- */

bool state_has_place(const struct path_state *state, const struct expr *e)
{
	for (int i = 0; i < state->place_count; i++)
		if (state->places[i] == e)
			return true;
	return false;
}

void state_add_place(struct path_state *state, const struct expr *place)
{
	if (state->place_count < PLACES_MAX && !state_has_place(state, place))
		state->places[state->place_count++] = place;
}

static void drop_at(struct path_state *state, int at)
{
	state->place_count--;
	memmove(state->places + at, state->places + at + 1,
		(state->place_count - at) * sizeof(*state->places));
}

void state_drop_place(struct path_state *state, const struct expr *place)
{
	for (int i = 0; i < state->place_count; i++)
		if (state->places[i] == place) {
			drop_at(state, i);
			return;
		}
}

void state_drop_duplicates(struct path_state *state)
{
	for (int i = state->place_count - 1; i > 0; i--)
		for (int j = 0; j < i; j++)
			if (state->places[j] == state->places[i]) {
				drop_at(state, i);
				break;
			}
}

void state_drop_places_in(struct path_state *state, const struct expr *e)
{
	const struct expr *base = expr_base(e);

	for (int i = state->place_count - 1; i >= 0; i--)
		if (expr_extends(state->places[i], base))
			drop_at(state, i);
}

bool state_names_pages(const struct path_state *state, const struct expr *e)
{
	return e && state_has_place(state, expr_base(e));
}

bool state_mentions_pages(const struct path_state *state, const struct expr *e)
{
	bool a, b;

	if (!e || state_has_place(state, e))
		return e;
	a = state_mentions_pages(state, e->a);
	b = state_mentions_pages(state, e->b);
	return e->op == EXPR_SUB ? a != b : a || b;	/* how far apart two pages are */
}

bool state_names_holder(const struct path_state *state, const struct expr *e)
{
	const struct expr *object = e ? expr_without_address(e) : NULL;

	for (int i = 0; object && i < state->place_count; i++)
		if (expr_is_within(state->places[i], object))
			return true;
	return false;
}

/* A member of the object itself, not of one that it points to. */
static bool is_embedded(const struct expr *access, const struct expr *object)
{
	while (access->op == EXPR_MEMBER || access->op == EXPR_INDEX)
		access = access->a;
	return access->op == EXPR_ARROW && access->a == object;
}

/* Memory of this function's own, or of the caller's that has given it with the pages. */
static bool is_followed_object(const struct path_engine *engine, const struct expr *object)
{
	return function_allocates(engine->function, object) ||
	       (engine->result->query.start == 0 &&
		function_param_of(engine->function, object) >= 0);
}

bool state_names_member(const struct path_engine *engine, const struct path_state *state,
			const struct expr *e)
{
	const struct expr *root = expr_root(e);

	return e->op == EXPR_ADDRESS && is_embedded(e->a, root) &&
	       state_names_holder(state, root) && is_followed_object(engine, root);
}

/* The first step of an access: "->pages" of obj->pages[i]. */
static const struct expr *first_access(const struct expr *e)
{
	while (e->a->a)
		e = e->a;
	return e;
}

/* The variable leads into one allocation of this function's. */
static bool is_of_own_memory(const struct function *function, const struct expr *name)
{
	const struct expr *object = object_behind(function, name);

	return object && object != name && expr_is_name(object) &&
	       function_allocates(function, object);
}

bool place_is_own(const struct function *function, const struct expr *place)
{
	const struct expr *root = expr_root(place);

	if (root->op == EXPR_GLOBAL || !function_is_local(function, root))
		return root->op == EXPR_RESULT || root->op == EXPR_TEMP;
	if (root == place || (first_access(place)->op != EXPR_ARROW &&
			      first_access(place)->op != EXPR_INDEX) ||
	    function_is_array(function, root))
		return true;
	return function_allocates(function, root) || is_of_own_memory(function, root);
}

bool state_is_certain(const struct path_engine *engine, const struct path_state *state)
{
	for (int i = 0; i < state->place_count; i++)
		if (!place_is_own(engine->function, state->places[i]))
			return false;
	return state->place_count > 0 && !state->published;
}

struct value state_argument(const struct path_engine *engine, const struct path_state *state,
			    const struct expr *e)
{
	for (int i = 0; e && i < engine->result->query.start; i++) {
		const struct ir_node *node = function_node(engine->function, i);

		if (node->kind == IR_SET && node->op != IR_OP_ASSIGN && node->op != IR_OP_DECLARE &&
		    expr_contains(e, node->lhs))
			return value_any();
	}
	return env_value(&state->env, e);
}

void state_add_equal(struct path_state *state, const struct ir_node *test)
{
	const struct expr *other = state_has_place(state, test->lhs) ? test->rhs :
				   state_has_place(state, test->rhs) ? test->lhs : NULL;

	if (!other || test->type == IR_TYPE_POINTER || other->op == EXPR_NUMBER ||
	    state->ownership != OWNERSHIP_OWNED)
		return;
	if (other->unknown || expr_is_of_result(other) || state->place_count == PLACES_MAX)
		state->ownership = OWNERSHIP_ESCAPED;
	else
		state_add_place(state, expr_base(other));
}

/* -- equality; how a state was reached (trace) is no part of it -- */

static guint mix(guint hash, guint value)
{
	return (hash ^ value) * 16777619u;
}

guint state_hash(const void *state)
{
	return ((const struct path_state *)state)->hash;
}

guint state_make_hash(const struct path_state *state)
{
	guint hash = mix(mix(mix(state->node, state->ownership), state->release_node),
			 state->release_loop);

	hash = mix(mix(mix(hash, state->left), state->empty_release), state->lent);
	hash = mix(mix(hash, g_direct_hash(state->handed)), g_direct_hash(state->teller));
	hash = mix(hash, state->started | state->extra_reference << 1 | state->count_known << 2 |
		   state->fewer << 3 | state->nothing << 4 | state->published << 5 |
		   state->told_more << 6 | state->cleared << 9 |
		   state->failing << 7 | state->rest << 8 | state->partial << 10 |
		   state->unseen << 11 | state->crossed << 12 | state->refused << 13 |
		   state->number_used << 16);
	hash = mix(mix(mix(hash, state->handing), state->rest_lost), g_direct_hash(state->told));
	hash = mix(mix(hash, state->must_enter), g_direct_hash(state->released));
	hash = mix(mix(hash, state->loops_seen), g_direct_hash(state->entry_released));
	hash = mix(mix(hash, g_direct_hash(state->range.from)), g_direct_hash(state->range.to));
	hash = mix(mix(hash, g_direct_hash(state->hole_base)), g_direct_hash(state->hole_index));
	hash = mix(hash, g_direct_hash(state->taken_from));
	for (int i = 0; i < state->place_count; i++)
		hash = mix(hash, g_direct_hash(state->places[i]));
	for (int i = 0; i < state->env.count; i++) {
		const struct value *value = &state->env.values[i];

		hash = mix(hash, g_direct_hash(state->env.keys[i]));
		hash = mix(hash, value->signs | value->exact << 3 | value->relation << 4);
		hash = mix(hash, value->exact ? value->number : 0);
	}
	return hash;
}

static bool same_env(const struct env *a, const struct env *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (a->keys[i] != b->keys[i] || !value_equal(&a->values[i], &b->values[i]))
			return false;
	return true;
}

static bool same_places(const struct path_state *a, const struct path_state *b)
{
	return a->place_count == b->place_count &&
	       !memcmp(a->places, b->places, a->place_count * sizeof(*a->places));
}

gboolean state_equal(const void *left, const void *right)
{
	const struct path_state *a = left, *b = right;

	return a->node == b->node && a->ownership == b->ownership &&
	       a->release_node == b->release_node && a->release_loop == b->release_loop &&
	       a->must_enter == b->must_enter && a->loops_seen == b->loops_seen &&
	       a->lent == b->lent && a->left == b->left && a->empty_release == b->empty_release &&
	       a->handed == b->handed && a->teller == b->teller && a->released == b->released &&
	       a->entry_released == b->entry_released &&
	       a->started == b->started && a->extra_reference == b->extra_reference &&
	       a->count_known == b->count_known && a->fewer == b->fewer &&
	       a->number_used == b->number_used &&
	       a->nothing == b->nothing && a->unasked == b->unasked && a->partial == b->partial &&
	       a->published == b->published && a->unseen == b->unseen &&
	       a->refused == b->refused && a->refuser == b->refuser &&
	       a->told == b->told && a->told_more == b->told_more &&
	       a->cleared == b->cleared && a->failing == b->failing && a->rest == b->rest &&
	       a->crossed == b->crossed &&
	       a->handing == b->handing && a->rest_lost == b->rest_lost &&
	       a->hole_base == b->hole_base && a->hole_index == b->hole_index &&
	       a->hole_released == b->hole_released && a->hole_end == b->hole_end &&
	       a->taken_from == b->taken_from &&
	       range_equal(&a->range, &b->range) &&
	       same_places(a, b) && same_env(&a->env, &b->env);
}
