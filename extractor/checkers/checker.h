/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_CHECKER_H
#define GUPCONV_CHECKERS_CHECKER_H

#include <stdbool.h>

/*
 * A checker is one file, check_*.c, and one line in CHECKERS. Everything that lists the kinds
 * of findings (help texts, --counts, SARIF rules, table finding_kind) goes through
 * finding_kind_at(); a test holds the man page and docs/findings.md beside it.
 */

/**
 * struct finding_kind - a word of finding.kind
 * @title: what it means, in a line; @help: what to do about it
 * @level: SARIF's level, "none" for what is no fault; @sarif: SARIF's kind
 * @marks_site: --counts has a site with such a finding in the row of this word, whatever the
 *	site's state
 */
struct finding_kind {
	const char *word;
	const char *title;
	const char *help;
	const char *level;
	const char *sarif;
	bool marks_site;
};

/**
 * struct finding_detail - a word of finding.detail
 * @title: what it means; @help: how to see whether it matters
 */
struct finding_detail {
	const char *word;
	const char *title;
	const char *help;
};

struct checker_context;

/**
 * struct checker - finds findings of one kind
 * @details: up to one without a word; NULL: its findings have none
 * @run: adds them to context->found, in an order that each run has; NULL: made by
 *	db/queries/findings_of_links.sql
 */
struct checker {
	const struct finding_kind *kind;
	const struct finding_detail *details;
	void (*run)(struct checker_context *context);
};

/* In the order of the counts and the SARIF rules; checkers of one kind stand together. */
#define CHECKERS(X) \
	X(check_mismatched) \
	X(check_freed) \
	X(check_crossed) \
	X(check_crossed_later) \
	X(check_two_kinds) \
	X(check_plain_reference) \
	X(check_missed) \
	X(check_unreleased) \
	X(check_left_out) \
	X(check_number_unset) \
	X(check_byte_count) \
	X(check_kept_forever) \
	X(check_reserved) \
	X(check_double) \
	X(check_standing) \
	X(check_flags) \
	X(check_flags_use) \
	X(check_longterm) \
	X(check_dirty) \
	X(check_dirty_sibling) \
	X(check_dirty_told) \
	X(check_atomic_belief) \
	X(check_bad_count) \
	X(check_window) \
	X(check_later_short) \
	X(check_lost_errno) \
	X(check_bad_pointer) \
	X(check_atomic_acquire) \
	X(check_mixed) \
	X(check_unknown) \
	X(check_negative_count) \
	X(check_entries) \
	X(check_own_or_foreign) \
	X(check_compound_head) \
	X(check_count_used_later) \
	X(check_atomic_dirty) \
	X(check_unlocked_dirty)

#define X(name) extern const struct checker name;
CHECKERS(X)
#undef X

/* The kind of several checkers. */
extern const struct finding_kind hazard_kind;
extern const struct finding_kind unreleased_kind;
extern const struct finding_kind double_kind;
extern const struct finding_kind flags_kind;
extern const struct finding_kind dirty_kind;
extern const struct finding_kind mismatched_kind;
extern const struct finding_kind bad_count_kind;

/* All of them, then NULL. */
extern const struct checker *const checkers[];
/* Their kinds, each once, by index from 0; NULL behind the last. */
const struct finding_kind *finding_kind_at(int index);
/* The inverse. */
int finding_kind_index(const struct finding_kind *kind);
/* The details of all checkers, by index from 0; *kind: theirs. NULL behind the last. */
const struct finding_detail *finding_detail_at(int index, const struct finding_kind **kind);
/* The index of a kind's detail by the words of both, or -1. */
int finding_detail_index(const char *kind, const char *word);
/* NULL when there is none of that word. */
const struct finding_kind *finding_kind_find(const char *word);
/* "missed, mixed, ...". Caller frees. */
char *finding_kinds_list(void);

#endif
