/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_RULES_H
#define GUPCONV_CONVERT_SELECT_RULES_H

#include "convert/select/loop_pattern.h"
#include "model/reason.h"

/*
 * The rules, one a file of cocci/, that code names. Those that are chosen by the loop that they
 * fit have an entry in the table alone.
 */
enum rule_id {
	RULE_ACQUIRE,
	RULE_EXTRACT,
	RULE_SINGLE,
	RULE_ITERATOR,
	RULE_LOOP_MORE,
	RULE_LOOP_PARTIAL,
	RULE_FOLIO,
	RULE_FOLIO_PAGE,
	RULE_RELEASE_PAGES,
	RULE_RELEASE_PARTIAL,
	RULE_NAMED
};

/* How much of the text a rule replaces: the callee's name; the call; statement and loop. */
enum rule_extent { EXTENT_NAME, EXTENT_CALL, EXTENT_STATEMENT };

/* The rules that may be tried for a site: each next one does less. */
enum rule_limit {
	LIMIT_NONE,		/* all */
	LIMIT_LOOP_STAYS,	/* none that takes a loop away */
	LIMIT_SINGLE,		/* that for a single page */
	LIMIT_REFUSE,		/* none is left */
};

/**
 * struct rule - how one file of cocci/ is chosen, and what it writes
 * @name: the file's, without its ending
 * @becomes: the function that it writes, as it is called before v5.6; NULL: the site's target
 * @extent: how much it replaces
 * @adds_if: an if may stand before the call that it writes
 * @makes_dirty: that call takes a third argument, make_dirty
 * @adds_local: a declaration of a pointer to its pages may stand before it
 * @on_miss: the rules left when spatch finds no match for it
 * @miss: the reason that the site gets then; REASON_NONE: that the rule did not match
 * @fits: it can stand for that loop; NULL: it is no rule for loops, or is chosen otherwise
 */
struct rule {
	const char *name, *becomes;
	enum rule_extent extent;
	bool adds_if, makes_dirty, adds_local;
	enum rule_limit on_miss;
	enum reason_code miss;
	bool (*fits)(const struct loop *loop);
};

const struct rule *rule_get(enum rule_id id);
/* The first that fits the loop; each loop that loop_parse() knows has one. */
const struct rule *rule_for_loop(const struct loop *loop);

#endif
