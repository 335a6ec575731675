// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "frontend/compile_commands.h"
#include "kbuild/compiler_flags.h"
#include "ctext/conditional_stack.h"
#include "ctext/header_bodies.h"
#include "ctext/presence_condition.h"
#include "kbuild/kbuild.h"
#include "frontend/header_cache.h"
#include "frontend/missing_headers.h"
#include "source/path_escape.h"
#include "frontend/parse_state.h"
#include "frontend/bare_headers.h"
#include "frontend/macro_probe.h"
#include "frontend/pch_fit.h"

#define MAX_CONFIGURATIONS 8
/* A module has one for each kernel that it was ever built for. */
#define MAX_OF_MODULE 32

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

/* Headers that were parsed beforehand, or NULL. */
static const struct pch *pch_of_job(const struct parse *parse)
{
	const struct header_cache *headers =
		g_hash_table_lookup(parse->setup->headers, parse->job->arch);

	return headers ? headers->pch : NULL;
}

static void add_included(CXFile file, CXSourceLocation *stack, unsigned int depth,
			 CXClientData data)
{
	struct parse *parse = data;
	CXString name = clang_getFileName(file);
	g_autofree char *full = g_canonicalize_filename(clang_getCString(name), "/");
	const char *path = tree_below(full, parse->setup->tree->top);
	void *wanted;

	(void)stack;
	if (depth && path && g_hash_table_lookup_extended(parse->wanted, path, &wanted, NULL))
		g_hash_table_add(parse->included, wanted);
	clang_disposeString(name);
}

/**
 * struct view - one way to look at the file
 * @exact: in place of @flags, or NULL
 * @pch: headers parsed beforehand, or NULL
 * @doubts: with @pch but for @bodies: see pch_doubts()
 * @path: a file that is replaced by @text, or NULL
 * @bodies: @text has the bodies of functions that @pch has without them, and is parsed
 * @words: the configuration, in words
 */
struct view {
	struct flags_input flags;
	const struct exact_flags *exact;
	const struct pch *pch;
	GHashTable *doubts;
	const char *path;
	const char *text;
	size_t size;
	bool bodies;
	const char *words;
};

static void unsaved_clear(void *unsaved)
{
	g_free((char *)((struct CXUnsavedFile *)unsaved)->Filename);
}

static void texts_add(GArray *texts, const char *full, const char *text, size_t size)
{
	struct CXUnsavedFile unsaved = { g_strdup(full), text, size };

	g_array_append_val(texts, unsaved);
}

/* The texts that a change gives to sources of the tree, but for one that has another here. */
static GArray *changed_texts(const struct tree *tree, const char *but)
{
	g_autoptr(GPtrArray) paths = source_overlay_paths(tree->change);
	GArray *texts = g_array_new(FALSE, FALSE, sizeof(struct CXUnsavedFile));

	g_array_set_clear_func(texts, unsaved_clear);
	for (guint i = 0; i < paths->len; i++) {
		const char *path = paths->pdata[i], *text = NULL;
		g_autofree char *full = g_build_filename(tree->top, path, NULL);
		size_t size = 0;

		source_overlay_find(tree->change, path, &text, &size);
		if (text && g_strcmp0(path, but) &&
		    file_is_c(path))
			texts_add(texts, full, text, size);
	}
	return texts;
}

static void add_bare(const char *full, const char *text, size_t size, void *data)
{
	texts_add(data, full, text, size);
}

/* As the file is compiled for the kernel at hand; other branches are for other kernels. */
static bool tells_of_headers(const struct parse *parse, const struct view *view)
{
	return tree_is_module(parse->setup->tree) && file_is_source(parse->job->path) &&
	       !view->bodies && !*view->words && !parse->job->exact == !view->exact;
}

/* false when libclang makes nothing of it, or by the headers of @pch something else */
static bool parse_view(struct parse *parse, const struct view *view)
{
	const char *top = parse->setup->tree->top;
	g_autofree char *full = g_build_filename(top, view->bodies ? view->path : parse->job->path,
						 NULL);
	g_autofree char *other = view->text ? g_build_filename(top, view->path, NULL) : NULL;
	char **flags = view->exact ? compiler_flags_of_build(view->exact->arch, view->exact->args) :
		       compiler_flags_make(&view->flags);
	bool doubtful = view->doubts && g_hash_table_size(view->doubts);
	g_auto(GStrv) args = view->pch ? pch_args(view->pch, doubtful, flags) : flags;
	CXIndex index = clang_createIndex(view->pch != NULL, 0);
	g_autoptr(GArray) texts = changed_texts(parse->setup->tree, view->text ? view->path : NULL);
	enum CXErrorCode failure;

	/* libclang knows no name that is not UTF-8: such a file is given as text. */
	if (path_is_escaped(top, parse->job->path) && g_strcmp0(other, full)) {
		const struct source *source = parse_source(parse, parse->job->path);

		texts_add(texts, full, source->text, source->size);
	}
	if (view->text)
		texts_add(texts, other, view->text, view->size);
	if (parse->setup->bare && !view->bodies && !view->exact)
		bare_headers_visit(parse->setup->bare, parse->job, view->pch, add_bare, texts);
	failure = clang_parseTranslationUnit2(index, full, (const char *const *)args,
					      g_strv_length(args), (void *)texts->data, texts->len,
					      CXTranslationUnit_KeepGoing, &parse->unit.tu);
	if (!failure && view->pch && !view->bodies &&
	    pch_misleads(parse, view->pch, view->doubts)) {
		clang_disposeTranslationUnit(parse->unit.tu);
		failure = CXError_ASTReadError;
	}
	if (!failure) {
		g_hash_table_remove_all(parse->unit.files);
		tu_walk(&parse->unit);
		if (tree_is_module(parse->setup->tree))
			clang_getInclusions(parse->unit.tu, add_included, parse);
		if (tells_of_headers(parse, view))
			missing_headers_note(parse, parse->unit.tu);
		clang_disposeTranslationUnit(parse->unit.tu);
		note_seen(parse, view->words);
	}
	clang_disposeIndex(index);
	return !failure;
}

static bool parse_once(struct parse *parse, const struct flags_input *input, const char *words)
{
	const struct view view = { .flags = *input, .words = words };

	return parse_view(parse, &view);
}

static bool is_site(const struct parse *parse, const struct text_call *call)
{
	const struct api *api = api_find(parse->setup->apis, call->name);

	return api_is_site(api);
}

/* An acquire or release of a file that no configuration has shown. */
static bool is_unseen(struct parse *parse, const char *path, const struct text_call *call)
{
	g_autofree char *key = call_key(path, call);

	return !call->dead && is_site(parse, call) && !g_hash_table_contains(parse->seen, key);
}

/* The first of the file itself, after skip others. */
static const struct text_call *first_unseen(struct parse *parse, unsigned int skip)
{
	struct source *source = parse_source(parse, parse->job->path);

	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];

		if (!*call->macro && is_unseen(parse, parse->job->path, call) && !skip--)
			return call;
	}
	return NULL;
}

/* The functions of a header that the PCH has without their bodies. */
static bool parse_bodies(struct parse *parse, const struct flags_input *input,
			 const struct pch *pch)
{
	const struct source *source = parse_source(parse, parse->job->path);
	g_autofree char *text = header_bodies_text(source->text, source->size);
	g_autofree char *path = g_strconcat(parse->job->path, BODIES_SUFFIX, NULL);
	const struct view view = { .flags = *input, .pch = pch, .path = path, .text = text,
				   .size = strlen(text), .bodies = true, .words = "" };

	return parse_view(parse, &view);
}

/* As the file is by itself, with the PCH where that shows the same. */
static bool parse_plainly(struct parse *parse, const struct flags_input *input)
{
	struct view view = { .flags = *input, .pch = pch_of_job(parse), .words = "" };
	g_autoptr(GHashTable) doubts = NULL;

	if (parse->job->bodies && view.pch && pch_has(view.pch, parse) &&
	    parse_bodies(parse, input, view.pch))
		return true;
	doubts = view.pch ? pch_doubts(view.pch, parse) : NULL;
	view.doubts = doubts;
	/* Never a call less than without the PCH; nor a file, even if the PCH was removed. */
	if (doubts && parse_view(parse, &view) && !first_unseen(parse, 0))
		return true;
	return parse_once(parse, input, "");
}

static bool is_among(const GPtrArray *words, const char *word)
{
	for (guint i = 0; i < words->len; i++)
		if (!strcmp(words->pdata[i], word))
			return true;
	return false;
}

/* Definitions of the other branches of a Makefile's condition, by name. */
static void exclude_others(const GPtrArray *choices, const GPtrArray *on, GPtrArray *off)
{
	for (guint i = 0; i < choices->len; i++) {
		const struct kbuild_choice *wanted = choices->pdata[i];

		for (guint j = 0; is_among(on, wanted->macro) && j < choices->len; j++) {
			const struct kbuild_choice *other = choices->pdata[j];

			if (!strcmp(other->condition, wanted->condition) &&
			    other->branch != wanted->branch && !is_among(on, other->macro))
				g_ptr_array_add(off, g_strdup(other->macro));
		}
	}
}

/* Parses the job under the guard of a call, in its own file or in one that it includes. */
static void parse_for_guard(struct parse *parse, const char *path, const struct text_call *call)
{
	const struct source *source = parse_source(parse, path);
	g_autoptr(GPtrArray) on = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) off = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *words = g_strdup_printf("with %s", call->guard), *text = NULL;
	long version = guard_version(call->guard, version_code(parse->setup->tree->version));
	struct view view = { .words = words };

	guard_split(call->guard, on, off);
	exclude_others(parse->job->choices, on, off);
	if (version)
		g_ptr_array_add(on, g_strdup_printf("LINUX_VERSION_CODE=%ld", version));
	view.flags = parse_flags_input(parse->setup, parse->job);
	view.flags.defines = on;
	view.flags.off = off;
	parse_view(parse, &view);
	if (!is_unseen(parse, path, call))
		return;
	/* The conditions of the guard are replaced by their values. */
	text = conditional_force(source->text, source->size, call->offset);
	if (!text)
		return;
	view.path = path;
	view.text = text;
	view.size = source->size;
	parse_view(parse, &view);
}

/* A site in the body of a macro that the file defines and does not use. */
static const struct text_call *first_unused_macro(struct parse *parse, unsigned int skip)
{
	struct source *source = parse_source(parse, parse->job->path);

	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];

		if (*call->macro && is_unseen(parse, parse->job->path, call) && !skip--)
			return call;
	}
	return NULL;
}

/* The text with a use of the macro that the call stands in. */
static void parse_probe(struct parse *parse, struct view *view, const char *text,
			const struct text_call *call)
{
	g_autofree char *probe = probe_text(text, call->macro);

	view->text = probe;
	view->size = probe ? strlen(probe) : 0;
	if (probe)
		parse_view(parse, view);
}

static void parse_unused_macros(struct parse *parse)
{
	struct view view = {
		.flags = parse_flags_input(parse->setup, parse->job),
		.path = parse->job->path, .words = "in a use of the macro that gupconv added",
	};
	const struct text_call *call;
	unsigned int given_up = 0;

	for (int i = 0; i < MAX_CONFIGURATIONS; i++) {
		g_autofree char *text = NULL;

		call = first_unused_macro(parse, given_up);
		if (!call)
			break;
		parse_probe(parse, &view, parse_source(parse, parse->job->path)->text, call);
		if (*call->guard && first_unused_macro(parse, given_up) == call) {
			const struct source *source = parse_source(parse, parse->job->path);

			text = conditional_force(source->text, source->size, call->offset);
			parse_probe(parse, &view, text ? text : source->text, call);
		}
		if (first_unused_macro(parse, given_up) == call)
			given_up++;
	}
}

/*
 * true when the file itself uses the macro: anything but its definitions names it. A header that
 * does is a job of its own, once for all the files that include it.
 */
static bool macro_is_used(struct parse *parse, const char *macro)
{
	g_autofree char *pattern = g_strdup_printf("(?<!define)[^A-Za-z0-9_]%s\\b", macro);

	return g_regex_match_simple(pattern, parse_source(parse, parse->job->path)->text,
				    G_REGEX_RAW, 0);
}

/* A module's header has one macro for each kernel version: the file is seen with all of them. */
static void parse_header_macros(struct parse *parse)
{
	GList *paths = g_list_sort(g_hash_table_get_keys(parse->included), (GCompareFunc)strcmp);
	unsigned int left = MAX_CONFIGURATIONS;

	for (GList *path = paths; path; path = path->next) {
		const struct source *source = parse_source(parse, path->data);

		for (guint i = 0; i < source->calls->len; i++) {
			const struct text_call *call = source->calls->pdata[i];

			if (!left || !*call->macro || !is_unseen(parse, path->data, call) ||
			    !macro_is_used(parse, call->macro))
				continue;
			left--;
			parse_for_guard(parse, path->data, call);
		}
	}
	g_list_free(paths);
}

/* The build's own variant comes first; the rest is as without it, so that no row is lost. */
static void parse_as_built(struct parse *parse)
{
	const GPtrArray *builds = parse->job->exact;

	for (guint i = 0; builds && i < builds->len; i++) {
		const struct view view = { .exact = builds->pdata[i], .words = "" };

		parse_view(parse, &view);
	}
}

void parse_configurations(struct parse *parse)
{
	struct flags_input input = parse_flags_input(parse->setup, parse->job);
	const struct text_call *call;
	unsigned int given_up = 0, max;
	bool parsed;

	parse_as_built(parse);
	parsed = parse_plainly(parse, &input);
	if (parsed && first_unseen(parse, 0) && parse->job->symbols->len) {
		input.off = parse->job->symbols;
		parse_once(parse, &input, "without the CONFIG_ symbols that the file names");
	}
	max = tree_is_module(parse->setup->tree) ? MAX_OF_MODULE : MAX_CONFIGURATIONS;
	for (unsigned int i = 0; parsed && i < max; i++) {
		call = first_unseen(parse, given_up);
		if (!call)
			break;
		parse_for_guard(parse, parse->job->path, call);
		if (first_unseen(parse, given_up) == call)
			given_up++;
	}
	if (parsed)
		parse_header_macros(parse);
	if (parsed)
		parse_unused_macros(parse);
	facts_line(parse->unit.facts, "E", file_status_word(parsed ? FILE_PARSED : FILE_FAILED),
		   parsed ? "" : "libclang could not make a translation unit of it", NULL);
}
