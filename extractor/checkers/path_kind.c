// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/path_state.h"
#include "model/link_kind.h"

/*
 * The kind of a release, as a path comes to it: an unpin, or a put. Links alone cannot tell of a
 * helper that other pages come to as well, or that another caller chooses by a flag; a path on
 * which these pages come there can.
 *
 *	got = pin_user_pages_fast(start, n, 0, pages);
 *	put_all(pages, got);		release_pages(), for pages of the allocator as well
 */

static bool is_crossed(const struct path_engine *engine, const struct path_state *state,
		       int release, const struct expr *pages)
{
	const struct call_info *acquire = engine->result->query.acquire;
	const struct call_info *call = engine->function->calls[release];

	if (call && call->detail == DETAIL_FREE)	/* the allocator's */
		return !state->extra_reference && state_names_pages(state, pages);
	return (acquire->family == FAMILY_PIN || acquire->family == FAMILY_GET) &&
	       function_is_plain_release(engine->function, release) &&
	       family_is_pinned(acquire->family) != (call->family == FAMILY_PIN) &&
	       !state->extra_reference && state_names_pages(state, pages) &&
	       program_link_kind(engine->program, call->id) != LINK_LINK;
}

void kind_released(struct path_engine *engine, struct path_state *state, int release,
		   const struct expr *pages)
{
	state->crossed = is_crossed(engine, state, release, pages);
	if (state->crossed)
		engine_event(engine, state, EVENT_CROSSED, release);
}

void kind_released_inside(struct path_engine *engine, struct path_state *state)
{
	if (state->extra_reference)
		return;
	state->crossed = true;
	if (engine->result->query.start)
		engine_event(engine, state, EVENT_CROSSED, state->node);
}
