// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "ctext/conditional_stack.h"
#include "ctext/directive_words.h"
#include "frontend/pch_fit.h"

static bool is_among(const GPtrArray *words, const char *word)
{
	for (guint i = 0; i < words->len; i++)
		if (!strcmp(words->pdata[i], word))
			return true;
	return false;
}

/* Symbols that the headers ask for, that the file sets and that they were parsed without. */
static void add_symbols(const struct pch *pch, const struct parse *parse, GHashTable *doubts)
{
	const struct parse_job *job = parse->job;
	const GPtrArray *common = config_symbols_common(parse->setup->common, job->arch);

	for (guint i = 0; i < job->symbols->len; i++) {
		const char *symbol = job->symbols->pdata[i];

		if (g_hash_table_contains(pch->seen, symbol) && !is_among(common, symbol) &&
		    !arch_config_excluded(job->arch, symbol + strlen("CONFIG_")))
			g_hash_table_add(doubts, g_strdup(symbol));
	}
}

/**
 * struct macro_search - for macros that headers test
 */
struct macro_search {
	const struct pch *pch;
	GHashTable *doubts;
};

static void look_at_macro(const char *word, size_t length, void *data)
{
	struct macro_search *search = data;
	g_autofree char *key = g_strdup_printf("#%.*s", (int)length, word);

	if (g_hash_table_contains(search->pch->seen, key))
		g_hash_table_add(search->doubts, g_strdup(key + 1));
}

/* Macros, DEBUG for one, that the headers test and the file or its Makefile defines before them. */
static void add_macros(const struct pch *pch, struct parse *parse, GHashTable *doubts)
{
	const struct source *source = parse_source(parse, parse->job->path);
	struct macro_search search = { .pch = pch, .doubts = doubts };

	for (guint i = 0; i < parse->job->kbuild->len; i++) {
		const char *macro = option_value(parse->job->kbuild->pdata[i], "-D");

		if (macro)
			look_at_macro(macro, strcspn(macro, "=("), &search);
	}
	directive_defines_visit(source->text, source->size, look_at_macro, &search);
}

bool pch_has(const struct pch *pch, const struct parse *parse)
{
	g_autofree char *full = g_build_filename(parse->setup->tree->top, parse->job->path, NULL);

	return g_hash_table_contains(pch->seen, full);
}

/* The text uses a macro of the headers that has another body with the file's symbols. */
static bool is_doubtful(const struct pch *pch, const struct parse *parse, GHashTable *doubts,
			const char *text, size_t size)
{
	return g_hash_table_size(doubts) &&
	       macro_graph_depends(pch->macros, parse->setup->apis->knowledge, text, size, doubts);
}

GHashTable *pch_doubts(const struct pch *pch, struct parse *parse)
{
	const struct source *source = parse_source(parse, parse->job->path);
	GHashTable *doubts;

	/* One of the headers themselves would find its own guard defined. */
	if (pch_has(pch, parse))
		return NULL;
	doubts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	add_symbols(pch, parse, doubts);
	add_macros(pch, parse, doubts);
	if (!is_doubtful(pch, parse, doubts, source->text, source->size))
		return doubts;
	g_hash_table_destroy(doubts);
	return NULL;
}

/* -- after the parser -- */

static bool is_in_main_file(CXDiagnostic diagnostic)
{
	return clang_Location_isFromMainFile(clang_getDiagnosticLocation(diagnostic));
}

static bool says(CXDiagnostic diagnostic, const char *words)
{
	CXString text = clang_getDiagnosticSpelling(diagnostic);
	bool found = strstr(clang_getCString(text), words);

	clang_disposeString(text);
	return found;
}

/* "'NAME' file not found" */
static bool is_missing(CXDiagnostic diagnostic)
{
	CXString text = clang_getDiagnosticSpelling(diagnostic);
	bool found = g_str_has_suffix(clang_getCString(text), "file not found");

	clang_disposeString(text);
	return found;
}

/*
 * The header that is not there, in <> and not in a folder of the kernel's headers, is one
 * of user space: <stdio.h>, <sys/mman.h>. A header of the kernel may be made by a build.
 */
static bool is_of_user_space(struct parse *parse, CXDiagnostic diagnostic)
{
	const struct source *source = parse_source(parse, parse->job->path);
	g_autofree char *folder = NULL;
	unsigned int offset;
	const char *name;
	size_t length;

	clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, NULL, NULL, &offset);
	if (offset >= source->size || source->text[offset] != '<')
		return false;
	name = source->text + offset + 1;
	length = strcspn(name, "/>\n");
	folder = g_strdup_printf("include/%.*s", (int)length, name);
	return name[length] != '/' || (!g_str_has_prefix(name, "asm/") &&
				       !tree_has(parse->setup->tree->kernel, folder));
}

/*
 * The path of the file that a note of the diagnostic names as the place of an earlier
 * declaration, NULL without such a note. Caller frees.
 */
static char *earlier_header(CXDiagnostic diagnostic)
{
	CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
	unsigned int count = clang_getNumDiagnosticsInSet(notes);
	char *path = NULL;

	for (unsigned int i = 0; i < count && !path; i++) {
		CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
		CXFile file = NULL;

		clang_getFileLocation(clang_getDiagnosticLocation(note), &file, NULL, NULL, NULL);
		if (file && says(note, "previous")) {
			CXString name = clang_getFileName(file);

			path = g_canonicalize_filename(clang_getCString(name), "/");
			clang_disposeString(name);
		}
		clang_disposeDiagnostic(note);
	}
	return path;
}

/* "#include <NAME>", under no condition, before an offset of the file. */
static bool includes_before(struct parse *parse, const char *name, size_t offset)
{
	const struct source *source = parse_source(parse, parse->job->path);
	g_autofree char *words = g_strdup_printf("#include <%s>", name);
	const char *at = strstr(source->text, words);
	g_autofree char *guard = NULL;

	if (!at || (size_t)(at - source->text) >= offset ||
	    (at > source->text && at[-1] != '\n'))
		return false;
	guard = conditional_guard(source->text, source->size, at - source->text);
	return !*guard;
}

/*
 * The earlier declaration, of such an error, is not one of the headers, or the file itself
 * includes the public header that has it before the place of the error: the same error comes
 * without the PCH.
 */
static bool is_of_file(struct parse *parse, const struct pch *pch, CXDiagnostic diagnostic)
{
	g_autofree char *top = g_build_filename(parse->setup->tree->kernel->top, "include", NULL);
	g_autofree char *header = earlier_header(diagnostic);
	const char *name;
	unsigned int offset;

	if (!header)
		return false;
	if (!g_hash_table_contains(pch->seen, header))
		return true;
	name = tree_below(header, top);
	clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, NULL, NULL, &offset);
	return name && is_in_main_file(diagnostic) && includes_before(parse, name, offset);
}

/*
 * Something is declared twice: a file's own function of a name that one of the headers has
 * which it does not include itself. Or the file includes what is not there, as a program
 * of user space does: then the headers would tell it what functions it never saw.
 */
static bool is_of_headers(struct parse *parse, const struct pch *pch, CXDiagnostic diagnostic)
{
	static const char *const twice[] = {
		"redefinition of", "redeclaration of", "conflicting types for",
		"follows non-static declaration",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(twice); i++)
		if (says(diagnostic, twice[i]))
			return !is_of_file(parse, pch, diagnostic);
	return is_missing(diagnostic) && is_in_main_file(diagnostic) &&
	       is_of_user_space(parse, diagnostic);
}

/**
 * struct header_search - for further headers of the file that the doubts matter to
 */
struct header_search {
	const struct parse *parse;
	const struct pch *pch;
	GHashTable *doubts;
	bool found;
};

static void look_at_header(CXFile file, CXSourceLocation *stack, unsigned int depth,
			   CXClientData data)
{
	struct header_search *search = data;
	CXString name = clang_getFileName(file);
	g_autofree char *path = g_canonicalize_filename(clang_getCString(name), "/"), *text = NULL;
	gsize size = 0;

	(void)stack;
	if (depth && !search->found && !g_hash_table_contains(search->pch->seen, path) &&
	    g_file_get_contents(path, &text, &size, NULL))
		search->found = is_doubtful(search->pch, search->parse, search->doubts, text, size);
	clang_disposeString(name);
}

static bool headers_are_doubtful(const struct parse *parse, const struct pch *pch,
				 GHashTable *doubts)
{
	struct header_search search = { .parse = parse, .pch = pch, .doubts = doubts };

	if (g_hash_table_size(doubts))
		clang_getInclusions(parse->unit.tu, look_at_header, &search);
	return search.found;
}

bool pch_misleads(struct parse *parse, const struct pch *pch, GHashTable *doubts)
{
	/* clang_getDiagnostic() makes the whole set anew for each of them where one has a note. */
	CXDiagnosticSet all = clang_getDiagnosticSetFromTU(parse->unit.tu);
	unsigned int count = clang_getNumDiagnosticsInSet(all);
	bool found = false;

	for (unsigned int i = 0; i < count && !found; i++) {
		CXDiagnostic diagnostic = clang_getDiagnosticInSet(all, i);

		found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
			(g_hash_table_size(doubts) || is_of_headers(parse, pch, diagnostic));
		clang_disposeDiagnostic(diagnostic);
	}
	clang_disposeDiagnosticSet(all);
	return found || headers_are_doubtful(parse, pch, doubts);
}
