// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "cfg/dominators.h"
#include "convert/remedy/edit.h"
#include "convert/remedy/leak.h"
#include "ctext/statement.h"

/*
 * Pages that are lost on one path are released on it, in the words that the function has for
 * them elsewhere.
 *
 *	sg = kmalloc_array(n, ...);
 *	if (!sg) {
 *		ret = -ENOMEM;
 *		unpin_user_pages(pages, n);	as the function does where a later call fails
 *		goto out;
 *	}
 *
 * The acquire dominates the branch that leaves, so that there are pages whenever it is taken.
 */

/* -- where the path leaves -- */

static const char *const jumps[] = { "goto", "break", "return", NULL };

/* The jump on the line, within the function; or -1. */
static int jump_on_line(const struct leak *leak, guint line)
{
	for (int i = leak->function->open + 1; i < leak->function->close; i++)
		if (tokens_at(leak->tokens, i)->line == line &&
		    token_is_any(leak->tokens, i, jumps))
			return i;
	return -1;
}

/* The if whose branch ends with the jump, and the first token of that branch; or -1. */
static int guard_of(const struct leak *leak, int jump, int *body)
{
	int block = statement_block(leak->tokens, jump), head = edit_head(leak->tokens, jump);

	*body = jump;
	if (head < 0) {
		if (block < 0 ||
		    tokens_match(leak->tokens, block) != statement_last(leak->tokens, jump) + 1)
			return -1;
		head = edit_head(leak->tokens, block);
		*body = block + 1;
	}
	return head >= 0 && token_is(leak->tokens, head, "if") ? head : -1;
}

/* The jump of the branch that the if on this line has; or -1. */
static int jump_behind(const struct leak *leak, guint line)
{
	for (int i = leak->function->open + 1; i < leak->function->close; i++) {
		int close = token_is(leak->tokens, i, "if") ?
				    tokens_match(leak->tokens, i + 1) : -1;
		int last;

		if (close < 0 || tokens_at(leak->tokens, i)->line > line ||
		    tokens_at(leak->tokens, close)->line < line)
			continue;
		last = token_is(leak->tokens, close + 1, "{") ?
			       tokens_match(leak->tokens, close + 1) : -1;
		for (int k = close + 1; k < (last < 0 ? close + 2 : last); k++)
			if (token_is_any(leak->tokens, k, jumps) &&
			    statement_block(leak->tokens, k) ==
				    (last < 0 ? statement_block(leak->tokens, i) : close + 1))
				return k;
	}
	return -1;
}

static bool exit_find(struct leak *leak, const struct finding *finding)
{
	leak->exit = jump_on_line(leak, finding->line);
	leak->guard = leak->exit < 0 ? -1 : guard_of(leak, leak->exit, &leak->body);
	/* The path is reported further on: the last branch on it that leaves something. */
	for (guint i = finding->steps->len; leak->guard < 0 && i > 0; i--) {
		const struct finding_step *step = finding->steps->pdata[i - 1];

		if (strcmp(step->path, finding->path))
			continue;
		leak->exit = jump_behind(leak, step->line);
		leak->guard = leak->exit < 0 ? -1 : guard_of(leak, leak->exit, &leak->body);
	}
	return leak->guard >= 0;
}

/* A node of the condition, through which the branch is entered; or -1. */
static int test_find(const struct leak *leak)
{
	int close = tokens_match(leak->tokens, leak->guard + 1);
	int from = tokens_at(leak->tokens, leak->guard)->line;
	int to = close < 0 ? from : (int)tokens_at(leak->tokens, close)->line, found = -1;

	for (int i = 0; i < leak->ir->count; i++)
		if (leak->ir->nodes[i].kind == IR_TEST && leak->ir->nodes[i].line >= from &&
		    leak->ir->nodes[i].line <= to)
			found = i;
	return found;
}

/* -- where the pages come from -- */

/* "pages of NAME() at line N ...": that call in the function; or -1. */
static int source_token(const struct leak *leak, const struct finding *finding)
{
	char name[128];
	unsigned int line;

	if (sscanf(finding->message, "pages of %127[^(]() at line %u", name, &line) != 2)
		return -1;
	for (int i = leak->function->open + 1; i < leak->function->close; i++)
		if (tokens_at(leak->tokens, i)->line == line && token_is(leak->tokens, i, name) &&
		    token_is(leak->tokens, i + 1, "("))
			return i;
	return -1;
}

int leak_node(const struct leak *leak, int token)
{
	g_autofree char *name = token_text(leak->tokens, token);
	int line = tokens_at(leak->tokens, token)->line;

	for (int i = 0; i < leak->ir->count; i++) {
		const struct ir_node *node = &leak->ir->nodes[i];

		if (node->kind == IR_CALL && node->line == line && node->callee &&
		    !strcmp(node->callee, name))
			return i;
	}
	return -1;
}

/* The call in its graph. */
static struct fact_place place_of(const struct remedy_context *context, const struct leak *leak)
{
	const struct token *token = tokens_at(leak->tokens, leak->token);
	guint start = g_array_index(leak->tokens->lines, guint, token->line - 1);

	return site_facts_call_at(context->facts, leak->acquire->file_id, token->line,
				  token->start - start + 1);
}

static bool dominates(const struct leak *leak)
{
	struct ir_dominators *tree = ir_dominators_new(leak->ir);
	bool fine = ir_dominates(tree, leak->node, leak->test);

	ir_dominators_free(tree);
	return fine;
}

static bool leak_find(struct remedy *remedy, struct remedy_context *context, struct leak *leak)
{
	const struct finding *finding = remedy->finding;
	const struct remedy_source *source = remedy_source(context, finding->path);
	struct fact_place place;

	leak->acquire = remedy_call(context, finding->site);
	if (!source || !leak->acquire || strcmp(leak->acquire->path, finding->path))
		return remedy_refuse(remedy, "the pages come from another file");
	leak->tokens = source->tokens;
	leak->function = tokens_function_named(source->tokens, finding->function);
	leak->token = leak->function ? source_token(leak, finding) : -1;
	if (leak->token < 0)
		return remedy_refuse(remedy, "the pages are lost between functions: which of them has "
					     "to release is for their authors to say");
	place = place_of(context, leak);
	leak->ir = place.function;
	leak->node = place.node;
	if (!leak->ir ||
	    tokens_directive(leak->tokens, leak->function->open, leak->function->close))
		return remedy_refuse(remedy, "the graph of %s() may not be all of it",
				     finding->function);
	if (!exit_find(leak, finding))
		return remedy_refuse(remedy, "no branch of one if leaves with them");
	leak->test = test_find(leak);
	if (leak->test < 0 || !dominates(leak))
		return remedy_refuse(remedy, "the branch that leaves with them is also taken without");
	return true;
}

/* -- the edit -- */

/* A statement before the jump sets a variable that the release has. */
static bool is_set_before(const struct leak *leak, const char *lines)
{
	g_autoptr(tokens_t) words = tokens_new(lines, strlen(lines));

	for (int i = leak->body; i < leak->exit; i++)
		for (int k = 0; k < tokens_count(words); k++)
			if (tokens_at(words, k)->kind == TOKEN_WORD &&
			    tokens_equal(leak->tokens, i, i, words, k, k) &&
			    !token_is(leak->tokens, i + 1, "("))
				return true;
	return false;
}

void remedy_unreleased(struct remedy *remedy, struct remedy_context *context)
{
	static char *(*const ways[])(struct remedy_context *, const struct leak *) = {
		leak_one_page, leak_as_elsewhere, leak_rest_of_loop, leak_rest_of_round,
	};
	struct leak leak = { 0 };
	g_autofree char *lines = NULL;
	int at;

	if (!leak_find(remedy, context, &leak))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(ways) && !lines; i++)
		lines = ways[i](context, &leak);
	if (!lines) {
		remedy_refuse(remedy, "no release that the function has says what is to be released "
				      "there");
		return;
	}
	remedy->line = tokens_at(leak.tokens, leak.exit)->line;
	remedy->was = tokens_text(leak.tokens, leak.guard + 2,
				  tokens_match(leak.tokens, leak.guard + 1) - 1);
	remedy->became = g_strstrip(g_strdup(lines));
	at = is_set_before(&leak, lines) ? leak.body : leak.exit;
	remedy_done(remedy, "leak", remedy->finding->path,
		    edit_insert_before(leak.tokens, at, lines));
}
