// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "base/option_value.h"
#include "kbuild/module_objects.h"
#include "pipeline/build_notes.h"
#include "pipeline/explain_build.h"

/* -- objects -- */

static void add_source(GString *out, const struct module_object *object)
{
	static const char *const words[] = {
		[SOURCE_C] = "", [SOURCE_ELSEWHERE] = " (put there by the build)",
		[SOURCE_OTHER] = " (no C)", [SOURCE_OUTSIDE] = " (outside)",
		[SOURCE_NONE] = " (there is no such file)",
	};

	g_string_append_printf(out, "\t%s%s\n", object->source, words[object->kind]);
}

/* Each with its sources, in the order of the Makefiles. */
static void add_objects(GString *out, const struct module_objects *objects)
{
	const GPtrArray *all = module_objects_all(objects);
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < all->len; i++) {
		const struct module_object *first = all->pdata[i];

		if (g_hash_table_contains(done, first))
			continue;
		g_string_append_printf(out, "\nobject %s, by %s\n", first->module,
				       first->makefile->path);
		for (guint k = i; k < all->len; k++) {
			struct module_object *object = all->pdata[k];

			if (object->makefile == first->makefile &&
			    !strcmp(object->module, first->module)) {
				add_source(out, object);
				g_hash_table_add(done, object);
			}
		}
	}
}

/* -- flags -- */

static const char *state_of_folder(const char *flag)
{
	const char *dir = option_value(flag, "-I");

	return dir && !g_file_test(dir, G_FILE_TEST_IS_DIR) ? " (there is no such folder)" : "";
}

/* Paths are from the module's top where they are below it. */
static void add_flag(GString *out, const struct tree *tree, const char *flag)
{
	g_autofree char *top = g_strconcat(tree->top, "/", NULL);
	const char *at = strstr(flag, top);

	g_string_append(out, "\t");
	if (at)
		g_string_append_printf(out, "%.*s%s", (int)(at - flag), flag, at + strlen(top));
	else
		g_string_append(out, flag);
	g_string_append_printf(out, "%s\n", state_of_folder(flag));
}

static char *flags_key(const struct parse_job *job)
{
	GString *key = g_string_new(NULL);

	for (guint i = 0; i < job->kbuild->len; i++)
		g_string_append_printf(key, "%s\n", (char *)job->kbuild->pdata[i]);
	return g_string_free(key, FALSE);
}

static int by_path(const void *a, const void *b)
{
	const struct parse_job *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

/* The sources, by path. */
static GPtrArray *sources_of(const struct indexer *ix)
{
	GPtrArray *sources = g_ptr_array_new();

	for (guint i = 0; i < ix->jobs->len; i++)
		if (file_is_source(((struct parse_job *)ix->jobs->pdata[i])->path))
			g_ptr_array_add(sources, ix->jobs->pdata[i]);
	g_ptr_array_sort(sources, by_path);
	return sources;
}

/* Sources with the same flags stand together. */
static void add_flags(GString *out, const struct indexer *ix)
{
	g_autoptr(GPtrArray) sources = sources_of(ix);
	g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < sources->len; i++) {
		const struct parse_job *job = sources->pdata[i];
		char *key = flags_key(job);

		if (!g_hash_table_add(groups, key))
			continue;
		g_string_append_printf(out, "\nflags of %s", job->path);
		for (guint k = i + 1; k < sources->len; k++) {
			const struct parse_job *other = sources->pdata[k];
			g_autofree char *same = flags_key(other);

			if (!strcmp(same, key))
				g_string_append_printf(out, ", %s", other->path);
		}
		g_string_append(out, job->kbuild->len ? "\n" : "\n\tnone\n");
		for (guint f = 0; f < job->kbuild->len; f++)
			add_flag(out, ix->tree, job->kbuild->pdata[f]);
	}
}

/* -- notes -- */

static void add_notes(GString *out, const struct indexer *ix, enum build_note_kind kind,
		      const char *title)
{
	guint count = 0;

	for (guint i = 0; i < ix->notes->len; i++)
		count += ((struct build_note *)ix->notes->pdata[i])->kind == kind;
	if (!count)
		return;
	g_string_append_printf(out, "\n%s: %u\n", title, count);
	for (guint i = 0; i < ix->notes->len; i++) {
		const struct build_note *note = ix->notes->pdata[i];

		if (note->kind != kind)
			continue;
		g_string_append_printf(out, "\t%s", note->path);
		if (note->line)
			g_string_append_printf(out, ":%u", note->line);
		g_string_append_printf(out, "%s%s\n", *note->detail ? ": " : "", note->detail);
	}
}

char *explain_build(struct indexer *ix)
{
	const struct module_objects *objects = kbuild_objects(ix->kbuild);
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "module %s\nkernel %s (%s)\n", ix->tree->top,
			       ix->tree->kernel->top, ix->tree->version);
	if (ix->record->used)
		g_string_append_printf(out, "flags of %u sources by the build in %s, for %s\n",
				       ix->record->used, ix->record->path,
				       *ix->record->kernel ? ix->record->kernel :
				       "a kernel that is not known");
	add_objects(out, objects);
	add_flags(out, ix);
	add_notes(out, ix, NOTE_MISSING_HEADER, "headers that were not found");
	add_notes(out, ix, NOTE_NO_RULE, "sources that no rule compiles, as far as is understood");
	add_notes(out, ix, NOTE_NO_SOURCE, "objects without a source");
	add_notes(out, ix, NOTE_NOT_UNDERSTOOD,
		  "constructs that are not understood, since nothing is run");
	add_notes(out, ix, NOTE_PASSED_OVER, "files that are passed over");
	return g_string_free(out, FALSE);
}
