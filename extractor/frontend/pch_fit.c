// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
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

bool pch_fits(const struct pch *pch, struct parse *parse)
{
	g_autofree char *full = g_build_filename(parse->setup->tree->top, parse->job->path, NULL);

	/* One of the headers themselves would find its own guard defined. */
	return !g_hash_table_contains(pch->seen, full) && !sets_symbol(pch, parse) &&
	       !defines_macro(pch, parse);
}

/* -- after the parser -- */

static bool is_in_main_file(CXDiagnostic diagnostic)
{
	return clang_Location_isFromMainFile(clang_getDiagnosticLocation(diagnostic));
}

/*
 * Something is declared twice: a file's own function of a name that one of the headers has
 * which it does not include itself. Or the file includes what is not there, as a program
 * of user space does: then the headers would tell it what functions it never saw.
 */
static bool is_of_headers(CXDiagnostic diagnostic)
{
	static const char *const twice[] = { "redefinition of", "redeclaration of",
					     "conflicting types for", "follows non-static declaration" };
	CXString text = clang_getDiagnosticSpelling(diagnostic);
	bool found = g_str_has_suffix(clang_getCString(text), "file not found") &&
		     is_in_main_file(diagnostic);

	for (size_t i = 0; i < G_N_ELEMENTS(twice); i++)
		found |= strstr(clang_getCString(text), twice[i]) != NULL;
	clang_disposeString(text);
	return found;
}

bool pch_misleads(CXTranslationUnit unit)
{
	/* clang_getDiagnostic() makes the whole set anew for each of them where one has a note. */
	CXDiagnosticSet all = clang_getDiagnosticSetFromTU(unit);
	unsigned int count = clang_getNumDiagnosticsInSet(all);
	bool found = false;

	for (unsigned int i = 0; i < count && !found; i++) {
		CXDiagnostic diagnostic = clang_getDiagnosticInSet(all, i);

		found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
			is_of_headers(diagnostic);
		clang_disposeDiagnostic(diagnostic);
	}
	clang_disposeDiagnosticSet(all);
	return found;
}
