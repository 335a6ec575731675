// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "flags.h"
#include "lexer.h"
#include "parse.h"
#include "place.h"
#include "precompiled.h"
#include "probe.h"

#define MAX_CONFIGURATIONS 8

/**
 * struct parse - a file under way
 * @texts: path -> struct source, of the file and the wanted ones it includes
 * @seen: key of unit.calls -> configuration in which the AST had it, in words
 */
struct parse {
	const struct parse_setup *setup;
	const struct parse_job *job;
	struct unit unit;
	GHashTable *wanted;
	GHashTable *sources;
	GHashTable *seen;
	GPtrArray *symbols;
};

struct source {
	char *text;
	size_t size;
	GPtrArray *calls;
};

static void source_free(void *data)
{
	struct source *source = data;

	g_free(source->text);
	g_ptr_array_free(source->calls, TRUE);
	g_free(source);
}

static struct source *source_of(struct parse *parse, const char *path)
{
	struct source *source = g_hash_table_lookup(parse->sources, path);

	if (source)
		return source;
	source = g_new0(struct source, 1);
	source->text = tree_read(parse->setup->tree, path, &source->size, NULL);
	if (!source->text)
		source->text = g_strdup("");
	source->calls = lexer_calls(source->text, source->size, parse->setup->apis->by_name);
	g_hash_table_insert(parse->sources, g_strdup(path), source);
	return source;
}

/* Headers below include/ are jobs of their own: every file includes them. */
static GHashTable *wanted_paths(const struct parse_setup *setup, const struct parse_job *job)
{
	GHashTable *wanted = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, setup->candidates);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (!g_str_has_prefix(path, "include/"))
			g_hash_table_add(wanted, path);
	g_hash_table_add(wanted, job->path);
	return wanted;
}

static GPtrArray *config_symbols(const struct parse_setup *setup, const struct parse_job *job)
{
	size_t size = 0;
	g_autofree char *text = tree_read(setup->tree, job->path, &size, NULL);
	GPtrArray *symbols = lexer_words(text ? text : "", text ? size : 0, "CONFIG_");

	if (*job->config)
		g_ptr_array_add(symbols, g_strdup(job->config));
	return symbols;
}

static struct flags_input flags_input(const struct parse_setup *setup, const struct parse_job *job,
				      GPtrArray *symbols)
{
	return (struct flags_input){
		.tree = setup->tree, .arch = job->arch, .stubs = setup->stubs, .path = job->path,
		.kbuild = job->kbuild, .on = symbols,
	};
}

char *parse_flags_text(const struct parse_setup *setup, const struct parse_job *job)
{
	g_autoptr(GPtrArray) symbols = config_symbols(setup, job);
	struct flags_input input = flags_input(setup, job, symbols);
	g_auto(GStrv) args = NULL;

	input.stubs = "stubs";
	args = flags_make(&input);
	return g_strjoinv("\n", args);
}

/* Which calls the AST has now that no earlier configuration had. */
static void note_seen(struct parse *parse, const char *configuration)
{
	GHashTableIter iter;
	void *key;

	g_hash_table_iter_init(&iter, parse->unit.calls);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		if (!g_hash_table_contains(parse->seen, key))
			g_hash_table_insert(parse->seen, g_strdup(key), g_strdup(configuration));
}

/* NULL when the file sees other headers than those that were parsed beforehand. */
static const struct precompiled *usable_headers(const struct parse *parse)
{
	const struct precompiled *pch;

	if (!parse->setup->precompiled || !g_str_has_suffix(parse->job->path, ".c"))
		return NULL;
	pch = g_hash_table_lookup(parse->setup->precompiled, parse->job->arch);
	return pch && precompiled_fits(pch, parse->job->arch, parse->symbols) ? pch : NULL;
}

/* text: to be parsed in place of the file's own, or NULL */
static bool parse_text_once(struct parse *parse, const struct flags_input *input,
			    const struct precompiled *pch, const char *text,
			    const char *configuration)
{
	g_autofree char *full = g_build_filename(parse->setup->tree->top, parse->job->path, NULL);
	char **flags = flags_make(input);
	g_auto(GStrv) args = pch ? precompiled_args(pch, flags) : flags;
	CXIndex index = clang_createIndex(pch != NULL, 0);
	struct CXUnsavedFile instead = { full, text, text ? strlen(text) : 0 };
	enum CXErrorCode failure;

	failure = clang_parseTranslationUnit2(index, full, (const char *const *)args,
					      g_strv_length(args), &instead, text != NULL,
					      CXTranslationUnit_KeepGoing, &parse->unit.tu);
	if (!failure) {
		g_hash_table_remove_all(parse->unit.files);
		unit_walk(&parse->unit);
		clang_disposeTranslationUnit(parse->unit.tu);
		note_seen(parse, configuration);
	}
	clang_disposeIndex(index);
	return !failure;
}

static bool parse_once(struct parse *parse, const struct flags_input *input,
		       const struct precompiled *pch, const char *configuration)
{
	return parse_text_once(parse, input, pch, NULL, configuration);
}

static char *call_key(const char *path, const struct text_call *call)
{
	return g_strdup_printf("%s:%u:%u:%s", path, call->line, call->column, call->name);
}

static bool is_site(const struct parse *parse, const struct text_call *call)
{
	const struct api *api = api_find(parse->setup->apis, call->name);

	return api_has_role(api, "acquire") || api_has_role(api, "release");
}

/* The first acquire or release of the file that no configuration has shown, after skip others. */
static const struct text_call *first_unseen(struct parse *parse, unsigned int skip)
{
	struct source *source = source_of(parse, parse->job->path);

	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];
		g_autofree char *key = call_key(parse->job->path, call);

		if (call->dead || *call->macro || !is_site(parse, call) ||
		    g_hash_table_contains(parse->seen, key))
			continue;
		if (!skip--)
			return call;
	}
	return NULL;
}

/*
 * Macros of a guard that its negations want undefined, and the others. Not a
 * solver: a symbol counts as negated when '!' stands before it or before the
 * parenthesis that opens its group.
 */
static void guard_split(const char *guard, GPtrArray *on, GPtrArray *off)
{
	g_autoptr(GArray) negated = g_array_new(FALSE, TRUE, sizeof(bool));
	bool pending = false, inside = false;

	for (const char *p = guard; *p; p++) {
		if (*p == '!' && p[1] != '=') {
			pending = !pending;
		} else if (*p == '(') {
			g_array_append_val(negated, inside);
			inside ^= pending;
			pending = false;
		} else if (*p == ')' && negated->len) {
			inside = g_array_index(negated, bool, negated->len - 1);
			g_array_set_size(negated, negated->len - 1);
		} else if (g_ascii_isalpha(*p) || *p == '_') {
			size_t length = strspn(p, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
			char *word = g_strndup(p, length);
			bool operator = !strcmp(word, "defined") || g_str_has_prefix(word, "IS_");

			if (operator)
				g_free(word);
			else
				g_ptr_array_add(inside ^ pending ? off : on, word);
			pending &= operator;
			p += length - 1;
		}
	}
}

static bool parse_for_guard(struct parse *parse, const struct text_call *call)
{
	struct flags_input input = flags_input(parse->setup, parse->job, parse->symbols);
	g_autoptr(GPtrArray) on = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) off = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *words = g_strdup_printf("with %s", call->guard);

	guard_split(call->guard, on, off);
	input.defines = on;
	input.off = off;
	return parse_once(parse, &input, NULL, words);
}

/* A site in the body of a macro that the file defines and does not use. */
static const struct text_call *first_unused_macro(struct parse *parse, unsigned int skip)
{
	struct source *source = source_of(parse, parse->job->path);

	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];
		g_autofree char *key = call_key(parse->job->path, call);

		if (call->dead || !*call->macro || !is_site(parse, call) ||
		    g_hash_table_contains(parse->seen, key))
			continue;
		if (!skip--)
			return call;
	}
	return NULL;
}

static void parse_unused_macros(struct parse *parse)
{
	struct flags_input input = flags_input(parse->setup, parse->job, parse->symbols);
	const struct text_call *call;
	unsigned int given_up = 0;

	for (int i = 0; i < MAX_CONFIGURATIONS; i++) {
		g_autofree char *text = NULL;

		call = first_unused_macro(parse, given_up);
		if (!call)
			break;
		text = probe_text(source_of(parse, parse->job->path)->text, call->macro);
		if (text)
			parse_text_once(parse, &input, NULL, text, "in a use of the macro that gupconv added");
		if (first_unused_macro(parse, given_up) == call)
			given_up++;
	}
}

static void parse_configurations(struct parse *parse)
{
	struct flags_input input = flags_input(parse->setup, parse->job, parse->symbols);
	const struct text_call *call;
	unsigned int given_up = 0;
	const struct precompiled *pch = usable_headers(parse);
	bool parsed = parse_once(parse, &input, pch, "");

	/* Never a call less than without the PCH. */
	if (pch && first_unseen(parse, 0))
		parsed = parse_once(parse, &input, NULL, "");
	if (parsed && first_unseen(parse, 0) && parse->symbols->len) {
		input.off = parse->symbols;
		parse_once(parse, &input, NULL, "without the CONFIG_ symbols that the file names");
	}
	for (int i = 0; parsed && i < MAX_CONFIGURATIONS; i++) {
		call = first_unseen(parse, given_up);
		if (!call)
			break;
		parse_for_guard(parse, call);
		if (first_unseen(parse, given_up) == call)
			given_up++;
	}
	if (parsed)
		parse_unused_macros(parse);
	facts_line(parse->unit.facts, "E", parsed ? "parsed" : "failed",
		   parsed ? "" : "libclang could not make a translation unit of it", NULL);
}

/* What the AST has there; a name that is itself a macro stands for what it calls. */
static const struct seen_call *seen_call(struct parse *parse, const char *path,
					 const struct text_call *call)
{
	g_autofree char *key = call_key(path, call);
	g_autofree char *position = g_strdup_printf("%s:%u:%u", path, call->line, call->column);
	const struct seen_call *seen = g_hash_table_lookup(parse->unit.calls, key);

	return seen ? seen : g_hash_table_lookup(parse->unit.positions, position);
}

static const char *call_status(const struct text_call *call, const struct seen_call *seen,
			       const char *configuration)
{
	if (seen && seen->homonym)
		return "homonym";
	if (call->dead && !seen)
		return "dead";
	if (!seen)
		return "text-only";
	return seen->bare || *configuration ? "recovered" : "resolved";
}

static void emit_arguments(struct parse *parse, const struct source *source,
			   const struct text_call *call, const struct seen_call *seen)
{
	g_autoptr(GPtrArray) texts = lexer_arguments(source->text, source->size, call->offset);

	for (guint i = 0; i < texts->len; i++) {
		const char *name = seen && i < seen->param_names->len ?
			seen->param_names->pdata[i] : "";
		char seq[16];

		g_snprintf(seq, sizeof(seq), "%u", i);
		facts_line(parse->unit.facts, "A", seq, name,
			   api_param_role(parse->setup->apis, name), texts->pdata[i], "", NULL);
	}
}

static char *call_flags(struct parse *parse, const struct source *source,
			const struct text_call *call, const struct seen_call *seen)
{
	g_autoptr(GPtrArray) texts = NULL;

	if (!seen)
		return g_strdup("");
	texts = lexer_arguments(source->text, source->size, call->offset);
	for (guint i = 0; i < MIN(texts->len, seen->param_names->len); i++) {
		const char *role = api_param_role(parse->setup->apis, seen->param_names->pdata[i]);

		if (!strcmp(role, "flags"))
			return g_strdup(texts->pdata[i]);
		if (!strcmp(role, "write"))
			return g_strdup_printf("write: %s", (char *)texts->pdata[i]);
	}
	return g_strdup("");
}

static void emit_call(struct parse *parse, const char *path, const struct source *source,
		      const struct text_call *call)
{
	const struct api *api = api_find(parse->setup->apis, call->name);
	g_autofree char *key = call_key(path, call);
	const struct seen_call *seen = seen_call(parse, path, call);
	const char *noted = g_hash_table_lookup(parse->seen, key);
	const char *configuration = noted ? noted : "";
	g_autofree char *flags = call_flags(parse, source, call, seen);
	char cells[4][16];

	g_snprintf(cells[0], sizeof(cells[0]), "%u", call->line);
	g_snprintf(cells[1], sizeof(cells[1]), "%u", call->column);
	g_snprintf(cells[2], sizeof(cells[2]), "%d", seen ? seen->place : -1);
	g_snprintf(cells[3], sizeof(cells[3]), "%u", call->function_line);
	facts_line(parse->unit.facts, "C", cells[0], cells[1], call->name, api->role,
		   call_status(call, seen, configuration), call->guard, configuration,
		   call->macro, cells[2], flags, call->function, cells[3], NULL);
	emit_arguments(parse, source, call, seen);
}

/* The keys of calls that a macro brings to this file, sorted. */
static GList *expanded_calls(struct parse *parse, const char *path)
{
	g_autofree char *prefix = g_strconcat(path, ":", NULL);
	GHashTableIter iter;
	GList *keys = NULL;
	void *key, *call;

	g_hash_table_iter_init(&iter, parse->unit.calls);
	while (g_hash_table_iter_next(&iter, &key, &call))
		if (((struct seen_call *)call)->expanded && g_str_has_prefix(key, prefix))
			keys = g_list_prepend(keys, key);
	return g_list_sort(keys, (GCompareFunc)strcmp);
}

static size_t offset_of(const struct source *source, unsigned int line, unsigned int column)
{
	const char *at = source->text;

	while (--line && (at = strchr(at, '\n')))
		at++;
	return at ? MIN((size_t)(at - source->text) + column - 1, source->size) : source->size;
}

/* A use of a macro whose body holds an acquire or release: the row names the macro. */
static void emit_expanded(struct parse *parse, const char *path, const struct source *source,
			  const char *key)
{
	const char *position = key + strlen(path) + 1;
	const struct seen_call *seen = g_hash_table_lookup(parse->unit.calls, key);
	const struct api *api = api_find(parse->setup->apis, seen->callee);
	struct text_call call = { .name = seen->callee, .guard = (char *)"", .function = (char *)"" };
	g_autofree char *macro = NULL;
	const char *name;

	if (!api_has_role(api, "acquire") && !api_has_role(api, "release"))
		return;
	sscanf(position, "%u:%u", &call.line, &call.column);
	call.offset = offset_of(source, call.line, call.column);
	if (call.offset >= source->size)
		return;		/* in the probe that was added to the text */
	name = source->text + call.offset;
	macro = g_strndup(name, strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"));
	call.macro = macro;
	emit_call(parse, path, source, &call);
}

static void emit_calls(struct parse *parse, const char *path)
{
	struct source *source = source_of(parse, path);
	g_autoptr(GHashTable) written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GList *expanded = expanded_calls(parse, path);

	facts_file(parse->unit.facts, path);
	for (guint i = 0; i < source->calls->len; i++) {
		emit_call(parse, path, source, source->calls->pdata[i]);
		g_hash_table_add(written, call_key(path, source->calls->pdata[i]));
	}
	for (GList *item = expanded; item; item = item->next)
		if (!g_hash_table_contains(written, item->data))
			emit_expanded(parse, path, source, item->data);
	g_list_free(expanded);
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
		.symbols = config_symbols(setup, job),
		.unit = {
			.tree = setup->tree, .apis = setup->apis, .facts = facts_new(),
			.files = g_hash_table_new(NULL, NULL),
			.calls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, seen_call_free),
			.positions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		},
	};
	parse->unit.wanted = parse->wanted;
	facts_file(parse->unit.facts, job->path);
}

static char *parse_end(struct parse *parse)
{
	g_ptr_array_free(parse->symbols, TRUE);
	g_hash_table_destroy(parse->wanted);
	g_hash_table_destroy(parse->sources);
	g_hash_table_destroy(parse->seen);
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
	emit_calls(&parse, job->path);
	visited = visited_files(&parse);
	for (GList *item = visited; item; item = item->next)
		emit_calls(&parse, item->data);
	g_list_free_full(visited, g_free);
	return parse_end(&parse);
}

char *parse_text(const struct parse_setup *setup, const struct parse_job *job, const char *status,
		 const char *reason)
{
	struct parse parse;

	parse_begin(&parse, setup, job);
	facts_line(parse.unit.facts, "E", status, reason, NULL);
	emit_calls(&parse, job->path);
	return parse_end(&parse);
}
