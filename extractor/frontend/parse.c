// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "frontend/compile_commands.h"
#include "frontend/header_cache.h"
#include "frontend/missing_headers.h"
#include "frontend/parse_state.h"
#include "model/path_class.h"

static void source_free(void *data)
{
	struct source *source = data;

	g_free(source->text);
	g_ptr_array_free(source->calls, TRUE);
	g_free(source);
}

struct source *parse_source(struct parse *parse, const char *path)
{
	struct source *source = g_hash_table_lookup(parse->sources, path);

	if (source)
		return source;
	source = g_new0(struct source, 1);
	source->text = tree_read(parse->setup->tree, path, &source->size, NULL);
	if (!source->text)
		source->text = g_strdup("");
	source->calls = call_scanner_find(source->text, source->size, parse->setup->apis->by_name);
	g_hash_table_insert(parse->sources, g_strdup(path), source);
	return source;
}

char *call_key(const char *path, const struct text_call *call)
{
	return g_strdup_printf("%s:%u:%u:%s", path, call->line, call->column, call->name);
}

/* Headers below include/ are jobs of their own: every file includes them. */
static GHashTable *wanted_paths(const struct parse_setup *setup, const struct parse_job *job)
{
	GHashTable *wanted = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, setup->candidates);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (tree_is_module(setup->tree) || !path_is_public(setup->apis->knowledge, path))
			g_hash_table_add(wanted, path);
	g_hash_table_add(wanted, job->path);
	return wanted;
}

struct flags_input parse_flags_input(const struct parse_setup *setup, const struct parse_job *job)
{
	const struct header_cache *headers =
		setup->headers ? g_hash_table_lookup(setup->headers, job->arch) : NULL;

	return (struct flags_input){
		.tree = setup->tree,
		.arch = job->arch,
		.stubs = headers ? headers->dir : "stubs",
		.path = job->path,
		.kbuild = job->kbuild,
		.on = job->symbols,
		.common = config_symbols_common(setup->common, job->arch),
	};
}

char *parse_flags_text(const struct parse_setup *setup, const struct parse_job *job)
{
	struct flags_input input = parse_flags_input(setup, job);
	g_auto(GStrv) args = NULL;
	GString *text;

	input.stubs = "stubs";
	args = compiler_flags_make(&input);
	text = g_string_new(NULL);
	for (char **arg = args; *arg; arg++)
		g_string_append_printf(text, "%s\n", *arg);
	for (guint i = 0; job->exact && i < job->exact->len; i++) {
		const struct exact_flags *exact = job->exact->pdata[i];

		g_string_append_printf(text, "\n%s\n", exact->arch->name);
		for (guint j = 0; j < exact->args->len; j++)
			g_string_append_printf(text, "%s\n", (char *)exact->args->pdata[j]);
	}
	return g_string_free(text, FALSE);
}

/* The wanted files other than the job's own in which a call was seen, sorted. */
static GList *visited_files(struct parse *parse)
{
	g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter iter;
	GList *sorted;
	void *key;

	g_hash_table_iter_init(&iter, parse->seen);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		char *path = g_strndup(key, strchr(key, ':') - (char *)key);

		if (strcmp(path, parse->job->path))
			g_hash_table_add(paths, path);
		else
			g_free(path);
	}
	sorted = g_list_sort(g_hash_table_get_keys(paths), (GCompareFunc)strcmp);
	g_hash_table_steal_all(paths);
	return sorted;
}

static void parse_begin(struct parse *parse, const struct parse_setup *setup,
			const struct parse_job *job)
{
	*parse = (struct parse){
		.setup = setup, .job = job, .wanted = wanted_paths(setup, job),
		.sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, source_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.included = g_hash_table_new(g_str_hash, g_str_equal),
		.missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.unit = {
			.tree = setup->tree, .apis = setup->apis, .facts = facts_new(),
			.files = g_hash_table_new(NULL, NULL),
			.calls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						       seen_call_free),
			.positions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		},
	};
	parse->unit.wanted = parse->wanted;
	parse->unit.parse = parse;
	facts_file(parse->unit.facts, job->path);
}

static char *parse_end(struct parse *parse)
{
	g_hash_table_destroy(parse->wanted);
	g_hash_table_destroy(parse->sources);
	g_hash_table_destroy(parse->seen);
	g_hash_table_destroy(parse->included);
	g_hash_table_destroy(parse->missing);
	g_hash_table_destroy(parse->unit.files);
	g_hash_table_destroy(parse->unit.positions);
	g_hash_table_destroy(parse->unit.calls);
	return facts_finish(parse->unit.facts);
}

char *parse_facts(const struct parse_setup *setup, const struct parse_job *job)
{
	struct parse parse;
	GList *visited;

	parse_begin(&parse, setup, job);
	parse_configurations(&parse);
	missing_headers_write(&parse);
	parse_rows(&parse, job->path);
	visited = visited_files(&parse);
	for (GList *item = visited; item; item = item->next)
		parse_rows(&parse, item->data);
	g_list_free_full(visited, g_free);
	return parse_end(&parse);
}

char *parse_text(const struct parse_setup *setup, const struct parse_job *job,
		 enum file_status status, const char *reason)
{
	struct parse parse;

	parse_begin(&parse, setup, job);
	facts_line(parse.unit.facts, "E", file_status_word(status), reason, NULL);
	parse_rows(&parse, job->path);
	return parse_end(&parse);
}
