// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/patch_source/anchor.h"
#include "convert/convert.h"
#include "base/diag.h"
#include "convert/rewrite/second_form.h"
#include "convert/groups.h"
#include "base/interrupt.h"
#include "convert/select/macro_sites.h"
#include "source/path_escape.h"
#include "convert/rewrite/rewrite.h"
#include "base/scratch.h"
#include "convert/patch_source/sources.h"

static char *meta_need(struct db *db, const char *key, GError **error)
{
	char *value = db_meta_get(db, key);

	if (!value)
		fail(error, EXIT_INPUT, "%s: no '%s' in it; run 'gupconv index' first", db->path,
		     key);
	return value;
}

static bool era_read(struct convert *convert, GError **error)
{
	g_autofree char *word = meta_need(convert->db, "era", error);
	int era = word ? era_find(word) : -1;

	if (word && era < 0)
		fail(error, EXIT_INPUT, "%s: '%s' is no era", convert->db->path, word);
	convert->era = era;
	return era >= 0;
}

bool convert_open(struct convert *convert, GError **error)
{
	g_autofree char *folder = room_path("cocci"), *work = NULL;
	GError *failure = NULL;

	convert->tree = meta_need(convert->db, "tree", error);
	if (!convert->tree)
		return false;
	convert->kernel = db_meta_get(convert->db, "kernel");
	if (!era_read(convert, error))
		return false;
	if (!g_file_test(convert->tree, G_FILE_TEST_IS_DIR)) {
		fail(error, EXIT_INPUT, "%s: the tree that was indexed is gone", convert->tree);
		return false;
	}
	convert->templates = templates_load(folder, convert->era, error);
	if (!convert->templates)
		return false;
	convert->plan = plan_load(convert->db, convert->only, error);
	if (!convert->plan || !second_forms_load(convert->db, convert->plan, error))
		return false;
	if (convert->plan->files->len) {
		convert->facts = site_facts_load(convert->db, error);
		if (!convert->facts)
			return false;
	}
	convert->scratch = scratch_make(&failure);
	if (!convert->scratch) {
		fail(error, EXIT_TOOL, "no temporary folder: %s", failure->message);
		g_error_free(failure);
		return false;
	}
	work = g_build_filename(convert->scratch, "tree", NULL);
	g_mkdir_with_parents(work, 0700);
	convert->overlay = overlay_new(work, convert->tree);
	convert->core = g_ptr_array_new_with_free_func(g_free);
	convert->sources = g_ptr_array_new_with_free_func(applied_source_free);
	return true;
}

void convert_close(struct convert *convert)
{
	if (convert->scratch)
		remove_tree(convert->scratch);
	overlay_free(convert->overlay);
	templates_free(convert->templates);
	plan_free(convert->plan);
	site_facts_free(convert->facts);
	if (convert->core)
		g_ptr_array_free(convert->core, TRUE);
	if (convert->sources)
		g_ptr_array_free(convert->sources, TRUE);
	g_free(convert->tree);
	g_free(convert->kernel);
	g_free(convert->scratch);
}

/* The prototypes of the functions that the rules call, now that the core patches are in. */
static bool core_check(struct convert *convert, struct overlay *overlay, GError **error)
{
	static const char *const regexes[] = {
		"include/linux/mm.h: (put_user_page|unpin_user_page)\\(",
		"include/linux/mm.h: (put_user|unpin_user)_pages_dirty_lock\\([^,]*, [^,]*(, |,$)",
	};
	int holds[G_N_ELEMENTS(regexes)];

	for (size_t i = 0; i < G_N_ELEMENTS(regexes); i++) {
		holds[i] = anchor_condition(overlay, regexes[i], error);
		if (holds[i] < 0)
			return false;
	}
	convert->templates->make_dirty = holds[1];
	if (!holds[0])
		fail(error, EXIT_INPUT, "%s: include/linux/mm.h offers no function to convert to",
		     convert->kernel ? convert->kernel : convert->tree);
	return holds[0];
}

/* A module is converted to what its kernel offers: that one is not changed. */
static bool kernel_check(struct convert *convert, GError **error)
{
	struct overlay *kernel = overlay_new(convert->scratch, convert->kernel);
	bool fine = core_check(convert, kernel, error);

	overlay_free(kernel);
	return fine;
}

bool convert_core(struct convert *convert, GError **error)
{
	if (convert->kernel)
		return kernel_check(convert, error);
	if (!sources_apply(convert, error))
		return false;
	sources_settle(convert);
	return core_check(convert, convert->overlay, error);
}

static bool file_load(struct convert *convert, struct work_file *file, GError **error)
{
	g_autofree char *path = path_full(convert->tree, file->path);
	gsize length;

	if (!g_file_get_contents(path, &file->tree, &length, NULL)) {
		fail(error, EXIT_INPUT, "%s: cannot be read; run 'gupconv index' again", path);
		return false;
	}
	/* The scratch tree does not have it, and no patch could name it. */
	if (path_is_escaped(convert->tree, file->path)) {
		file->before = g_strdup(file->tree);
		for (guint i = 0; i < file->sites->len; i++)
			site_refuse(file->sites->pdata[i], reason_new(REASON_NAME_NOT_UTF8, ""));
		return true;
	}
	file->before = g_strdup(overlay_text(convert->overlay, file->path));
	for (guint i = 0; strlen(file->tree) != length && i < file->sites->len; i++)
		site_refuse(file->sites->pdata[i], reason_new(REASON_NUL_BYTE, ""));
	return true;
}

/**
 * struct batch - files that are converted at the same time
 * @failed: the first error, under @lock
 */
struct batch {
	struct convert *convert;
	GMutex lock;
	guint done, total;
	GError *failed;
};

static void batch_file(gpointer data, gpointer user)
{
	struct work_file *file = data;
	struct batch *batch = user;
	GError *error = NULL;

	if (!interrupted())
		rewrite_file(file, batch->convert->templates, batch->convert->facts,
			     batch->convert->scratch, &error);
	g_mutex_lock(&batch->lock);
	progress("convert", ++batch->done, batch->total);
	if (error && !batch->failed)
		batch->failed = g_steal_pointer(&error);
	g_mutex_unlock(&batch->lock);
	g_clear_error(&error);
}

static bool batch_run(struct convert *convert, GPtrArray *files, GError **error)
{
	struct batch batch = { .convert = convert, .total = files->len };
	GThreadPool *pool;

	g_mutex_init(&batch.lock);
	pool = g_thread_pool_new(batch_file, &batch, MAX(convert->jobs, 1), TRUE, error);
	if (!pool)
		return false;
	for (guint i = 0; i < files->len; i++)
		g_thread_pool_push(pool, files->pdata[i], NULL);
	g_thread_pool_free(pool, FALSE, TRUE);
	g_mutex_clear(&batch.lock);
	progress_end();
	if (interrupted() && !batch.failed)
		fail(&batch.failed, EXIT_TOOL, "interrupted");
	if (!batch.failed)
		return true;
	g_propagate_error(error, batch.failed);
	return false;
}

static void sites_reopen(GPtrArray *files)
{
	for (guint i = 0; i < files->len; i++) {
		const struct work_file *file = files->pdata[i];

		for (guint k = 0; k < file->sites->len; k++) {
			struct site *site = file->sites->pdata[k];

			if (site->outcome == OUTCOME_CONVERTED)
				site->outcome = OUTCOME_OPEN;
		}
	}
}

bool convert_files(struct convert *convert, GError **error)
{
	GPtrArray *files = convert->plan->files;
	g_autoptr(GPtrArray) again = NULL;

	for (guint i = 0; i < files->len; i++)
		if (!file_load(convert, files->pdata[i], error))
			return false;
	if (era_traits(convert->era)->pins && !groups_doubt(convert, error))
		return false;
	/* Groups that cannot change as a whole are out before the first run. */
	again = groups_close(convert);
	if (!batch_run(convert, files, error))
		return false;
	for (;;) {
		g_ptr_array_free(again, TRUE);
		again = groups_close(convert);
		if (!again->len)
			break;
		sites_reopen(again);
		if (!batch_run(convert, again, error))
			return false;
	}
	macros_finish(convert->plan->sites);
	return true;
}
