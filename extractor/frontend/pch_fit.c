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

/* The headers ask for a symbol that the file sets and that they were parsed without. */
static bool sets_symbol(const struct pch *pch, const struct parse *parse)
{
	const struct parse_job *job = parse->job;
	const GPtrArray *common = config_symbols_common(parse->setup->common, job->arch);

	for (guint i = 0; i < job->symbols->len; i++) {
		const char *symbol = job->symbols->pdata[i];

		if (g_hash_table_contains(pch->seen, symbol) && !is_among(common, symbol) &&
		    !arch_config_excluded(job->arch, symbol + strlen("CONFIG_")))
			return true;
	}
	return false;
}

/**
 * struct macro_search - for a macro that headers test
 * @found: one is
 */
struct macro_search {
	const struct pch *pch;
	bool found;
};

static void look_at_macro(const char *word, size_t length, void *data)
{
	struct macro_search *search = data;
	g_autofree char *key = g_strdup_printf("#%.*s", (int)length, word);

	search->found |= g_hash_table_contains(search->pch->seen, key);
}

/* The headers test a macro, DEBUG for one, that the file or its Makefile defines before them. */
static bool defines_macro(const struct pch *pch, struct parse *parse)
{
	const struct source *source = parse_source(parse, parse->job->path);
	struct macro_search search = { .pch = pch };

	for (guint i = 0; i < parse->job->kbuild->len; i++) {
		const char *macro = option_value(parse->job->kbuild->pdata[i], "-D");

		if (macro)
			look_at_macro(macro, strcspn(macro, "=("), &search);
	}
	directive_defines_visit(source->text, source->size, look_at_macro, &search);
	return search.found;
}

bool pch_has(const struct pch *pch, const struct parse *parse)
{
	g_autofree char *full = g_build_filename(parse->setup->tree->top, parse->job->path, NULL);

	return g_hash_table_contains(pch->seen, full);
}

bool pch_fits(const struct pch *pch, struct parse *parse)
{
	/* One of the headers themselves would find its own guard defined. */
	return !pch_has(pch, parse) && !sets_symbol(pch, parse) &&
	       !defines_macro(pch, parse);
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

static bool ends_with(CXDiagnostic diagnostic, const char *words)
{
	CXString text = clang_getDiagnosticSpelling(diagnostic);
	bool found = g_str_has_suffix(clang_getCString(text), words);

	clang_disposeString(text);
	return found;
}

/* The path of the header that a note of the diagnostic speaks of; NULL for none. Caller frees. */
static char *earlier_header(CXDiagnostic diagnostic)
{
	CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
	unsigned int count = clang_getNumDiagnosticsInSet(notes);
	char *path = NULL;

	for (unsigned int i = 0; i < count && !path; i++) {
		CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
		CXFile file = NULL;

		clang_getFileLocation(clang_getDiagnosticLocation(note), &file, NULL, NULL, NULL);
		if (file && says(note, "previous") && !is_in_main_file(note)) {
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
 * The file itself includes, before the place of an error, the public header that has the
 * earlier declaration: the same error comes without the PCH.
 */
static bool is_of_file(struct parse *parse, CXDiagnostic diagnostic)
{
	g_autofree char *top = g_build_filename(parse->setup->tree->kernel->top, "include", NULL);
	g_autofree char *header = is_in_main_file(diagnostic) ? earlier_header(diagnostic) : NULL;
	const char *name = header ? tree_below(header, top) : NULL;
	unsigned int offset;

	clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, NULL, NULL, &offset);
	return name && includes_before(parse, name, offset);
}

/*
 * Something is declared twice: a file's own function of a name that one of the headers has
 * which it does not include itself. Or the file includes what is not there, as a program
 * of user space does: then the headers would tell it what functions it never saw.
 */
static bool is_of_headers(struct parse *parse, CXDiagnostic diagnostic)
{
	static const char *const twice[] = {
		"redefinition of", "redeclaration of", "conflicting types for",
		"follows non-static declaration",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(twice); i++)
		if (says(diagnostic, twice[i]))
			return !is_of_file(parse, diagnostic);
	return ends_with(diagnostic, "file not found") && is_in_main_file(diagnostic);
}

bool pch_misleads(struct parse *parse)
{
	/* clang_getDiagnostic() makes the whole set anew for each of them where one has a note. */
	CXDiagnosticSet all = clang_getDiagnosticSetFromTU(parse->unit.tu);
	unsigned int count = clang_getNumDiagnosticsInSet(all);
	bool found = false;

	for (unsigned int i = 0; i < count && !found; i++) {
		CXDiagnostic diagnostic = clang_getDiagnosticInSet(all, i);

		found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
			is_of_headers(parse, diagnostic);
		clang_disposeDiagnostic(diagnostic);
	}
	clang_disposeDiagnosticSet(all);
	return found;
}
