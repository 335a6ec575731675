/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_REASON_H
#define GUPCONV_MODEL_REASON_H

#include "db/db.h"
#include "model/words.h"

/* Codes of reasons. Their sentences are in db/reasons.sql, in the same order. */
#define REASONS(X) \
	X(REASON_NONE, "") \
	/* parts of other reasons */ \
	X(REASON_LIST, "list") \
	X(REASON_CLAUSES, "clauses") \
	X(REASON_MORE, "more") \
	X(REASON_CALL_AT, "call-at") \
	X(REASON_TEXT, "text") \
	X(REASON_PARAMETER, "parameter") \
	X(REASON_FIELD, "field") \
	X(REASON_WAY, "way") \
	X(REASON_WAY_HERE, "way-here") \
	X(REASON_PUBLIC_PARAMETER, "public-parameter") \
	X(REASON_POINTER_PARAMETER, "pointer-parameter") \
	X(REASON_OBJECT_GIVEN, "object-given") \
	X(REASON_ITERATOR_KERNEL, "iterator-kernel") \
	X(REASON_ITERATOR_OF_CALLER, "iterator-of-caller") \
	X(REASON_STORED_IN, "stored-in") \
	X(REASON_PASSED_TO, "passed-to") \
	X(REASON_RETURNED_BY, "returned-by") \
	X(REASON_GIVEN_TO_CALLERS, "given-to-callers") \
	X(REASON_NO_COUNTERPART, "no-counterpart") \
	X(REASON_NOT_OFFERED, "not-offered") \
	/* of links */ \
	X(REASON_PAGES_OF, "pages-of") \
	X(REASON_TOLD_KIND, "told-kind") \
	X(REASON_ALSO_OF, "also-of") \
	X(REASON_ITERATOR_MIXED, "iterator-mixed") \
	X(REASON_PERHAPS_OF, "perhaps-of") \
	X(REASON_CALLER_RELEASES, "caller-releases") \
	X(REASON_CALLER_MAY_RELEASE, "caller-may-release") \
	X(REASON_NO_OTHERS_SEEN, "no-others-seen") \
	X(REASON_TOLD_ALONE, "told-alone") \
	X(REASON_OTHER_PAGES, "other-pages") \
	X(REASON_OPEN_SOURCE, "open-source") \
	X(REASON_NO_SOURCE, "no-source") \
	X(REASON_NO_PLACE, "no-place") \
	X(REASON_TOLD_APART, "told-apart") \
	X(REASON_SECOND_FORM, "second-form") \
	X(REASON_EXCHANGED, "exchanged") \
	/* of decisions */ \
	X(REASON_OWN_FUNCTION, "own-function") \
	X(REASON_DEAD_CODE, "dead-code") \
	X(REASON_TEXT_ONLY, "text-only") \
	X(REASON_OTHER_KERNEL, "other-kernel") \
	X(REASON_IMPLEMENTS_API, "implements-api") \
	X(REASON_PAGES_NULL, "pages-null") \
	X(REASON_KERNEL_ITERATOR, "kernel-iterator") \
	X(REASON_PLACE_UNKNOWN, "place-unknown") \
	X(REASON_NO_RELEASE_ESCAPES, "no-release-escapes") \
	X(REASON_NO_RELEASE, "no-release") \
	X(REASON_FOR_ACQUIRES_ONLY, "for-acquires-only") \
	X(REASON_RELEASE_IN_DOUBT, "release-in-doubt") \
	X(REASON_FRAME_VECTOR, "frame-vector") \
	X(REASON_RELEASED_BY, "released-by") \
	X(REASON_RELEASES_KNOWN, "releases-known") \
	X(REASON_NO_OTHER_FORM, "no-other-form") \
	X(REASON_KEPT_BACK, "kept-back") \
	X(REASON_MISMATCH, "mismatch") \
	X(REASON_GROUP_MISMATCH, "group-mismatch") \
	X(REASON_GROUP_BLOCKED, "group-blocked") \
	X(REASON_FRAME_VECTOR_GROUP, "frame-vector-group") \
	X(REASON_NEEDS_EXTRACT, "needs-extract") \
	X(REASON_GOT_AND_PINNED, "got-and-pinned") \
	X(REASON_USE_NOT_SEEN, "use-not-seen") \
	X(REASON_OBSTACLE, "obstacle") \
	X(REASON_CASE, "case") \
	X(REASON_CASE_NOTIFIER, "case-notifier") \
	X(REASON_CASE_LONGTERM, "case-longterm") \
	X(REASON_CASE_DIRECT, "case-direct") \
	X(REASON_CASE_KEPT, "case-kept") \
	X(REASON_CASE_WRITTEN, "case-written") \
	X(REASON_CASE_STATE, "case-state") \
	X(REASON_READ_ONLY, "read-only") \
	X(REASON_WRITE_UNKNOWN, "write-unknown") \
	X(REASON_USE_OUT_OF_SIGHT, "use-out-of-sight") \
	X(REASON_CALLEE_OUT_OF_SIGHT, "callee-out-of-sight") \
	/* of findings */ \
	X(REASON_CONVERTED_THERE, "converted-there") \
	X(REASON_KERNEL_HAS, "kernel-has") \
	X(REASON_NOT_RELEASED, "not-released") \
	X(REASON_RELEASED_TWICE, "released-twice") \
	X(REASON_CALL_HERE, "call-here") \
	X(REASON_CALL_WITHIN, "call-within") \
	X(REASON_MEMORY_FREED, "memory-freed") \
	X(REASON_OVERWRITTEN, "overwritten") \
	X(REASON_FUNCTION_RETURNS, "function-returns") \
	X(REASON_ERROR_RETURNED, "error-returned") \
	X(REASON_FEWER_NULL, "fewer-null") \
	X(REASON_FEWER_UNWRITTEN, "fewer-unwritten") \
	X(REASON_NULL_TESTED, "null-tested") \
	X(REASON_NEGATIVE_BOUND, "negative-bound") \
	X(REASON_NEGATIVE_COUNT, "negative-count") \
	X(REASON_UNDER_LOCK, "under-lock") \
	X(REASON_IN_HANDLER_REGISTERED, "in-handler-registered") \
	X(REASON_IN_HANDLER_STORED, "in-handler-stored") \
	X(REASON_IT_SLEEPS, "it-sleeps") \
	X(REASON_IT_MAY_NOT_LOCK, "it-may-not-lock") \
	X(REASON_HEAD_RELEASED, "head-released") \
	X(REASON_NUMBER_READ_LATER, "number-read-later") \
	X(REASON_FLAG_TELLS, "flag-tells") \
	X(REASON_DIRTY_UNLOCKED, "dirty-unlocked") \
	/* of steps of a path */ \
	X(REASON_STEP_OUT, "step-out") \
	X(REASON_STEP_IN, "step-in") \
	X(REASON_STEP_DROP, "step-drop") \
	X(REASON_STEP_FAILS, "step-fails") \
	X(REASON_STEP_NOTHING, "step-nothing") \
	X(REASON_STEP_PAGE, "step-page") \
	X(REASON_STEP_THE_PAGE, "step-the-page") \
	X(REASON_STEP_PAGES, "step-pages") \
	X(REASON_STEP_FEWER, "step-fewer") \
	X(REASON_STEP_ALL, "step-all") \
	X(REASON_STEP_TEST, "step-test") \
	X(REASON_STEP_TEST_NOT, "step-test-not") \
	X(REASON_STEP_RELEASES, "step-releases") \
	X(REASON_STEP_LOOP_RELEASES, "step-loop-releases") \
	X(REASON_STEP_AGAIN, "step-again") \
	X(REASON_STEP_ALL_RELEASED, "step-all-released") \
	X(REASON_STEP_NEGATIVE, "step-negative") \
	/* of edits */ \
	X(REASON_NOT_ASKED_FOR, "not-asked-for") \
	X(REASON_NAME_NOT_UTF8, "name-not-utf8") \
	X(REASON_NUL_BYTE, "nul-byte") \
	X(REASON_BY_PATCH_SOURCE, "by-patch-source") \
	X(REASON_SOURCE_TOLD_APART, "source-told-apart") \
	X(REASON_GROUP_STAYS, "group-stays") \
	X(REASON_LOOSE_RELEASE, "loose-release") \
	X(REASON_CALL_MOVED, "call-moved") \
	X(REASON_MACRO_MOVED, "macro-moved") \
	X(REASON_CHANGED_BEFORE, "changed-before") \
	X(REASON_OUTSIDE_FUNCTIONS, "outside-functions") \
	X(REASON_NO_MAKE_DIRTY, "no-make-dirty") \
	X(REASON_SINGLE_PAGE, "single-page") \
	X(REASON_CONDITION_KEPT, "condition-kept") \
	X(REASON_LOOP_WALKS_LIST, "loop-walks-list") \
	X(REASON_LOOP_NO_COUNT, "loop-no-count") \
	X(REASON_LOOP_DOES_MORE, "loop-does-more") \
	X(REASON_LOOP_NO_ARRAY, "loop-no-array") \
	X(REASON_DIRTY_BY_PAGE, "dirty-by-page") \
	X(REASON_LOOP_INDEX_READ, "loop-index-read") \
	X(REASON_LOOP_PAGE_READ, "loop-page-read") \
	X(REASON_COUNT_NEGATIVE, "count-negative") \
	X(REASON_LOOP_BEFORE_ELSE, "loop-before-else") \
	X(REASON_DIRTY_MAY_NOT_SLEEP, "dirty-may-not-sleep") \
	X(REASON_ARRAY_COUNT_NEGATIVE, "array-count-negative") \
	X(REASON_LOOP_DIRECTIVE, "loop-directive") \
	X(REASON_LOOP_COMMENT, "loop-comment") \
	X(REASON_COMMENT_OF_VARIABLE, "comment-of-variable") \
	X(REASON_MACRO_SEVERAL, "macro-several") \
	X(REASON_MACRO_OTHER_USE, "macro-other-use") \
	X(REASON_MACRO_ARGUMENTS, "macro-arguments") \
	X(REASON_MACRO_COUNT, "macro-count") \
	X(REASON_MACRO_UNSEEN, "macro-unseen") \
	X(REASON_MACRO_LINKED, "macro-linked") \
	X(REASON_MACRO_CONVERTED, "macro-converted") \
	X(REASON_MACRO_REFUSED, "macro-refused") \
	X(REASON_RULE_LEFT, "rule-left") \
	X(REASON_OTHER_LINE, "other-line") \
	X(REASON_ENDS_EARLY, "ends-early") \
	X(REASON_COMMENT_LOST, "comment-lost") \
	X(REASON_MACRO_OTHERWISE, "macro-otherwise") \
	X(REASON_RULE_MISSED, "rule-missed") \
	X(REASON_FUNCTION_UNPARSED, "function-unparsed") \
	X(REASON_MACRO_UNPARSED, "macro-unparsed") \
	X(REASON_IN_ARGUMENT, "in-argument") \
	X(REASON_FORM_IMPOSSIBLE, "form-impossible") \
	X(REASON_FORM_STAYS, "form-stays") \
	X(REASON_FORM_NOT_FOUND, "form-not-found") \
	X(REASON_FORM_TOO_LONG, "form-too-long") \
	X(REASON_FORM_NAME_TAKEN, "form-name-taken") \
	X(REASON_FORM_AGREED, "form-agreed") \
	X(REASON_FORM_ONE_LINE, "form-one-line") \
	X(REASON_FORM_ADDRESS, "form-address") \
	X(REASON_FORM_TWICE, "form-twice") \
	X(REASON_FORM_UNSEEN_CALL, "form-unseen-call") \
	X(REASON_FORM_BESIDE, "form-beside") \
	X(REASON_LINE_STAYS, "line-stays") \
	X(REASON_COUNT_DIFFERS, "count-differs")

enum reason_code { REASONS(WORDS_NAME) };

WORDS_DECLARE(reason_code);

/**
 * struct reason - why a link, a decision or an edit is what it is
 * @args: of the sentence: a JSON array of strings, numbers and reasons, each of these
 *	an array that begins with its code
 */
struct reason {
	enum reason_code code;
	char *args;
};

/*
 * A new reason; the format has a letter for each argument: s a string, d an int, r a
 * struct reason, which is freed.
 */
struct reason *reason_new(enum reason_code code, const char *format, ...);
/* The first max of a list of struct reason, and how many more there are. */
struct reason *reason_list(const GPtrArray *reasons, guint max);
/* All of a list, as clauses of one sentence. */
struct reason *reason_clauses(const GPtrArray *reasons);
/* The call as an argument: "put_page() at mm/a.c:7". */
struct reason *reason_call(const char *callee, const char *path, int line);
/* Of two columns of a table; a code that is none is taken as a text. */
struct reason *reason_load(const char *code, const char *args);
struct reason *reason_copy(const struct reason *reason);
/* data: struct reason *, or NULL */
void reason_free(void *data);

/* Binds the code at the index and the arguments behind it; NULL: no reason. */
void reason_bind(sqlite3_stmt *stmt, int index, const struct reason *reason);

typedef struct reason reason_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reason_t, reason_free)

#endif
