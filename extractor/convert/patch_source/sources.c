// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "convert/tidy/diff.h"
#include "convert/patch_source/patch_source.h"
#include "convert/patch_source/sources.h"

void applied_source_free(gpointer data)
{
	struct applied_source *applied = data;

	g_free(applied->label);
	g_ptr_array_free(applied->paths, TRUE);
	g_strfreev(applied->settles);
	g_strfreev(applied->leaves);
	g_free(applied);
}

static char *source_label(const struct patch_source *source)
{
	g_autofree char *room = g_path_get_dirname(source->folder);
	g_autofree char *name = g_path_get_basename(room);

	return g_strdup_printf("%s/%s", name, source->name);
}

/* Makes the source's changes; *paths gets what it changed, NULL if that is nothing. */
static bool source_make(struct convert *convert, const struct patch_source *source,
			GPtrArray **paths, GError **error)
{
	GError *misfit = NULL;
	enum applied applied = patch_source_apply(source, convert->overlay, &misfit);

	*paths = NULL;
	if (misfit)
		diag_warn("%s", misfit->message);
	g_clear_error(&misfit);
	if (applied != APPLIED_DONE)
		return true;
	*paths = overlay_changed(convert->overlay);
	for (guint i = 0; i < (*paths)->len; i++)
		g_ptr_array_add(convert->core, g_strdup((*paths)->pdata[i]));
	return overlay_commit(convert->overlay, error);
}

static bool core_apply(struct convert *convert, const struct patch_source *source, GError **error)
{
	GPtrArray *paths;
	bool made = source_make(convert, source, &paths, error);

	if (paths)
		g_ptr_array_free(paths, TRUE);
	return made;
}

static bool sites_apply(struct convert *convert, const struct patch_source *source, GError **error)
{
	struct applied_source *applied;
	GPtrArray *paths;
	bool made = source_make(convert, source, &paths, error);

	if (!paths)
		return made;
	applied = g_new0(struct applied_source, 1);
	applied->label = source_label(source);
	applied->paths = paths;
	applied->settles = patch_source_list(source, "settles");
	applied->leaves = patch_source_list(source, "leaves");
	g_ptr_array_add(convert->sources, applied);
	return made;
}

static bool is_chosen(const struct convert *convert, const char *path)
{
	for (guint i = 0; i < convert->plan->sites->len; i++) {
		const struct site *site = convert->plan->sites->pdata[i];

		if (site->chosen && !strcmp(site->path, path))
			return true;
	}
	return false;
}

/* With --only: is one of the chosen sites in a file that the source is about? */
static bool source_is_asked_for(const struct convert *convert, const struct patch_source *source)
{
	g_auto(GStrv) about = patch_source_about(source);

	for (char **path = about; *path; path++)
		if (is_chosen(convert, *path))
			return true;
	return false;
}

/* Those of the room, which are the era's; @sites: those of part=sites, too. */
static bool room_open(struct convert *convert, const char *name, bool sites, GPtrArray *found,
		      GError **error)
{
	g_autofree char *room = room_path(name);
	g_autoptr(GPtrArray) folders = NULL;

	if (!g_file_test(room, G_FILE_TEST_IS_DIR))
		return true;
	folders = patch_source_folders(room);
	for (guint i = 0; i < folders->len; i++) {
		struct patch_source *source = patch_source_open(folders->pdata[i], error);

		if (!source)
			return false;
		if (patch_source_is_for(source, convert->era) &&
		    patch_source_is_part(source, "sites") == sites)
			g_ptr_array_add(found, source);
		else
			patch_source_free(source);
	}
	return true;
}

static bool core_sources(struct convert *convert, GError **error)
{
	g_autoptr(GPtrArray) found =
		g_ptr_array_new_with_free_func((GDestroyNotify)patch_source_free);

	if (!room_open(convert, "kernel-patches/core", false, found, error))
		return false;
	for (guint i = 0; i < found->len; i++)
		if (patch_source_provides(found->pdata[i]) &&
		    !core_apply(convert, found->pdata[i], error))
			return false;
	return true;
}

/* A requested source of sites/ brings those that it depends on. */
static bool sites_sources(struct convert *convert, GError **error)
{
	g_autoptr(GPtrArray) found =
		g_ptr_array_new_with_free_func((GDestroyNotify)patch_source_free);
	bool any = false;

	if (!room_open(convert, "kernel-patches/core", true, found, error) ||
	    !room_open(convert, "kernel-patches/sites", true, found, error))
		return false;
	for (guint i = 0; i < found->len; i++)
		any = any || source_is_asked_for(convert, found->pdata[i]);
	for (guint i = 0; any && i < found->len; i++)
		if ((patch_source_provides(found->pdata[i]) ||
		     source_is_asked_for(convert, found->pdata[i])) &&
		    !sites_apply(convert, found->pdata[i], error))
			return false;
	return true;
}

bool sources_apply(struct convert *convert, GError **error)
{
	g_ptr_array_set_size(convert->sources, 0);
	return core_sources(convert, error) && sites_sources(convert, error);
}

static bool has_path(const GPtrArray *paths, const char *path)
{
	for (guint i = 0; i < paths->len; i++)
		if (!strcmp(paths->pdata[i], path))
			return true;
	return false;
}

/* Is it on a list of "PATH: FUNCTION", where FUNCTION may be a pattern? */
static bool is_listed(char **list, const struct site *site)
{
	g_autofree char *key = g_strdup_printf("%s: %s", site->path, site->function);

	for (char **entry = list; *entry; entry++)
		if (g_pattern_match_simple(*entry, key))
			return true;
	return false;
}

/* Did the source change the line? The line is that of the tree's text. */
static bool line_is_changed(struct convert *convert, const struct site *site)
{
	g_autofree char *path = g_build_filename(convert->tree, site->path, NULL);
	const char *now = overlay_text(convert->overlay, site->path);
	g_autofree char *was = NULL;
	g_autoptr(lines_t) old = NULL, new = NULL;
	g_autoptr(GArray) hunks = NULL;

	if (!now || !g_file_get_contents(path, &was, NULL, NULL))
		return false;
	old = lines_new(was);
	new = lines_new(now);
	hunks = diff_hunks(old, new, false);
	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		if (hunk->old_start < site->line && site->line <= hunk->old_start + hunk->old_count)
			return true;
	}
	return false;
}

static bool is_settled(struct convert *convert, const struct applied_source *applied,
		       const struct site *site)
{
	if (site->acquire && is_listed(applied->settles, site))
		return true;
	return has_path(applied->paths, site->path) && line_is_changed(convert, site);
}

static bool is_left(const struct applied_source *applied, const struct site *site)
{
	return !site->acquire && !site->wanted && is_listed(applied->leaves, site) &&
	       (site->state == STATE_MIXED || site->state == STATE_UNKNOWN);
}

/* The site is left out of rule selection. */
static void site_withdraw(struct convert *convert, struct site *site)
{
	for (guint i = 0; i < convert->plan->files->len; i++) {
		struct work_file *file = convert->plan->files->pdata[i];

		if (g_ptr_array_remove(file->sites, site))
			return;
	}
}

static void site_settle(struct convert *convert, struct site *site, const char *label)
{
	if (site->wanted)
		site_withdraw(convert, site);
	site->wanted = false;
	site->outcome = OUTCOME_CONVERTED;
	site->source = g_intern_string(label);
	site_set_reason(site, reason_new(REASON_BY_PATCH_SOURCE, ""));
}

static void site_leave(struct site *site, const char *label)
{
	site_set_reason(site, reason_new(REASON_SOURCE_TOLD_APART, "s", label));
	site->left = true;
}

/* Where several change a line, it is the last one that converts it: a fix of its own is before. */
void sources_settle(struct convert *convert)
{
	for (guint i = convert->sources->len; i-- > 0;) {
		const struct applied_source *applied = convert->sources->pdata[i];

		for (guint k = 0; k < convert->plan->sites->len; k++) {
			struct site *site = convert->plan->sites->pdata[k];

			if (site->outcome == OUTCOME_CONVERTED || site->state == STATE_CONVERTED)
				continue;
			if (is_settled(convert, applied, site))
				site_settle(convert, site, applied->label);
			else if (is_left(applied, site))
				site_leave(site, applied->label);
		}
	}
}
