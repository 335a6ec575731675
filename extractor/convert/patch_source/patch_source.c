// SPDX-License-Identifier: GPL-2.0-only
#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_order.h"
#include "convert/patch_source/anchor.h"
#include "convert/patch_source/source_condition.h"
#include "base/diag.h"
#include "convert/tidy/diff.h"
#include "convert/patch_source/patch_source.h"
#include "base/scratch.h"
#include "convert/workspace/spatch.h"
#include "convert/tidy/style.h"

/**
 * struct edit - one line of [edits], while it is carried out
 * @key: its number, for messages
 * @value: the line
 */
struct edit {
	const struct patch_source *source;
	struct overlay *overlay;
	const char *key, *value;
};

static int compare_numbers(gconstpointer a, gconstpointer b)
{
	return atoi(*(const char *const *)a) - atoi(*(const char *const *)b);
}

/* Is there a KEY-if that does not hold? */
static bool entry_is_off(const struct patch_source *source, struct overlay *overlay,
			 const char *group, const char *key)
{
	g_autofree char *name = g_strdup_printf("%s-if", key);
	g_autofree char *list = g_key_file_get_value(source->ini, group, name, NULL);

	return strchr(key, '-') || (list && conditions_hold(overlay, list, NULL) == 0);
}

/* The entry of a group of conditions whose truth is not the wanted one; NULL for none. */
static char *group_violation(const struct patch_source *source, struct overlay *overlay,
			     const char *group, bool wanted, GError **error)
{
	g_auto(GStrv) keys = g_key_file_get_keys(source->ini, group, NULL, NULL);

	for (char **key = keys; key && *key; key++) {
		g_autofree char *value = g_key_file_get_value(source->ini, group, *key, NULL);
		int holds;

		if (entry_is_off(source, overlay, group, *key))
			continue;
		holds = conditions_hold(overlay, value, error);
		if (holds < 0 || holds != wanted)
			return g_steal_pointer(&value);
	}
	return NULL;
}

/* Is the edit to be made? -1 on nonsense. */
static int edit_wanted(const struct edit *edit, GError **error)
{
	g_autofree char *if_key = g_strdup_printf("%s-if", edit->key);
	g_autofree char *unless_key = g_strdup_printf("%s-unless", edit->key);
	g_autofree char *if_list = g_key_file_get_value(edit->source->ini, "edits", if_key, NULL);
	g_autofree char *unless_list = g_key_file_get_value(edit->source->ini, "edits",
							     unless_key, NULL);
	int wanted = if_list ? conditions_hold(edit->overlay, if_list, error) : 1;

	if (wanted <= 0 || !unless_list)
		return wanted;
	wanted = conditions_hold(edit->overlay, unless_list, error);
	return wanted < 0 ? wanted : !wanted;
}

static bool path_is_below(const char *path)
{
	return !g_path_is_absolute(path) && !strstr(path, "..");
}

static char *source_text(const struct edit *edit, const char *folder, const char *name,
			 GError **error)
{
	g_autofree char *path = g_build_filename(edit->source->folder, folder, name, NULL);
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail(error, EXIT_INPUT, "no file %s/%s", folder, name);
	return text;
}

/* By the "-first" or "-last" behind a verb. */
static enum anchor_pick verb_pick(const char *word)
{
	const char *dash = strchr(word, '-');

	return !dash ? ANCHOR_ONLY : !strcmp(dash, "-first") ? ANCHOR_FIRST : ANCHOR_LAST;
}

enum verb { VERB_AFTER, VERB_BEFORE, VERB_REPLACE, VERB_DELETE, VERBS };

/* "after" and "after-first"; VERBS for no verb */
static enum verb verb_of(const char *word)
{
	static const char *const words[] = { "after", "before", "replace", "delete" };
	size_t length = strcspn(word, "-");
	enum verb verb = VERB_AFTER;

	while (verb < VERBS &&
	       (strlen(words[verb]) != length || strncmp(words[verb], word, length)))
		verb++;
	return verb;
}

static void text_splice(struct edit *edit, const char *path, enum verb verb,
			const char *fragment, guint first, guint last)
{
	const char *text = overlay_text(edit->overlay, path);
	g_autoptr(lines_t) lines = lines_new(text);
	GString *out = g_string_new(NULL);
	guint head = verb == VERB_AFTER ? last + 1 : first;
	guint tail = verb == VERB_AFTER || verb == VERB_BEFORE ? head : last + 1;

	lines_append(out, lines, 0, head);
	g_string_append(out, fragment);
	lines_append(out, lines, tail, lines->count - tail);
	overlay_change(edit->overlay, path, g_string_free(out, FALSE));
}

/* "VERB [FRAG] PATH: RANGE" */
static bool edit_lines(struct edit *edit, const char *word, const char *rest, GError **error)
{
	enum anchor_pick pick = verb_pick(word);
	enum verb verb = verb_of(word);
	const char *colon = strstr(rest, ": "), *path, *text;
	g_autofree char *head = NULL, *fragment = NULL;
	g_auto(GStrv) words = NULL;
	guint first, last;

	if (!colon) {
		fail(error, EXIT_INPUT, "no \": \" in it");
		return false;
	}
	head = g_strndup(rest, colon - rest);
	words = g_strsplit(g_strstrip(head), " ", -1);
	path = words[g_strv_length(words) - 1];
	text = overlay_text(edit->overlay, path + (*path == '?'));
	if (!text && *path == '?')
		return true;
	path += *path == '?';
	if (!text) {
		fail(error, EXIT_INPUT, "%s: no such file", path);
		return false;
	}
	fragment = verb == VERB_DELETE ? g_strdup("") : source_text(edit, "frag", words[0], error);
	if (!fragment)
		return false;
	if (!anchor_range(text, colon + 2, pick, &first, &last, error)) {
		g_prefix_error(error, "%s: ", path);
		return false;
	}
	text_splice(edit, path, verb, fragment, first, last);
	return true;
}

/* The files of a list; *named gets whether one was named without condition. */
static GPtrArray *list_paths(struct edit *edit, const char *list, bool *named, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(list, ";", -1);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

	*named = false;
	for (char **part = parts; *part; part++) {
		const char *word = g_strstrip(*part);

		if (*word == '=') {
			GPtrArray *found = overlay_search(edit->overlay, word + 1, error);

			if (!found)
				return NULL;
			g_ptr_array_extend_and_steal(paths, found);
			continue;
		}
		*named = *named || *word != '?';
		if (overlay_text(edit->overlay, word + (*word == '?'))) {
			g_ptr_array_add(paths, g_strdup(word + (*word == '?')));
		} else if (*word != '?') {
			fail(error, EXIT_INPUT, "%s: no such file", word);
			return NULL;
		}
	}
	return g_steal_pointer(&paths);
}

/* Copies of the files below folder, as absolute paths. */
static GPtrArray *copies_make(struct edit *edit, const GPtrArray *paths, const char *folder,
			      GError **error)
{
	g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < paths->len; i++) {
		char *copy = g_build_filename(folder, "tree", paths->pdata[i], NULL);

		g_ptr_array_add(copies, copy);
		if (!path_write(copy, overlay_text(edit->overlay, paths->pdata[i]), error))
			return NULL;
	}
	g_ptr_array_add(copies, NULL);
	return g_steal_pointer(&copies);
}

/* As what the rules write: a longer name moves the parenthesis that arguments are aligned to. */
static char *text_in_style(const char *old, const char *new)
{
	static const char *const names[] = { "put_user_page", "put_user_pages",
					     "iov_iter_extract_pages", NULL };
	g_autofree char *repaired = style_repair(old, new);

	return style_calls(old, repaired, names);
}

static bool copies_take(struct edit *edit, const GPtrArray *paths, const GPtrArray *copies,
			guint *changed, GError **error)
{
	for (guint i = 0; i < paths->len; i++) {
		const char *old = overlay_text(edit->overlay, paths->pdata[i]);
		g_autofree char *text = NULL;

		if (!g_file_get_contents(copies->pdata[i], &text, NULL, error))
			return false;
		if (!strcmp(old, text))
			continue;
		overlay_change(edit->overlay, paths->pdata[i], text_in_style(old, text));
		(*changed)++;
	}
	return true;
}

static bool spatch_copies(struct edit *edit, const char *name, const GPtrArray *paths,
			  const char *folder, guint *changed, GError **error)
{
	g_autofree char *rules = g_build_filename(edit->source->folder, name, NULL);
	g_autoptr(GPtrArray) copies = copies_make(edit, paths, folder, error);
	struct spatch spatch = { .rules = rules, .scratch = folder, .timeout = SPATCH_TIMEOUT };

	if (!copies)
		return false;
	spatch.files = (const char *const *)copies->pdata;
	return spatch_run(&spatch, NULL, error) &&
	       copies_take(edit, paths, copies, changed, error);
}

/* "NAME.cocci: LIST" */
static bool edit_spatch(struct edit *edit, const char *name, const char *list, GError **error)
{
	bool named, done;
	guint changed = 0;
	g_autoptr(GPtrArray) paths = list_paths(edit, list, &named, error);
	g_autofree char *folder = NULL;

	if (!paths)
		return false;
	if (!paths->len)
		return true;
	folder = scratch_make(error);
	if (!folder)
		return false;
	done = spatch_copies(edit, name, paths, folder, &changed, error);
	remove_tree(folder);
	if (done && named && !changed) {
		fail(error, EXIT_INPUT, "%s matched nothing", name);
		return false;
	}
	return done;
}

static bool edit_make(struct edit *edit, GError **error)
{
	const char *end = edit->value + strcspn(edit->value, " :");
	g_autofree char *word = g_strndup(edit->value, end - edit->value);
	int wanted = edit_wanted(edit, error);

	if (wanted <= 0)
		return !wanted;
	if (g_str_has_suffix(word, ".cocci") && g_str_has_prefix(end, ": "))
		return edit_spatch(edit, word, end + 2, error);
	if (verb_of(word) < VERBS && *end == ' ')
		return edit_lines(edit, word, end + 1, error);
	fail(error, EXIT_INPUT, "no such edit: %s", edit->value);
	return false;
}

static bool edits_make(const struct patch_source *source, struct overlay *overlay, GError **error)
{
	g_auto(GStrv) keys = g_key_file_get_keys(source->ini, "edits", NULL, NULL);
	g_autoptr(GPtrArray) numbers = g_ptr_array_new();

	for (char **key = keys; key && *key; key++)
		if (!strchr(*key, '-'))
			g_ptr_array_add(numbers, *key);
	g_ptr_array_sort(numbers, compare_numbers);
	for (guint i = 0; i < numbers->len; i++) {
		const char *key = numbers->pdata[i];
		g_autofree char *value = g_key_file_get_value(source->ini, "edits", key, NULL);
		struct edit edit = { source, overlay, key, value };

		if (!edit_make(&edit, error)) {
			g_prefix_error(error, "%s: edit %s: ", source->name, key);
			return false;
		}
	}
	return true;
}

/* The files below folder (append or new), relative to it, in byte order. */
static GPtrArray *folder_files(const char *folder)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	char *const roots[] = { (char *)folder, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)))
		if (entry->fts_info == FTS_F)
			g_ptr_array_add(paths, g_strdup(entry->fts_path + strlen(folder) + 1));
	if (fts)
		fts_close(fts);
	g_ptr_array_sort(paths, text_order);
	return paths;
}

static bool files_add(const struct patch_source *source, struct overlay *overlay,
		      const char *name, GError **error)
{
	g_autofree char *folder = g_build_filename(source->folder, name, NULL);
	g_autoptr(GPtrArray) paths = folder_files(folder);
	bool append = !strcmp(name, "append");

	for (guint i = 0; i < paths->len; i++) {
		const char *path = paths->pdata[i], *there = overlay_text(overlay, path);
		g_autofree char *full = g_build_filename(folder, path, NULL);
		g_autofree char *text = NULL;

		if (append != !!there || !path_is_below(path)) {
			fail(error, EXIT_INPUT, "%s: %s/%s: the tree %s", source->name, name, path,
			     there ? "has that file already" : "has no such file");
			return false;
		}
		if (!g_file_get_contents(full, &text, NULL, error))
			return false;
		overlay_change(overlay, path, g_strconcat(there ? there : "", text, NULL));
	}
	return true;
}

/* The numbers that the source relies on, as the headers of the tree have them. */
static bool values_check(const struct patch_source *source, struct overlay *overlay,
			 GError **error)
{
	g_auto(GStrv) keys = g_key_file_get_keys(source->ini, "value", NULL, NULL);

	for (char **key = keys; key && *key; key++) {
		g_autofree char *value = g_key_file_get_value(source->ini, "value", *key, NULL);
		g_autoptr(GString) known = g_string_new(NULL);
		int holds = entry_is_off(source, overlay, "value", *key) ? 1 :
			    condition_value(overlay, value, known, error);

		if (holds < 0)
			g_prefix_error(error, "%s: the tree does not fit: ", source->name);
		else if (!holds)
			fail(error, EXIT_INPUT, "%s: the tree does not fit: %s: not so%s%s",
			     source->name, value, known->len ? "; " : "", known->str);
		if (holds <= 0)
			return false;
	}
	return true;
}

/* One rule of several that matched nothing is no failure of the edit. */
static bool result_check(const struct patch_source *source, struct overlay *overlay,
			 GError **error)
{
	GError *failure = NULL;
	g_autofree char *missing = group_violation(source, overlay, "result", true, &failure);

	if (missing && !failure)
		fail(&failure, EXIT_INPUT, "%s: only a part of it matched: there is no %s",
		     source->name, missing);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

enum applied patch_source_apply(const struct patch_source *source, struct overlay *overlay,
				GError **error)
{
	GError *failure = NULL;
	g_autofree char *there = group_violation(source, overlay, "absent", false, &failure);
	g_autofree char *lacking = NULL, *missing = NULL;

	if (there && !failure)
		return APPLIED_NOT_NEEDED;
	if (!failure)
		lacking = group_violation(source, overlay, "construct", true, &failure);
	if (lacking && !failure)
		return APPLIED_NO_CONSTRUCT;
	if (!failure)
		missing = group_violation(source, overlay, "present", true, &failure);
	if (missing && !failure)
		fail(&failure, EXIT_INPUT, "%s: the tree does not fit: nothing matches %s",
		     source->name, missing);
	if (!failure && values_check(source, overlay, &failure) &&
	    edits_make(source, overlay, &failure) &&
	    files_add(source, overlay, "append", &failure) &&
	    files_add(source, overlay, "new", &failure) &&
	    result_check(source, overlay, &failure))
		return APPLIED_DONE;
	overlay_discard(overlay);
	g_propagate_error(error, failure);
	return APPLIED_FAILED;
}
