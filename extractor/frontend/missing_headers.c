// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "frontend/missing_headers.h"

/* "x.h" of "'x.h' file not found", or NULL; g_free() it. */
static char *name_of(const char *spelling)
{
	const char *end = *spelling == '\'' ? strchr(spelling + 1, '\'') : NULL;

	if (!end || !g_str_has_prefix(end, "' file not found"))
		return NULL;
	return g_strndup(spelling + 1, end - spelling - 1);
}

/* The path from the module's top; the job's own for an option; NULL for a file of another tree. */
static char *path_of(const struct parse *parse, CXFile file)
{
	CXString name = clang_getFileName(file);
	const char *text = clang_getCString(name), *below;
	char *full = text ? g_canonicalize_filename(text, "/") : NULL;
	char *path;

	clang_disposeString(name);
	below = full ? tree_below(full, parse->setup->tree->top) : parse->job->path;
	path = g_strdup(below);
	g_free(full);
	return path;
}

static void note(struct parse *parse, CXDiagnostic diagnostic)
{
	CXString spelling = clang_getDiagnosticSpelling(diagnostic);
	g_autofree char *name = name_of(clang_getCString(spelling)), *path = NULL;
	unsigned int line = 0;
	CXFile file = NULL;

	clang_disposeString(spelling);
	if (!name)
		return;
	clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, &line, NULL, NULL);
	path = path_of(parse, file);
	if (path)
		g_hash_table_add(parse->missing,
				 g_strdup_printf("%s\t%08u\t%s", path, file ? line : 0, name));
}

void missing_headers_note(struct parse *parse, CXTranslationUnit tu)
{
	for (unsigned int i = 0; i < clang_getNumDiagnostics(tu); i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

		if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
			note(parse, diagnostic);
		clang_disposeDiagnostic(diagnostic);
	}
}

void missing_headers_write(struct parse *parse)
{
	GList *keys = g_list_sort(g_hash_table_get_keys(parse->missing), (GCompareFunc)strcmp);

	for (GList *key = keys; key; key = key->next) {
		g_auto(GStrv) parts = g_strsplit(key->data, "\t", 3);
		g_autofree char *line = g_strdup_printf("%d", atoi(parts[1]));

		facts_line(parse->unit.facts, "H", parts[0], line, parts[2], NULL);
	}
	g_list_free(keys);
}
