/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SITE_H
#define GUPCONV_CONVERT_SELECT_SITE_H

#include <glib.h>
#include <stdbool.h>

#include "model/call_status.h"
#include "model/detail.h"
#include "model/outcome.h"
#include "model/reason.h"
#include "model/role.h"
#include "convert/select/rules.h"
#include "model/state.h"

/**
 * struct helper_call - a call of the helper that a release stands in
 * @user: it hands on pages of an acquire, the others do not
 */
struct helper_call {
	guint line;
	bool user;
};

/**
 * struct site - an acquire or release that has a decision
 * @id: call.id
 * @file_id: file.id
 * @group: decision.group_id
 * @flags: of an acquire: the number of its flags argument, from 0; -1: none
 * @adds: of an acquire: flags that it gets beside, "" for none
 * @guard: the conditions of #if around it
 * @truth: of an acquire: a truth value or number is passed as flags
 * @takes: of a release: DETAIL_PAGE, _ARRAY, _FOLIO, or what table api has
 * @chosen: --only does not leave it out
 * @wanted: it is to be converted
 * @outcome: what became of it
 * @rule: the rule that changes it, or NULL
 * @source: label of the patch source that changed it, or NULL
 * @token: where it is in the work file's text, or -1
 * @first, @last: the tokens that the rule replaces
 * @offset: the same in bytes
 * @is_indexed: the text of its function is what was indexed
 * @body: of the macro that the call comes out of, when that is to change
 * @calls: of struct helper_call, when the helper needs a second form; else NULL
 * @form: the name of that, while there is one
 * @left: a patch source left it as it is, for a reason
 * @limit: the rules that may be tried
 */
struct site {
	gint64 id, group, file_id;
	char *path, *function, *callee, *target, *subsystem, *macro, *adds, *guard;
	int flags;
	enum detail takes;
	enum state state;
	enum call_status status;
	guint line, column;
	bool acquire, chosen, wanted, truth;
	enum outcome outcome;
	const struct rule *rule;
	const char *source;
	struct reason *reason;
	int token, first, last;
	enum rule_limit limit;
	bool left, is_indexed;
	guint offset;
	struct site *body;
	GArray *calls;
	char *form;
};

/**
 * struct work_file - a file with sites to convert
 * @file_id: file.id
 * @tree: the tree's text
 * @before: the same after the core patches
 * @start: that with second forms of helpers, which the rules start from
 * @after: the converted text, or NULL
 */
struct work_file {
	gint64 file_id;
	char *path, *tree, *before, *start, *after;
	GPtrArray *sites;
};

void site_free(void *site);
void work_file_free(void *file);
/* Is the site one that the target names a change for? */
bool site_wants(const struct site *site);
/* The call is in the body of a macro: no token of a function. */
static inline bool site_is_body(const struct site *site)
{
	return *site->macro && !*site->function;
}
/* The name of its rule or patch source; "" when none changes it. */
const char *site_rule_name(const struct site *site);
/* Both take the reason. */
void site_refuse(struct site *site, struct reason *reason);
void site_set_reason(struct site *site, struct reason *reason);

#endif
