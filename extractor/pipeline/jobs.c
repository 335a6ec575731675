// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "base/option_value.h"
#include "base/file_kind.h"
#include "pipeline/indexer.h"
#include "frontend/config_symbols.h"
#include "model/path_class.h"

void parse_job_free(void *data)
{
	struct parse_job *job = data;

	g_free(job->path);
	g_free(job->config);
	g_free(job->object);
	g_ptr_array_free(job->kbuild, TRUE);
	g_ptr_array_unref(job->choices);
	g_ptr_array_free(job->symbols, TRUE);
	g_free(job);
}

static const char *path_of_flag(const char *flag)
{
	static const char *const options[] = { "-I", "-include", "-isystem", "-iquote",
					       "-idirafter", "-imacros" };

	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		if (option_value(flag, options[i]))
			return option_value(flag, options[i]);
	return NULL;
}

/* The absolute -I directories that the kernel's flags want, from tree-relative ones. */
static GPtrArray *absolute_flags(const struct tree *tree, GPtrArray *flags)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < flags->len; i++) {
		const char *flag = flags->pdata[i];
		const char *path = path_of_flag(flag);

		if (path && *path != '/')
			g_ptr_array_add(out, g_strdup_printf("%.*s%s/%s", (int)(path - flag), flag,
							     tree->top, path));
		else
			g_ptr_array_add(out, g_strdup(flag));
	}
	return out;
}

static const struct arch *arch_of_file(const char *path, const char *symbol,
				       struct kconfig *kconfig)
{
	const struct arch *arch = arch_of_path(path);
	g_autofree char *name = NULL;

	if (!arch && symbol && strcmp(symbol, "y")) {
		name = kconfig_arch(kconfig, symbol);
		arch = name ? arch_find(name) : NULL;
	}
	return arch ? arch : arch_default();
}

/* A header of the whole kernel that is no candidate itself: pages go through its functions. */
static bool is_read_for_bodies(const struct indexer *ix, const char *path)
{
	return !tree_is_module(ix->tree) && path_is_public(ix->apis->knowledge, path) &&
	       !g_hash_table_contains(ix->paths, path);
}

/* As the build had it, where that is known: in place of what the Makefiles may mean. */
static void take_record(const struct indexer *ix, struct kbuild_unit *unit, const char *source)
{
	GPtrArray *flags = build_record_find(ix->record, source);

	if (!flags)
		return;
	g_ptr_array_set_size(unit->flags, 0);
	g_ptr_array_set_size(unit->choices, 0);
	for (guint i = 0; i < flags->len; i++)
		g_ptr_array_add(unit->flags, g_strdup(flags->pdata[i]));
}

static struct parse_job *job_new(struct indexer *ix, const char *path)
{
	struct parse_job *job = g_new0(struct parse_job, 1);
	const char *includer = ix->includers ? g_hash_table_lookup(ix->includers, path) : NULL;
	struct kbuild_unit *unit = kbuild_unit(ix->kbuild, path, includer);
	bool header = file_is_header(path);

	take_record(ix, unit, includer ? includer : path);
	job->path = g_strdup(path);
	job->arch = arch_of_file(path, header ? NULL : unit->config, ix->kconfig);
	job->kbuild = absolute_flags(ix->tree, unit->flags);
	job->choices = g_ptr_array_ref(unit->choices);
	job->object = g_strdup(header ? "" : unit->object);
	job->config = header || !strcmp(unit->config, "y") ?
		g_strdup("") : g_strdup_printf("CONFIG_%s", unit->config);
	job->bodies = header && is_read_for_bodies(ix, path);
	job->symbols = job->bodies ? g_ptr_array_new_with_free_func(g_free) :
				     config_symbols_of_file(ix->tree, path);
	if (*job->config)
		g_ptr_array_add(job->symbols, g_strdup(job->config));
	job->exact = compile_commands_find(ix->commands, path);
	kbuild_unit_free(unit);
	return job;
}

void indexer_add_file(struct indexer *ix, const char *path)
{
	struct parse_job *job;

	if (g_hash_table_contains(ix->known, path))
		return;
	job = job_new(ix, path);
	g_ptr_array_add(ix->jobs, job);
	g_hash_table_add(ix->known, job->path);
}

bool indexer_reaches(struct indexer *ix, const char *path, const char *header)
{
	g_autoptr(GHashTable) headers = g_hash_table_new(g_str_hash, g_str_equal);
	struct parse_job *job = job_new(ix, path);
	bool reached;

	g_hash_table_add(headers, (char *)header);
	reached = includes_reach(ix->includes, path, job->arch, job->kbuild, headers);
	parse_job_free(job);
	return reached;
}

static bool includes_header(struct indexer *ix, const char *path, const char *directive)
{
	g_autofree char *text = tree_read(ix->tree, path, NULL, NULL);

	return text && strstr(text, directive);
}

/*
 * Code in a header that is no library header (kvm's paging_tmpl.h) means
 * something only in the file that includes it, which is looked for beside it
 * unless a candidate does include it.
 */
static void add_includer(struct indexer *ix, const char *header)
{
	g_autofree char *dir = g_path_get_dirname(header);
	g_autofree char *name = g_path_get_basename(header);
	g_autofree char *directive = g_strdup_printf("#include \"%s\"", name);
	g_autofree char *full = g_build_filename(ix->tree->top, dir, NULL);
	g_autoptr(GDir) entries = g_dir_open(full, 0, NULL);
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries))) {
		char *path = strcmp(dir, ".") ? g_build_filename(dir, entry, NULL)
					      : g_strdup(entry);

		if (file_is_source(entry) && includes_header(ix, path, directive))
			g_ptr_array_add(found, path);
		else
			g_free(path);
	}
	g_ptr_array_sort(found, text_order);
	for (guint i = 0; i < found->len; i++)
		if (g_hash_table_contains(ix->paths, found->pdata[i]))
			return;
	if (found->len)
		indexer_add_file(ix, found->pdata[0]);
}

void indexer_add_candidates(struct indexer *ix)
{
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];

		if (!candidate->readable)
			continue;
		g_hash_table_add(ix->paths, candidate->path);
		indexer_add_file(ix, candidate->path);
	}
	/* Of a module all files are candidates. */
	for (guint i = 0; !tree_is_module(ix->tree) && i < ix->candidates->len; i++) {
		const char *path = ((struct candidate *)ix->candidates->pdata[i])->path;

		if (file_is_header(path) && !path_is_header(ix->apis->knowledge, path))
			add_includer(ix, path);
	}
}
