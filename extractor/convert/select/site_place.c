// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/second_form.h"
#include "convert/rewrite/macros.h"
#include "convert/select/rule_select.h"
#include "convert/select/site_place.h"

static void site_locate(struct site *site, const struct tokens *tree, const struct tokens *before)
{
	int offset = tokens_offset(tree, site->line, site->column);
	int token = offset < 0 ? -1 : tokens_index_at(tree, offset);

	if (token < 0 || !token_is(tree, token, site->callee) || !token_is(tree, token + 1, "(")) {
		site_refuse(site, "no %s() call at line %u, column %u: index again",
			    site->callee, site->line, site->column);
		return;
	}
	if (tree != before)
		token = token_follow(tree, before, token, site->callee, site->form);
	if (token < 0 || !tokens_function(before, token))
		site_refuse(site, token < 0 ? "an earlier patch of the series changed this call"
					    : "the call is outside of any function");
	site->token = token;
	site->offset = token < 0 ? 0 : tokens_at(before, token)->start;
}

/* A macro's body is no token of the text: its call is known by where it starts. */
static void body_locate(struct site *site, const struct work_file *file)
{
	int offset = macro_body_offset(file, site);

	if (offset < 0)
		site_refuse(site, "no %s() in a macro's definition at line %u, column %u: index again",
			    site->callee, site->line, site->column);
	site->token = -1;
	site->offset = MAX(offset, 0);
}

static void body_shape(struct site *site)
{
	site->rule = site->acquire ? "acquire" : "single";
	site->first = site->last = -1;
}

void site_shape(struct site *site, const struct tokens *tokens, const struct rules *rules)
{
	struct shape shape = { "acquire", "", site->token, site->token };

	if (site_is_body(site)) {
		body_shape(site);
		return;
	}
	if (!strcmp(site->callee, "folio_put"))
		shape = (struct shape){ strcmp(site->target, "unpin_user_folio") ? "folio-page" : "folio",
					"", site->token, tokens_match(tokens, site->token + 1) };
	else if (!site->acquire)
		shape = shape_of(tokens, site->token);
	if (!shape.rule) {
		site_refuse(site, "%s", shape.reason);
		return;
	}
	if (g_str_has_prefix(shape.rule, "dirty-") && !rules->make_dirty)
		shape = (struct shape){ "single", "put_user_pages_dirty_lock() takes no make_dirty here",
					site->token, site->token };
	if (site->plain && !site->acquire) {
		if (strcmp(site->callee, "put_page")) {
			site_refuse(site, "%s", site->reason);
			return;
		}
		shape = (struct shape){ site->plain > 1 ? "single" : shape_stays(tokens, site->token),
					"", site->token, site->token };
	} else {
		site_set_reason(site, shape.reason);
	}
	site->rule = shape.rule;
	site->first = shape.first;
	site->last = shape.last;
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
