// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "source/candidates.h"
#include "base/diag.h"
#include "source/path_escape.h"
#include "source/scan_cache.h"
#include "ctext/multi_search.h"

/**
 * struct candidate_match - a search for candidates
 * @search: NULL: all files are
 * @headers: or NULL
 * @words: of the files, or NULL
 * @scanned: an earlier search of the tree, or NULL
 * @st: of the file that is looked at
 */
struct candidate_match {
	const struct tree *tree;
	struct multi_search *search;
	GPtrArray *found;
	GHashTable *headers;
	struct word_index *words;
	struct scan_cache *scanned;
	struct stat st;
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;

	g_free(candidate->path);
	g_free(candidate);
}

static void add_header(struct candidate_match *finding, const char *path)
{
	if (finding->headers && file_is_header(path))
		g_hash_table_add(finding->headers, g_strdup(path));
}

static void add_candidate(struct candidate_match *finding, const char *path, bool readable)
{
	struct candidate *candidate;

	if (path_is_escaped(finding->tree->top, path))
		diag_warn("%s: the file's name is not UTF-8; it is called like this here", path);
	candidate = g_new0(struct candidate, 1);
	candidate->path = g_strdup(path);
	candidate->readable = readable;
	g_ptr_array_add(finding->found, candidate);
}

static void look_at(const char *path, const char *text, size_t size, void *data)
{
	struct candidate_match *finding = data;
	bool hit;

	if (g_str_has_suffix(path, ".mod.c") && !finding->search)
		return;		/* made by modpost */
	add_header(finding, path);
	hit = !text || !finding->search || multi_search_hit(finding->search, text, size);
	if (text && finding->scanned)
		scan_cache_note(finding->scanned, path, &finding->st, hit,
				word_index_add(finding->words, path, text, size));
	if (hit)
		add_candidate(finding, path, text);
}

/* A file that is as an earlier search saw it is not read again. */
static bool is_known(const char *path, const struct stat *st, void *data)
{
	struct candidate_match *finding = data;
	const char *codes;
	bool hit;

	finding->st = *st;
	if (!finding->scanned || !scan_cache_known(finding->scanned, path, st, &hit, &codes))
		return false;
	word_index_put(finding->words, path, codes);
	scan_cache_note(finding->scanned, path, st, hit, codes);
	add_header(finding, path);
	if (hit)
		add_candidate(finding, path, true);
	return true;
}

static int by_path(const void *a, const void *b)
{
	const struct candidate *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static struct candidate_match finding_new(const struct tree *tree, GPtrArray *names,
					  GHashTable *headers)
{
	return (struct candidate_match){
		.tree = tree,
		.search = tree_is_module(tree) ? NULL :
			multi_search_new((const char *const *)names->pdata, names->len),
		.found = g_ptr_array_new_with_free_func(candidate_free),
		.headers = headers,
	};
}

GPtrArray *candidates_among(const struct tree *tree, GPtrArray *names, GPtrArray *paths)
{
	struct candidate_match finding = finding_new(tree, names, NULL);

	for (guint i = 0; i < paths->len; i++) {
		size_t size = 0;
		g_autofree char *text = tree_read(tree, paths->pdata[i], &size, NULL);

		look_at(paths->pdata[i], text, size, &finding);
	}
	multi_search_free(finding.search);
	g_ptr_array_sort(finding.found, by_path);
	return finding.found;
}

GPtrArray *candidates_find(const struct tree *tree, GPtrArray *names, GHashTable *headers,
			   struct word_index *words, GError **error)
{
	struct candidate_match finding = finding_new(tree, names, headers);
	bool fine;

	finding.words = words;
	if (finding.search)
		finding.scanned = scan_cache_open(tree, names);
	fine = tree_walk(tree, is_known, look_at, &finding, error);
	scan_cache_close(finding.scanned);
	multi_search_free(finding.search);
	g_ptr_array_sort(finding.found, by_path);
	if (fine)
		return finding.found;
	g_ptr_array_free(finding.found, TRUE);
	return NULL;
}
