// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "base/scratch.h"
#include "convert/rewrite/second_form.h"
#include "convert/rewrite/gup_flags_edit.h"
#include "convert/rewrite/macro_body.h"
#include "convert/rewrite/marked_text.h"
#include "convert/workspace/overlay.h"
#include "convert/rewrite/verify_edit.h"
#include "convert/tidy/comment_update.h"
#include "convert/rewrite/rewrite.h"
#include "convert/rewrite/site_place.h"
#include "convert/workspace/spatch.h"
#include "convert/tidy/style.h"
#include "convert/tidy/unused_locals.h"
#include "ctext/statement.h"

/**
 * struct rewrite - one file's conversion
 * @old: file->start, cut up
 * @active: sites that this attempt changes, in the order of the text
 * @edits: of struct text_edit: what it changes besides
 */
struct rewrite {
	struct work_file *file;
	const struct templates *templates;
	const struct site_facts *facts;
	const char *scratch;
	struct tokens *old;
	GPtrArray *active;
	GArray *edits;
};

static int compare_offsets(gconstpointer a, gconstpointer b)
{
	const struct site *x = *(const struct site *const *)a, *y = *(const struct site *const *)b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* The flags of acquires that become pins; those that are not understood are refused. */
static void flags_collect(struct rewrite *rewrite)
{
	g_clear_pointer(&rewrite->edits, g_array_unref);
	rewrite->edits = text_edits_new();
	for (guint i = 0; i < rewrite->active->len; i++) {
		struct site *site = rewrite->active->pdata[i];
		struct reason *wrong = site->acquire && !site_is_body(site) ?
			gup_flags_edit(site, rewrite->old, rewrite->facts, rewrite->edits) : NULL;

		if (!wrong)
			continue;
		site_refuse(site, wrong);
		g_ptr_array_remove_index(rewrite->active, i--);
	}
}

static void active_collect(struct rewrite *rewrite)
{
	g_ptr_array_set_size(rewrite->active, 0);
	for (guint i = 0; i < rewrite->file->sites->len; i++) {
		struct site *site = rewrite->file->sites->pdata[i];

		if (site->outcome == OUTCOME_REFUSED)
			continue;
		site_choose(site, rewrite->file, rewrite->old, rewrite->templates, rewrite->facts);
		if (site->outcome != OUTCOME_REFUSED)
			g_ptr_array_add(rewrite->active, site);
	}
	g_ptr_array_sort(rewrite->active, compare_offsets);
	flags_collect(rewrite);
}

static char *text_normalised(const struct rewrite *rewrite, bool marked)
{
	return marked_text(rewrite->old, rewrite->active, rewrite->edits, marked);
}

static char *rules_text(const struct rewrite *rewrite)
{
	guint count = rewrite->active->len;
	g_autofree struct binding *bindings = g_new0(struct binding, count);
	g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < count; i++) {
		const struct site *site = rewrite->active->pdata[i];
		char *mark = site_mark(site);

		g_ptr_array_add(marks, mark);
		bindings[i] = (struct binding){ site->rule->name, site->callee, mark };
	}
	return templates_bind(rewrite->templates, bindings, count);
}

/* spatch failed: one plain rule for all, or none. */
static void demote_all(const struct rewrite *rewrite, const char *reason)
{
	bool demoted = false;

	for (guint i = 0; i < rewrite->active->len; i++) {
		struct site *site = rewrite->active->pdata[i];

		if (site->takes != DETAIL_PAGE || site->rule == rule_get(RULE_SINGLE))
			continue;
		site->limit = LIMIT_SINGLE;
		site_set_reason(site, reason_new(REASON_TEXT, "s", reason));
		demoted = true;
	}
	for (guint i = 0; !demoted && i < rewrite->active->len; i++)
		site_refuse(rewrite->active->pdata[i], reason_new(REASON_TEXT, "s", reason));
}

/* The marked text after spatch; *bad gets the lines that it cannot parse. NULL without an
 * error: it failed, and the sites got a plainer rule or none. */
static char *spatch_text(const struct rewrite *rewrite, const char *marked, char **bad,
			 GError **error)
{
	g_autofree char *name = g_path_get_basename(rewrite->file->path);
	g_autofree char *copy = g_build_filename(rewrite->scratch, name, NULL);
	g_autofree char *sheet = g_build_filename(rewrite->scratch, "rules.cocci", NULL);
	g_autofree char *bound = rules_text(rewrite);
	const char *files[] = { copy, NULL };
	struct spatch spatch = { .rules = sheet, .files = files, .scratch = rewrite->scratch,
				 .timeout = SPATCH_TIMEOUT };
	GError *failure = NULL;
	char *text = NULL;

	if (!path_write(copy, marked, error) || !path_write(sheet, bound, error))
		return NULL;
	if (!spatch_run(&spatch, NULL, &failure)) {
		demote_all(rewrite, failure->message);
		g_error_free(failure);
		return NULL;
	}
	if (!g_file_get_contents(copy, &text, NULL, error))
		return NULL;
	if (strstr(text, "gupconv_"))
		*bad = spatch_bad_lines(&spatch, copy);
	return text;
}

static bool text_replace(GString *text, const char *from, const char *to)
{
	return g_string_replace(text, from, to, 0) > 0;
}

/* The first of spatch's bad lines with the mark in it: the function was left out. */
static char *bad_line(const char *bad, const char *mark)
{
	g_auto(GStrv) lines = g_strsplit(bad ? bad : "", "\n", -1);

	for (char **line = lines; *line; line++)
		if (strstr(*line, mark))
			return g_strdup(lines[0]);
	return NULL;
}

/* A rule that changed nothing: try the plain one, then give up. */
static void site_unmatched(const struct rewrite *rewrite, struct site *site, const char *bad)
{
	g_autofree char *mark = site_mark(site), *line = bad_line(bad, mark), *name = NULL;
	struct reason *missed = reason_new(REASON_RULE_MISSED, "s", site->rule->name);
	int macro = statement_call(rewrite->old, site->token);

	if (site->rule->on_miss != LIMIT_REFUSE) {
		site->limit = site->rule->on_miss;
		if (site->rule->miss)
			site_set_reason(site, reason_new(site->rule->miss, ""));
		else
			site_set_reason(site, g_steal_pointer(&missed));
	} else if (line) {
		site_refuse(site, reason_new(site_is_body(site) ? REASON_MACRO_UNPARSED :
					     REASON_FUNCTION_UNPARSED, "s", g_strstrip(line)));
	} else if (macro >= 0) {
		name = token_text(rewrite->old, macro);
		site_refuse(site,
			    reason_new(REASON_IN_ARGUMENT, "sr", name, g_steal_pointer(&missed)));
	} else {
		site_refuse(site, g_steal_pointer(&missed));
	}
	reason_free(missed);
}

/* Takes the marks out again; false when one was left, and its site needs another attempt. */
static bool text_unmark(const struct rewrite *rewrite, GString *text, const char *bad)
{
	bool all = true;

	for (guint i = 0; i < rewrite->active->len; i++) {
		struct site *site = rewrite->active->pdata[i];
		g_autofree char *mark = site_mark(site);

		if (macro_body_is_alias(rewrite->file, site))
			text_replace(text, mark, site_becomes(site, rewrite->templates));
		else if (text_replace(text, mark, site->callee)) {
			site_unmatched(rewrite, site, bad);
			all = false;
		}
	}
	return all;
}

/* The names that the sites become, NULL at the end. */
static GPtrArray *new_names(const struct rewrite *rewrite)
{
	GPtrArray *names = g_ptr_array_new();

	for (guint i = 0; i < rewrite->active->len; i++)
		g_ptr_array_add(names, (char *)site_becomes(rewrite->active->pdata[i],
							    rewrite->templates));
	g_ptr_array_add(names, NULL);
	return names;
}

static char *text_tidy(const struct rewrite *rewrite, const char *text)
{
	const char *old = rewrite->file->start;
	g_autoptr(GPtrArray) names = new_names(rewrite);
	g_autofree char *normalised = text_normalised(rewrite, false);
	g_autofree char *repaired = style_repair(normalised, text);
	g_autofree char *kept = verify_edit_reject_strays(rewrite->file, repaired, rewrite->active,
							  rewrite->edits);
	g_autofree char *laid = style_calls(old, kept, (const char *const *)names->pdata);

	return macro_backslashes(old, laid);
}

/* The name that a comment in the site's function gets: one name, or that of the family. */
static const char *comment_name(const struct rewrite *rewrite, const struct site *site)
{
	const char *name = site_becomes(site, rewrite->templates);
	int function = tokens_function_index(rewrite->old, site->token);

	for (guint i = 0; i < rewrite->active->len; i++) {
		const struct site *other = rewrite->active->pdata[i];

		if (!strcmp(other->callee, site->callee) &&
		    tokens_function_index(rewrite->old, other->token) == function &&
		    strcmp(site_becomes(other, rewrite->templates), name))
			return rewrite->templates->pin ? "unpin_user_page*" : "put_user_page*";
	}
	return name;
}

/* Comments and messages that name a call which is another one now. */
static char *text_comments(const struct rewrite *rewrite, const char *text)
{
	g_autoptr(GArray) renamings = g_array_new(FALSE, FALSE, sizeof(struct renaming));

	for (guint i = 0; i < rewrite->active->len; i++) {
		const struct site *site = rewrite->active->pdata[i];
		struct renaming renaming = { tokens_function_index(rewrite->old, site->token),
					     site->callee, comment_name(rewrite, site),
					     site->acquire };

		if (renaming.function >= 0)
			g_array_append_val(renamings, renaming);
	}
	return comment_update_names(text, (struct renaming *)(void *)renamings->data,
				    renamings->len);
}

/* Removes variables and braces around one line that the loops needed. */
static char *text_finish(const struct rewrite *rewrite, const char *tidy)
{
	const char *old = rewrite->file->start;
	g_autoptr(GPtrArray) names = new_names(rewrite);
	g_autofree char *settled = comment_update_settle(tidy, (const char *const *)names->pdata);
	g_autofree char *said = text_comments(rewrite, settled);
	g_autofree char *clean = unused_locals_remove(old, said);

	return style_braces(old, clean, (const char *const *)names->pdata);
}

/* The sites of the function where the texts part get a plainer rule, or none. */
static void sites_demote(const struct rewrite *rewrite, int at, const struct reason *wrong)
{
	const struct token_function *where = tokens_function(rewrite->old, at);
	bool demoted = false;

	for (int pass = 0; pass < 2 && !demoted; pass++) {
		for (guint i = 0; i < rewrite->active->len; i++) {
			struct site *site = rewrite->active->pdata[i];

			if (where && tokens_function(rewrite->old, site->token) != where)
				continue;
			if (!pass && !site_is_collapsed(site))
				continue;
			demoted = true;
			if (pass) {
				site_refuse(site, reason_copy(wrong));
			} else {
				site->limit = LIMIT_LOOP_STAYS;
				site_set_reason(site, reason_copy(wrong));
			}
		}
		/* None in that function: every site of the file is in doubt. */
		if (pass && !demoted && where) {
			where = NULL;
			pass = 0;
		}
	}
}

/* Each macro's body has become what its rule makes; NULL, or what is wrong. */
static struct reason *verify_bodies(const struct rewrite *rewrite, const char *text)
{
	for (guint i = 0; i < rewrite->active->len; i++) {
		const struct site *site = rewrite->active->pdata[i];
		const char *name = site_becomes(site, rewrite->templates);

		if (site_is_body(site) && !macro_body_is(rewrite->file, site, text, name))
			return reason_new(REASON_MACRO_OTHERWISE, "s", site->macro);
	}
	return NULL;
}

/* One try; true when there is nothing more to try. */
static bool rewrite_attempt(struct rewrite *rewrite, GError **error)
{
	g_autofree char *marked = text_normalised(rewrite, true), *bad = NULL, *made = NULL;
	g_autofree char *tidy = NULL;
	g_autoptr(reason_t) wrong = NULL;
	g_autoptr(GString) text = NULL;
	g_autoptr(tokens_t) new = NULL;
	int at;

	made = spatch_text(rewrite, marked, &bad, error);
	if (!made)
		return error && *error;
	text = g_string_new(made);
	if (!text_unmark(rewrite, text, bad))
		return false;
	tidy = text_tidy(rewrite, text->str);
	new = tokens_new(tidy, strlen(tidy));
	wrong = verify_edit(rewrite->old, new, rewrite->active, rewrite->edits, rewrite->templates,
			    &at);
	if (!wrong)
		wrong = verify_bodies(rewrite, tidy);
	if (wrong) {
		sites_demote(rewrite, at, wrong);
		return false;
	}
	rewrite->file->after = text_finish(rewrite, tidy);
	return true;
}

static void site_converted(struct site *site)
{
	site->outcome = OUTCOME_CONVERTED;
	if (!site->form)
		return;
	site_set_reason(site, reason_new(REASON_FORM_BESIDE, "ss", site->form, site->function));
}

static bool rewrite_run(struct rewrite *rewrite, GError **error)
{
	/* Every attempt but the last takes a rule from at least one site. */
	for (guint left = 3 * rewrite->file->sites->len + 1; left; left--) {
		GError *failure = NULL;

		active_collect(rewrite);
		if (!rewrite->active->len)
			return true;
		if (!rewrite_attempt(rewrite, &failure))
			continue;
		if (!failure)
			break;
		g_propagate_error(error, failure);
		return false;
	}
	for (guint i = 0; rewrite->file->after && i < rewrite->active->len; i++)
		site_converted(rewrite->active->pdata[i]);
	return true;
}

/* A second form was made for a site that was then refused. */
static bool form_is_idle(const struct work_file *file)
{
	for (guint i = 0; i < file->sites->len; i++) {
		const struct site *site = file->sites->pdata[i];

		if (site->form && site->outcome == OUTCOME_REFUSED)
			return true;
	}
	return false;
}

static void sites_reopen(const struct work_file *file)
{
	for (guint i = 0; i < file->sites->len; i++) {
		struct site *site = file->sites->pdata[i];

		if (site->outcome == OUTCOME_CONVERTED)
			site->outcome = OUTCOME_OPEN;
	}
}

/* From the text with second forms; again, without those that have no caller. */
static bool rewrite_start(struct rewrite *rewrite, GError **error)
{
	struct work_file *file = rewrite->file;
	bool done;

	do {
		sites_reopen(file);
		g_clear_pointer(&file->after, g_free);
		g_free(file->start);
		file->start = second_forms_make(file);
		if (!file->start)
			file->start = g_strdup(file->before);
		g_clear_pointer(&rewrite->old, tokens_free);
		rewrite->old = tokens_new(file->start, strlen(file->start));
		sites_locate(file, rewrite->old);
		done = rewrite_run(rewrite, error);
	} while (done && form_is_idle(file));
	return done;
}

bool rewrite_file(struct work_file *file, const struct templates *templates,
		  const struct site_facts *facts, const char *scratch, GError **error)
{
	struct rewrite rewrite = { .file = file, .templates = templates, .facts = facts };
	g_autofree char *template = g_build_filename(scratch, "file-XXXXXX", NULL);
	bool done;

	if (!g_mkdtemp(template)) {
		fail(error, EXIT_TOOL, "%s: cannot make a folder in it", scratch);
		return false;
	}
	rewrite.scratch = template;
	rewrite.active = g_ptr_array_new();
	done = rewrite_start(&rewrite, error);
	tokens_free(rewrite.old);
	g_ptr_array_free(rewrite.active, TRUE);
	g_clear_pointer(&rewrite.edits, g_array_unref);
	remove_tree(template);
	return done;
}
