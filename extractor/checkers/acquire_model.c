// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/path_engine.h"
#include "checkers/expr_text.h"

static void add_outcome(GArray *outcomes, struct value result, enum hold hold, const char *key,
			const char *words)
{
	struct outcome outcome = { .result = result, .hold = hold, .words = words };

	if (hold == HOLD_YES)
		outcome.keys[outcome.key_count++] = key;
	g_array_append_val(outcomes, outcome);
}

static struct value related(enum relation relation)
{
	struct value value = value_of_signs(SIGN_POS);

	value.relation = relation;
	return value;
}

/* Of an acquire that returns the page itself, or NULL. */
static GArray *outcomes_of_result(const struct bodies *bodies, int step)
{
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome));
	g_autofree char *key = g_strdup_printf("@%d", step);

	add_outcome(outcomes, value_of_signs(SIGN_NEG | SIGN_ZERO), HOLD_NOT, NULL, "hands out nothing");
	add_outcome(outcomes, value_of_signs(SIGN_POS), HOLD_YES,
		    g_string_chunk_insert_const(bodies->strings, key), "hands out a page");
	return outcomes;
}

GArray *outcomes_of_acquire(const struct bodies *bodies, const struct body *body, int number)
{
	const struct step *step = body_step(body, number);
	const char *pages = step_pages(bodies, step), *count = step_count(bodies, step);
	g_autofree char *base = pages ? words_base(pages) : NULL;
	bool one = count && !strcmp(count, "1");
	const char *key;
	GArray *outcomes;

	if (*step->type == 'p')
		return outcomes_of_result(bodies, number);
	if (!pages || !strcmp(pages, "0") || strchr(base, '?') || *base == '@')
		return NULL;
	key = g_string_chunk_insert_const(bodies->strings, base);
	outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome));
	if (*step->type == 's')
		add_outcome(outcomes, value_of_signs(SIGN_NEG), HOLD_NOT, NULL, "fails");
	add_outcome(outcomes, value_of_number(0), HOLD_NOT, NULL, "hands out nothing");
	if (!one && *step->type == 's')
		add_outcome(outcomes, related(REL_SHORT), HOLD_YES, key,
			    "hands out fewer pages than asked for");
	if (one) {
		struct value value = value_of_number(1);

		value.relation = REL_FULL;
		add_outcome(outcomes, value, HOLD_YES, key, "hands out the page");
	} else {
		add_outcome(outcomes, related(REL_FULL), HOLD_YES, key, "hands out all pages");
	}
	return outcomes;
}
