// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file_kind.h"
#include "kbuild/module_objects.h"
#include "model/facts.h"
#include "pipeline/build_notes.h"

static void note_free(void *data)
{
	struct build_note *note = data;

	g_free(note->path);
	g_free(note->detail);
	g_free(note);
}

GPtrArray *build_notes_new(void)
{
	return g_ptr_array_new_with_free_func(note_free);
}

void build_notes_add(struct indexer *ix, enum build_note_kind kind, const char *path, guint line,
		     const char *detail)
{
	struct build_note *note = g_new0(struct build_note, 1);

	note->kind = kind;
	note->path = g_strdup(path);
	note->line = line;
	note->detail = g_strdup(detail);
	g_ptr_array_add(ix->notes, note);
}

/* -- the Makefiles -- */

static void note_constructs(struct indexer *ix, const struct makefile *mk)
{
	g_autoptr(GPtrArray) unknown = makefile_unknown_used(mk);

	for (guint i = 0; i < unknown->len; i++) {
		const struct make_unknown *construct = unknown->pdata[i];
		g_autofree char *detail = *construct->variable ?
			g_strdup_printf("%s in %s", construct->text, construct->variable) :
			g_strdup(construct->text);

		build_notes_add(ix, NOTE_NOT_UNDERSTOOD, construct->path, construct->line, detail);
	}
}

static void note_objects(struct indexer *ix, const struct module_objects *objects)
{
	const GPtrArray *all = module_objects_all(objects);
	const GPtrArray *makefiles = module_objects_makefiles(objects);

	for (guint i = 0; i < makefiles->len; i++)
		note_constructs(ix, makefiles->pdata[i]);
	for (guint i = 0; i < all->len; i++) {
		const struct module_object *object = all->pdata[i];

		if (object->kind == SOURCE_NONE)
			build_notes_add(ix, NOTE_NO_SOURCE, object->makefile->path, 0,
					object->word);
	}
}

/* The source is a part of one that is compiled: "#include "x.c"". */
static GHashTable *included_sources(const struct indexer *ix)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GRegex) directive = g_regex_new(
		"^[ \t]*#[ \t]*include[ \t]*[\"<](?:[^\">\n]*/)?([^\">/\n]+\\.c)[\">]",
		G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);

	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];
		g_autofree char *text = tree_read(ix->tree, job->path, NULL, NULL);
		g_autoptr(GMatchInfo) match = NULL;

		if (!text || !strstr(text, ".c\""))
			continue;
		g_regex_match(directive, text, 0, &match);
		for (; g_match_info_matches(match); g_match_info_next(match, NULL))
			g_hash_table_add(names, g_match_info_fetch(match, 1));
	}
	return names;
}

static void note_sources(struct indexer *ix, const struct module_objects *objects)
{
	g_autoptr(GHashTable) included = included_sources(ix);

	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];
		g_autofree char *name = g_path_get_basename(job->path);

		if (file_is_source(job->path) && !job->exact &&
		    !build_record_find(ix->record, job->path) &&
		    !module_objects_find(objects, job->path) &&
		    !g_hash_table_contains(included, name))
			build_notes_add(ix, NOTE_NO_RULE, job->path, 0, "");
	}
}

/* -- headers -- */

static void note_headers(struct indexer *ix, const char *facts)
{
	for (const char *line = facts; (line = strstr(line, "\nH\t"));) {
		g_auto(GStrv) cells = facts_cells(line + 1, strcspn(line + 1, "\n"));

		line++;
		if (g_strv_length(cells) == 4)
			build_notes_add(ix, NOTE_MISSING_HEADER, cells[1], atoi(cells[2]),
					cells[3]);
	}
}

/* -- all of them -- */

static int by_place(const void *a, const void *b)
{
	const struct build_note *left = *(struct build_note *const *)a;
	const struct build_note *right = *(struct build_note *const *)b;
	int order = (int)left->kind - (int)right->kind;

	order = order ? order : strcmp(left->path, right->path);
	order = order ? order : (left->line > right->line) - (left->line < right->line);
	return order ? order : strcmp(left->detail, right->detail);
}

/* Once each: a header of several sources has its own lines in each. */
static void notes_sort(GPtrArray *notes)
{
	g_ptr_array_sort(notes, by_place);
	for (guint i = notes->len; i-- > 1;)
		if (!by_place(&notes->pdata[i], &notes->pdata[i - 1]))
			g_ptr_array_remove_index(notes, i);
}

static void tell(const struct indexer *ix, enum build_note_kind kind, const char *noun,
		 const char *words)
{
	const struct build_note *first = NULL;
	g_autofree char *line = NULL;
	guint count = 0;

	for (guint i = 0; i < ix->notes->len; i++) {
		const struct build_note *note = ix->notes->pdata[i];

		if (note->kind != kind)
			continue;
		first = first ? first : note;
		count++;
	}
	if (!count)
		return;
	line = first->line ? g_strdup_printf(":%u", first->line) : g_strdup("");
	diag_warn("%s: %s, %u in all (%s%s%s%s%s); see --explain-build", noun, words, count, first->path,
		  line, *first->detail ? ": " : "", first->detail, count > 1 ? ", ..." : "");
}

void build_notes_collect(struct indexer *ix)
{
	const struct module_objects *objects = kbuild_objects(ix->kbuild);

	if (!objects || ix->again)
		return;
	/* A build has understood its Makefiles. */
	if (!ix->record->used)
		note_objects(ix, objects);
	note_sources(ix, objects);
	for (guint i = 0; i < ix->facts->len; i++)
		note_headers(ix, ix->facts->pdata[i]);
	notes_sort(ix->notes);
	tell(ix, NOTE_MISSING_HEADER, "missing header", "what depends on it is not seen");
	tell(ix, NOTE_NO_RULE, "source without a rule", "no Makefile is seen to compile it");
	tell(ix, NOTE_NO_SOURCE, "object without a source", "no file is there to make it of");
}

bool build_notes_write(const struct indexer *ix, struct db *db, GError **error)
{
	for (guint i = 0; i < ix->notes->len; i++) {
		const struct build_note *note = ix->notes->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "build_note_add");

		db_bind_int(stmt, 1, i + 1);
		db_bind_text(stmt, 2, build_note_kind_word(note->kind));
		db_bind_text(stmt, 3, note->path);
		db_bind_int(stmt, 4, note->line);
		db_bind_text(stmt, 5, note->detail);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

void build_notes_sum(const struct indexer *ix, GChecksum *sum)
{
	for (guint i = 0; i < ix->notes->len; i++) {
		const struct build_note *note = ix->notes->pdata[i];
		g_autofree char *text = g_strdup_printf("%d\t%s\t%u\t%s\n", note->kind, note->path,
							note->line, note->detail);

		g_checksum_update(sum, (const guchar *)text, -1);
	}
}
