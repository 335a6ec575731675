// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>

#include "audit/finding_diff.h"
#include "base/diag.h"
#include "base/interrupt.h"
#include "base/scratch.h"
#include "pipeline/check.h"
#include "pipeline/incremental.h"
#include "pipeline/line_before.h"
#include "pipeline/remedies.h"

/**
 * struct round - the tree with the patches so far
 * @path: of its database
 * @change: how it differs from the tree, NULL for not at all
 * @side: its findings
 * @context: what remedies are made from
 */
struct round {
	char *path;
	struct source_overlay *change;
	struct side side;
	struct remedy_context *context;
};

static void round_clear(struct round *round)
{
	remedy_context_free(round->context);
	side_clear(&round->side);
	source_overlay_free(round->change);
	g_free(round->path);
	memset(round, 0, sizeof(*round));
}

static void mended_free(void *data)
{
	struct mended *mended = data;

	remedy_free(mended->remedy);
	g_free(mended->before);
	g_ptr_array_unref(mended->others);
	g_free(mended);
}

static void unmended_free(void *data)
{
	struct unmended *unmended = data;

	g_free(unmended->why);
	g_free(unmended);
}

/* -- what is wanted -- */

static bool is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	while (length && folder[length - 1] == '/')
		length--;
	return !strncmp(path, folder, length) && (!path[length] || path[length] == '/');
}

static bool is_wanted(const struct remedies *remedies, const struct finding *finding)
{
	g_autofree char *place = g_strdup_printf("%s:%d", finding->path, finding->line);

	if (!remedy_is_due(finding) || !g_hash_table_contains(remedies->kinds, finding->kind))
		return false;
	return !remedies->only || !strcmp(place, remedies->only) ||
	       !strcmp(finding->subsystem, remedies->only) ||
	       is_below(finding->path, remedies->only);
}

/* -- a round -- */

static struct source_overlay *change_copy(const struct source_overlay *from)
{
	struct source_overlay *copy = source_overlay_new();
	g_autoptr(GPtrArray) paths = source_overlay_paths(from);

	for (guint i = 0; i < paths->len; i++) {
		const char *text;
		size_t size;

		if (source_overlay_find(from, paths->pdata[i], &text, &size))
			source_overlay_put(copy, paths->pdata[i], g_memdup2(text, size + 1), size);
	}
	return copy;
}

static struct source_overlay *change_with(const struct round *round, const GPtrArray *tries)
{
	struct source_overlay *change = change_copy(round->change);

	for (guint i = 0; i < tries->len; i++) {
		const struct remedy *remedy = tries->pdata[i];

		source_overlay_put(change, remedy->path, g_strdup(remedy->after),
				   strlen(remedy->after));
	}
	return change;
}

static bool side_open(struct side *side, const char *path, GError **error)
{
	struct db *db = db_open(path, false, error);
	bool fine = db && side_load(side, db, error);

	db_close(db);
	return fine;
}

/* The round behind this one, with the texts of the remedies; takes the change. */
static bool round_after(struct remedies *remedies, const struct round *now,
			struct source_overlay *change, struct round *next, GError **error)
{
	g_autoptr(GHashTable) doubted = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) paths = source_overlay_paths(change);
	g_autofree char *name = g_strdup_printf("%u.db", remedies->rounds->len);
	struct incremental_options options = {
		.from = now->path, .tree = remedies->tree, .change = change, .doubted = doubted,
		.workers = remedies->workers, .timeout = remedies->timeout,
	};
	bool same = false;

	next->change = change;
	next->path = g_build_filename(remedies->folder, name, NULL);
	options.to = next->path;
	for (guint i = 0; i < paths->len; i++)
		g_hash_table_add(doubted, paths->pdata[i]);
	if (!incremental_build(&options, &same, error))
		return false;
	if (same) {
		g_free(next->path);
		next->path = g_strdup(now->path);
	}
	if (!side_open(&next->side, next->path, error))
		return false;
	g_ptr_array_add(remedies->rounds, g_ptr_array_ref(next->side.findings));
	return true;
}

static bool round_context(struct remedies *remedies, struct round *round, GError **error)
{
	struct db *db = db_open(round->path, false, error);

	if (db)
		round->context = remedy_context_new(db, remedies->tree, round->change, error);
	db_close(db);
	return round->context;
}

/* -- does a remedy stand -- */

static bool is_alike(const struct finding *a, const struct finding *b)
{
	return !strcmp(a->kind, b->kind) && !strcmp(a->detail, b->detail) &&
	       !strcmp(a->path, b->path) && !strcmp(a->function, b->function) &&
	       !strcmp(a->callee, b->callee);
}

static guint count_alike(const GPtrArray *findings, const struct finding *finding)
{
	guint count = 0;

	for (guint i = 0; i < findings->len; i++)
		count += is_alike(findings->pdata[i], finding);
	return count;
}

static bool touches(const struct finding *finding, const char *path)
{
	if (!strcmp(finding->path, path) ||
	    (finding->other_path && !strcmp(finding->other_path, path)))
		return true;
	for (guint i = 0; i < finding->steps->len; i++)
		if (!strcmp(((struct finding_step *)finding->steps->pdata[i])->path, path))
			return true;
	return false;
}

static void describe_new(struct remedy *remedy, const struct finding *came)
{
	remedy_refuse(remedy, "with the patch there would be another finding, %s%s%s at line %d",
		      came->kind, *came->detail ? " " : "", came->detail, came->line);
}

/*
 * Flags that are written as what they are have the same value: pages that are written without being
 * dirtied were so before, and are only seen now.
 */
static bool is_revealed(const struct remedy *remedy, const struct finding *came)
{
	return remedy->rule && !strcmp(remedy->rule, "flags-boolean") &&
	       !strcmp(came->kind, "dirty");
}

/* Takes what is only seen now from what came. */
static void drop_revealed(GPtrArray *tries, GPtrArray *came)
{
	for (guint i = 0; i < tries->len; i++)
		for (guint k = came->len; k-- > 0;)
			if (touches(came->pdata[k], ((struct remedy *)tries->pdata[i])->path) &&
			    is_revealed(tries->pdata[i], came->pdata[k]))
				g_ptr_array_remove_index(came, k);
}

/* Refuses remedies that did not do what they should; true when all stand. */
static bool tries_judge(const struct round *now, const struct round *next, GPtrArray *tries)
{
	g_autoptr(GPtrArray) came = NULL;
	bool fine = true;
	guint gone;

	came = finding_diff(&now->side, &next->side, &gone);
	drop_revealed(tries, came);
	for (guint i = 0; i < tries->len; i++) {
		struct remedy *remedy = tries->pdata[i];

		if (count_alike(next->side.findings, remedy->finding) >=
		    count_alike(now->side.findings, remedy->finding))
			remedy_refuse(remedy, "the finding would still be there with the patch");
		for (guint k = 0; k < came->len; k++)
			if (touches(came->pdata[k], remedy->path))
				describe_new(remedy, came->pdata[k]);
		fine &= !remedy->why;
	}
	/* It is in no file of these: any of them may have brought it. */
	for (guint i = 0; came->len && fine && i < tries->len; i++)
		describe_new(tries->pdata[i], came->pdata[0]);
	return fine && !came->len;
}

/* The tree's own line for one of the text that the patch begins with. */
static guint line_in_tree(struct remedies *remedies, const char *path, const char *before,
			  guint line)
{
	g_autofree char *full = g_build_filename(remedies->tree, path, NULL);
	g_autofree char *text = NULL;

	if (!line || !g_file_get_contents(full, &text, NULL, NULL))
		return 0;
	return line_before(text, before, line);
}

/* A finding of a round as the tree had it, by its place; where it has none there, itself. */
static const struct finding *in_tree(struct remedies *remedies, struct round *now,
				     const struct finding *finding)
{
	const struct remedy_source *source = remedy_source(now->context, finding->path);
	const GPtrArray *first = remedies->rounds->pdata[0];
	guint line = source ? line_in_tree(remedies, finding->path, source->text, finding->line)
			    : (guint)finding->line;

	for (guint i = 0; i < first->len; i++) {
		const struct finding *f = first->pdata[i];

		if (is_alike(f, finding) && f->line == (int)line)
			return f;
	}
	return finding;
}

static void others_note(struct remedies *remedies, struct mended *mended, struct round *now,
			const struct round *next)
{
	for (guint i = 0; i < now->side.findings->len; i++) {
		struct finding *f = now->side.findings->pdata[i];

		if (f != mended->remedy->finding && is_wanted(remedies, f) &&
		    !strcmp(f->path, mended->remedy->path) &&
		    !count_alike(next->side.findings, f))
			g_ptr_array_add(mended->others, (void *)in_tree(remedies, now, f));
	}
}

static void tries_accept(struct remedies *remedies, struct round *now, const struct round *next,
			 GPtrArray *tries)
{
	for (guint i = 0; i < tries->len; i++) {
		struct remedy *remedy = tries->pdata[i];
		const struct remedy_source *source = remedy_source(now->context, remedy->path);
		struct mended *mended = g_new0(struct mended, 1);

		mended->remedy = remedy;
		mended->before = g_strdup(source->text);
		mended->others = g_ptr_array_new();
		mended->line = line_in_tree(remedies, remedy->finding->path, mended->before,
					    remedy->finding->line);
		mended->fault = line_in_tree(remedies, remedy->path, mended->before, remedy->line);
		others_note(remedies, mended, now, next);
		g_ptr_array_add(remedies->made, mended);
	}
	g_ptr_array_set_free_func(tries, NULL);
	g_ptr_array_set_size(tries, 0);
}

/* -- which remedies a round tries -- */

static char *try_key(const struct remedy *remedy)
{
	g_autofree char *whole = g_strconcat(remedy->path, "\n", remedy->after, NULL);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, whole, -1);
}

static bool has_path(const GPtrArray *tries, const char *path)
{
	for (guint i = 0; i < tries->len; i++)
		if (!strcmp(((struct remedy *)tries->pdata[i])->path, path))
			return true;
	return false;
}

/* A remedy that has failed before is not tried again; it has the reason of then. */
static void recall(struct remedy *remedy, GHashTable *failed)
{
	g_autofree char *key = remedy->after ? try_key(remedy) : NULL;
	const char *why = key ? g_hash_table_lookup(failed, key) : NULL;

	if (why)
		remedy_refuse(remedy, "%s", why);
}

static void left_add(struct remedies *remedies, struct round *now, struct remedy *remedy)
{
	struct unmended *unmended = g_new0(struct unmended, 1);

	unmended->finding = in_tree(remedies, now, remedy->finding);
	unmended->why = g_steal_pointer(&remedy->why);
	g_ptr_array_add(remedies->left, unmended);
	remedy_free(remedy);
}

static GPtrArray *tries_make(struct remedies *remedies, struct round *now, GHashTable *failed)
{
	GPtrArray *tries = g_ptr_array_new_with_free_func(remedy_free);

	g_ptr_array_set_size(remedies->left, 0);
	for (guint i = 0; i < now->side.findings->len; i++) {
		const struct finding *finding = now->side.findings->pdata[i];
		struct remedy *remedy;

		if (!is_wanted(remedies, finding))
			continue;
		remedy = remedy_make(now->context, finding);
		recall(remedy, failed);
		if (remedy->why)
			left_add(remedies, now, remedy);
		else if (has_path(tries, remedy->path))
			remedy_free(remedy);
		else
			g_ptr_array_add(tries, remedy);
	}
	return tries;
}

static void tries_drop(GPtrArray *tries, GHashTable *failed)
{
	for (guint i = tries->len; i > 0; i--) {
		struct remedy *remedy = tries->pdata[i - 1];

		if (!remedy->why)
			continue;
		g_hash_table_insert(failed, try_key(remedy), g_strdup(remedy->why));
		g_ptr_array_remove_index(tries, i - 1);
	}
}

/* One round: *now becomes the tree with what stands. *more: something was tried. */
static bool round_run(struct remedies *remedies, struct round *now, GHashTable *failed, bool *more,
		      GError **error)
{
	g_autoptr(GPtrArray) tries = tries_make(remedies, now, failed);

	*more = tries->len;
	while (tries->len) {
		struct round next = { 0 };

		if (!round_after(remedies, now, change_with(now, tries), &next, error)) {
			round_clear(&next);
			return false;
		}
		if (tries_judge(now, &next, tries)) {
			tries_accept(remedies, now, &next, tries);
			round_clear(now);
			*now = next;
			return round_context(remedies, now, error);
		}
		tries_drop(tries, failed);
		round_clear(&next);
		if (interrupted()) {
			fail(error, EXIT_TOOL, "interrupted");
			return false;
		}
	}
	return true;
}

bool remedies_run(struct remedies *remedies, GError **error)
{
	g_autoptr(GHashTable) failed =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct round now = { .path = g_strdup(remedies->path) };
	bool more = true, fine;

	remedies->made = g_ptr_array_new_with_free_func(mended_free);
	remedies->left = g_ptr_array_new_with_free_func(unmended_free);
	remedies->rounds = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	remedies->folder = scratch_make(NULL);
	fine = remedies->folder;
	if (!fine)
		fail(error, EXIT_TOOL, "no temporary directory: %s", g_strerror(errno));
	fine = fine && side_open(&now.side, now.path, error) &&
	       round_context(remedies, &now, error);
	if (fine)
		g_ptr_array_add(remedies->rounds, g_ptr_array_ref(now.side.findings));
	while (fine && more)
		fine = round_run(remedies, &now, failed, &more, error);
	round_clear(&now);
	return fine;
}

void remedies_clear(struct remedies *remedies)
{
	g_clear_pointer(&remedies->made, g_ptr_array_unref);
	g_clear_pointer(&remedies->left, g_ptr_array_unref);
	g_clear_pointer(&remedies->rounds, g_ptr_array_unref);
	if (remedies->folder)
		remove_tree(remedies->folder);
	g_clear_pointer(&remedies->folder, g_free);
}
