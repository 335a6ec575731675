// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/compat_header.h"
#include "convert/convert.h"
#include "base/diag.h"
#include "convert/tidy/diff.h"
#include "convert/patch_source/patch_source.h"
#include "convert/rewrite/verify_edit.h"
#include "convert/patch_source/sources.h"

static char *text_hash(const char *text)
{
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* The files of this run: file.id of each that has a chosen site. */
static GHashTable *files_asked_for(const struct convert *convert)
{
	GHashTable *ids = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < convert->plan->sites->len; i++) {
		struct site *site = convert->plan->sites->pdata[i];

		if (site->chosen)
			g_hash_table_add(ids, &site->file_id);
	}
	return ids;
}

/* With --only, the rows of files that this run did not look at stay. */
static bool store_clear(struct convert *convert, GHashTable *ids, GError **error)
{
	static const char *const queries[] = { "convert_clear_sites", "convert_clear_file",
					       "convert_clear_check" };
	GHashTableIter iter;
	gpointer id;

	if (!convert->only)
		return db_exec(convert->db, "convert_clear", error);
	g_hash_table_iter_init(&iter, ids);
	while (g_hash_table_iter_next(&iter, &id, NULL)) {
		for (size_t k = 0; k < G_N_ELEMENTS(queries); k++) {
			sqlite3_stmt *stmt = db_query(convert->db, queries[k]);

			db_bind_int(stmt, 1, *(gint64 *)id);
			if (!db_run(convert->db, stmt, error))
				return false;
		}
	}
	return true;
}

/* The callee after the conversion; a use of a macro becomes what its body does. */
static const char *site_became(const struct convert *convert, const struct site *site)
{
	const struct site *changed = site->body ? site->body : site;

	return site->outcome == OUTCOME_CONVERTED && !changed->source ?
	       site_becomes(changed, convert->templates) : "";
}

static bool store_site(const struct convert *convert, const struct site *site, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "convert_site_insert");

	db_bind_int(stmt, 1, site->id);
	db_bind_text(stmt, 2,
		     outcome_word(site->outcome == OUTCOME_OPEN ? OUTCOME_KEPT : site->outcome));
	db_bind_text(stmt, 3, site_rule_name(site));
	db_bind_text(stmt, 4, site_became(convert, site));
	reason_bind(stmt, 5, site->reason);
	return db_run(convert->db, stmt, error);
}

static bool store_file(struct db *db, const struct work_file *file, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "convert_file_insert");
	g_autofree char *hash = text_hash(file->before);

	db_bind_int(stmt, 1, file->file_id);
	db_bind_text(stmt, 2, hash);
	sqlite3_bind_blob(stmt, 3, file->after, strlen(file->after), SQLITE_TRANSIENT);
	return db_run(db, stmt, error);
}

/* Requested edits beside those that were made. */
static bool store_check(struct db *db, const struct work_file *file, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "convert_check_insert");
	g_autoptr(reason_t) note = verify_edit_note(file);

	db_bind_int(stmt, 1, file->file_id);
	db_bind_int(stmt, 2, file->sites->len);
	db_bind_int(stmt, 3, verify_edit_count(file));
	reason_bind(stmt, 4, note);
	return db_run(db, stmt, error);
}

bool convert_tell(struct convert *convert, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "convert_checks");
	GError *failure = NULL;

	while (db_step(convert->db, stmt, &failure))
		diag_warn("%s: %d of %d sites changed: %s", db_text(stmt, 0),
			  sqlite3_column_int(stmt, 2), sqlite3_column_int(stmt, 1),
			  db_text(stmt, 3));
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

/* The names of the sources of sites/ that the texts build upon; with --only, more of them. */
static char *sources_named(struct convert *convert)
{
	g_autofree char *before = convert->only ? db_meta_get(convert->db, "sources") : NULL;
	GString *list = g_string_new(before);

	for (guint i = 0; i < convert->sources->len; i++) {
		const struct applied_source *applied = convert->sources->pdata[i];
		g_auto(GStrv) known = g_strsplit(list->str, " ", -1);

		if (!g_strv_contains((const char *const *)known, applied->label))
			g_string_append_printf(list, "%s%s", list->len ? " " : "", applied->label);
	}
	return g_string_free(list, FALSE);
}

bool convert_store(struct convert *convert, GError **error)
{
	g_autofree char *sources = sources_named(convert);
	g_autoptr(GHashTable) ids = files_asked_for(convert);
	struct plan *plan = convert->plan;

	if (!store_clear(convert, ids, error) || !compat_header_add(convert, error))
		return false;
	for (guint i = 0; i < plan->files->len; i++) {
		const struct work_file *file = plan->files->pdata[i];

		if (!store_check(convert->db, file, error))
			return false;
		if (file->after && strcmp(file->after, file->before) &&
		    !store_file(convert->db, file, error))
			return false;
	}
	for (guint i = 0; i < plan->sites->len; i++) {
		const struct site *site = plan->sites->pdata[i];

		if ((!convert->only || g_hash_table_contains(ids, &site->file_id)) &&
		    !store_site(convert, site, error))
			return false;
	}
	return db_meta_set(convert->db, "sources", sources, error) &&
	       db_meta_set(convert->db, "stage", "convert", error);
}

/* path -> new text, of everything that the series changes up to the conversions. */
static bool texts_collect(struct convert *convert, GHashTable *texts, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "convert_files");
	g_autoptr(GHashTable) ids = files_asked_for(convert);
	GError *failure = NULL;

	for (guint i = 0; i < convert->core->len; i++) {
		const char *path = convert->core->pdata[i];

		g_hash_table_insert(texts, g_strdup(path),
				    g_strdup(overlay_text(convert->overlay, path)));
	}
	while (db_step(convert->db, stmt, &failure)) {
		gint64 id = sqlite3_column_int64(stmt, 2);

		if (!convert->only || !*db_text(stmt, 3) || g_hash_table_contains(ids, &id))
			g_hash_table_insert(texts, g_strdup(db_text(stmt, 0)),
					    g_strndup(sqlite3_column_blob(stmt, 1),
						      sqlite3_column_bytes(stmt, 1)));
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

bool convert_diff(struct convert *convert, GString *out, GError **error)
{
	g_autoptr(GHashTable)
		texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	GList *paths;

	if (!texts_collect(convert, texts, error))
		return false;
	paths = g_list_sort(g_hash_table_get_keys(texts), compare_texts);
	for (GList *path = paths; path; path = path->next) {
		g_autofree char *full = g_build_filename(convert->tree, path->data, NULL);
		g_autofree char *old = NULL;

		if (!g_file_get_contents(full, &old, NULL, NULL))
			old = NULL;
		diff_print(out, path->data, old, g_hash_table_lookup(texts, path->data));
	}
	g_list_free(paths);
	return true;
}

static void checksum_text(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, strlen(text) + 1);
}

static void checksum_file(GChecksum *sum, const char *path)
{
	g_autofree char *text = NULL;

	checksum_text(sum, g_file_get_contents(path, &text, NULL, NULL) ? text : "");
}

static void checksum_folder(GChecksum *sum, const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	GList *names = NULL;
	const char *name;

	while (dir && (name = g_dir_read_name(dir)))
		names = g_list_insert_sorted(names, g_build_filename(folder, name, NULL),
					     compare_texts);
	for (GList *path = names; path; path = path->next) {
		if (g_file_test(path->data, G_FILE_TEST_IS_DIR))
			checksum_folder(sum, path->data);
		else
			checksum_file(sum, path->data);
	}
	g_list_free_full(names, g_free);
	if (dir)
		g_dir_close(dir);
}

char *convert_key(struct convert *convert)
{
	g_autofree char *core = room_path("kernel-patches/core");
	g_autofree char *sites = room_path("kernel-patches/sites");
	g_autofree char *module = room_path("kernel-patches/module");
	g_autofree char *rules = templates_digest(convert->templates);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *key;

	checksum_text(sum, GUPCONV_VERSION);
	checksum_text(sum, rules);
	checksum_folder(sum, core);
	checksum_folder(sum, sites);
	checksum_folder(sum, module);
	for (guint i = 0; i < convert->plan->sites->len; i++) {
		const struct site *site = convert->plan->sites->pdata[i];
		g_autofree char *line = g_strdup_printf(
			"%" G_GINT64_FORMAT " %s:%u:%u %s %s %s %" G_GINT64_FORMAT " %s %s %d %s",
			site->id, site->path, site->line, site->column, site->callee,
			state_word(site->state), site->target, site->group,
			reason_code_word(site->reason->code), site->reason->args, site->flags,
			site->adds);

		checksum_text(sum, line);
	}
	for (guint i = 0; i < convert->plan->files->len; i++) {
		const struct work_file *file = convert->plan->files->pdata[i];
		g_autofree char *path = g_build_filename(convert->tree, file->path, NULL);

		checksum_file(sum, path);
	}
	key = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return key;
}
