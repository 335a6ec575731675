// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/second_form.h"
#include "convert/rewrite/macro_body.h"
#include "convert/select/rule_select.h"
#include "convert/rewrite/site_place.h"

/* The function around the call has the text that it has in the tree. */
static bool is_unchanged(const struct site *site, const struct tokens *tree, int token,
			 const struct tokens *text)
{
	const struct token_function *was = tokens_function(tree, token);
	const struct token_function *is = site->token < 0 ? NULL
							  : tokens_function(text, site->token);

	return was && is && !site->form &&
	       (tree == text ||
		tokens_equal(tree, was->params, was->close, text, is->params, is->close));
}

static void site_locate(struct site *site, const struct tokens *tree, const struct tokens *before)
{
	int offset = tokens_offset(tree, site->line, site->column);
	int token = offset < 0 ? -1 : tokens_index_at(tree, offset), there = token;

	if (token < 0 || !token_is(tree, token, site->callee) || !token_is(tree, token + 1, "(")) {
		site_refuse(site, reason_new(REASON_CALL_MOVED, "sdd", site->callee, site->line,
					     site->column));
		return;
	}
	if (tree != before)
		token = token_follow(tree, before, token, site->callee, site->form);
	if (token < 0 || !tokens_function(before, token))
		site_refuse(site, reason_new(token < 0 ? REASON_CHANGED_BEFORE :
						 REASON_OUTSIDE_FUNCTIONS, ""));
	site->token = token;
	site->offset = token < 0 ? 0 : tokens_at(before, token)->start;
	site->is_indexed = token >= 0 && is_unchanged(site, tree, there, before);
}

/* A macro's body is no token of the text: its call is known by where it starts. */
static void body_locate(struct site *site, const struct work_file *file)
{
	int offset = macro_body_offset(file, site);

	if (offset < 0)
		site_refuse(site, reason_new(REASON_MACRO_MOVED, "sdd", site->callee, site->line,
					     site->column));
	site->token = -1;
	site->offset = MAX(offset, 0);
}

/* As one that keeps its form, when the rules that do more are used up. */
static struct rule_choice choose_limited(const struct site *site, const struct tokens *tokens)
{
	const struct rule *rule = rule_get(RULE_SINGLE);

	if (site->limit == LIMIT_LOOP_STAYS)
		rule = rule_select_kept(tokens, site->token);
	return (struct rule_choice){ rule, REASON_NONE, site->token, site->token, .stays = true };
}

static struct rule_choice choose_for_folio(const struct site *site, const struct tokens *tokens)
{
	bool whole = !strcmp(site->target, rule_get(RULE_FOLIO)->becomes);

	return (struct rule_choice){ rule_get(whole ? RULE_FOLIO : RULE_FOLIO_PAGE), REASON_NONE,
				     site->token, tokens_match(tokens, site->token + 1) };
}

/* Another function's name, or the call with other arguments. */
static struct rule_choice choose_for_acquire(const struct site *site, const struct tokens *tokens)
{
	const struct rule *extract = rule_get(RULE_EXTRACT);

	if (strcmp(site->target, extract->becomes))
		return (struct rule_choice){ rule_get(RULE_ACQUIRE), REASON_NONE, site->token,
					     site->token };
	return (struct rule_choice){ extract, REASON_NONE, site->token,
				     tokens_match(tokens, site->token + 1) };
}

static struct rule_choice choose_for_release(const struct site *site,
					     const struct work_file *file,
					     const struct tokens *tokens,
					     const struct site_facts *facts)
{
	const struct token_function *function = tokens_function(tokens, site->token);
	const struct site_view view = {
		.tokens = tokens, .callee = site->token, .takes = site->takes,
		.function = function, .facts = facts,
		.has_graph = site->is_indexed && function &&
			     !tokens_directive(tokens, function->open, function->close),
		.file_is_indexed = !strcmp(file->tree, file->start),
		.line_shift = (int)site->line - (int)tokens_at(tokens, site->token)->line,
		.call_id = site->id, .file_id = site->file_id,
	};

	return rule_select(&view);
}

static struct rule_choice choose(const struct site *site, const struct work_file *file,
				 const struct tokens *tokens, const struct templates *templates,
				 const struct site_facts *facts)
{
	struct rule_choice choice;

	if (site_is_body(site))
		return (struct rule_choice){ rule_get(site->acquire ? RULE_ACQUIRE : RULE_SINGLE),
					     REASON_NONE, -1, -1, .stays = true };
	if (site->acquire && !g_hash_table_contains(templates->bound, site->callee))
		return (struct rule_choice){ NULL, REASON_NO_SOURCE_FITS, -1, -1 };
	if (site->acquire)
		return choose_for_acquire(site, tokens);
	if (site->takes == DETAIL_FOLIO)
		choice = choose_for_folio(site, tokens);
	else
		choice = choose_for_release(site, file, tokens, facts);
	if (choice.rule && choice.rule->makes_dirty && !templates->make_dirty)
		choice = (struct rule_choice){ rule_get(RULE_SINGLE),
			REASON_NO_MAKE_DIRTY,
			site->token, site->token };
	if (!choice.rule || site->limit == LIMIT_NONE)
		return choice;
	if (site->takes == DETAIL_PAGE)
		return choose_limited(site, tokens);
	choice.rule = NULL;
	choice.stays = true;
	return choice;
}

void site_choose(struct site *site, const struct work_file *file, const struct tokens *tokens,
		 const struct templates *templates, const struct site_facts *facts)
{
	struct rule_choice choice = choose(site, file, tokens, templates, facts);

	if (!choice.stays)
		site_set_reason(site, reason_new(choice.reason, ""));
	if (!choice.rule) {
		site_refuse(site, reason_copy(site->reason));
		return;
	}
	site->rule = choice.rule;
	site->first = choice.first;
	site->last = choice.last;
}

void sites_locate(struct work_file *file, const struct tokens *text)
{
	bool moved = strcmp(file->tree, file->start);
	g_autoptr(tokens_t) tree = tokens_new(file->tree, strlen(file->tree));

	for (guint i = 0; i < file->sites->len; i++) {
		struct site *site = file->sites->pdata[i];

		if (site->outcome == OUTCOME_REFUSED)
			continue;
		if (site_is_body(site))
			body_locate(site, file);
		else
			site_locate(site, moved ? tree : text, text);
	}
}
