// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "base/file_kind.h"
#include "ctext/header_bodies.h"
#include "model/path_class.h"
#include "pipeline/discover.h"
#include "pipeline/search_memo.h"
#include "pipeline/wish.h"

/*
 * A word that more files use than this, candidates not counted, is a service of the kernel
 * (bio_put, skb_fill_page_desc): its users tell nothing of one driver's pages.
 */
#define USERS_MAX 12
/* Files that call a function at all, of which one file has the body. */
#define CALLERS_MAX 40

/**
 * struct file_search - of the tree for the users of words
 * @wishes: for a search; @headers: those whose header is known
 * @words: of the wishes and, behind them, tags of structs and names of releases
 * @hits: struct hits of each file of the word index
 */
struct file_search {
	struct indexer *ix;
	GPtrArray *wishes, *headers;
	GPtrArray *words;
	guint tags, releases;
	struct hits *hits;
};

/**
 * struct hits - what a file may use
 * @wishes: numbers of wishes (guint), or NULL
 * @tags: numbers of the wishes whose tag it names, ascending, or NULL
 * @releases: it calls a function that releases pages
 */
struct hits {
	GArray *wishes;
	GArray *tags;
	bool releases;
};

static void add_number(GArray **numbers, guint number)
{
	if (!*numbers)
		*numbers = g_array_new(FALSE, FALSE, sizeof(guint));
	g_array_append_val(*numbers, number);
}

static void note_word(struct file_search *search, guint file, guint word)
{
	struct hits *hits = &search->hits[file];
	struct wish *wish;

	if (search_memo_is_public(search->ix, file))
		return;
	if (word >= search->releases) {
		hits->releases = true;
	} else if (word >= search->tags) {
		add_number(&hits->tags, word - search->tags);
	} else {
		wish = search->wishes->pdata[word];
		add_number(&hits->wishes, word);
		/* A header has the prototype. */
		hits->releases |= wish->use == USE_RELEASE &&
				  !file_is_header(word_index_path(search->ix->words, file));
		wish->everywhere++;
	}
}

static void note_words(struct file_search *search)
{
	for (guint word = 0; word < search->words->len; word++) {
		const GArray *users = word_index_users(search->ix->words,
						       search->words->pdata[word]);

		for (guint i = 0; i < users->len; i++)
			note_word(search, g_array_index(users, guint, i), word);
	}
}

static int by_number(const void *a, const void *b)
{
	guint left = *(const guint *)a, right = *(const guint *)b;

	return (left > right) - (left < right);
}

static bool names_tag(const struct hits *hits, guint number)
{
	return hits->tags && g_array_binary_search(hits->tags, &number, by_number, NULL);
}

/* A file of the header's directory or below may have the struct without its tag's name. */
static bool is_near(const char *path, const char *header)
{
	g_autofree char *dir = g_path_get_dirname(header);
	size_t length = strlen(dir);

	return !strcmp(dir, ".") || (!strncmp(path, dir, length) && path[length] == '/');
}

static bool is_in(const char *path, const char *dir)
{
	g_autofree char *own = g_path_get_dirname(path);

	return !dir || !strcmp(own, dir);
}

/*
 * The file calls a function which releases what it is given, of the directory of the one that
 * hands it pages: a driver may have two functions for both, and the calls in other files.
 */
static bool has_mate(const struct file_search *search, const struct hits *hits,
		     const struct wish *wish, enum wish_use use)
{
	for (guint i = 0; i < hits->wishes->len; i++) {
		guint number = g_array_index(hits->wishes, guint, i);
		const struct wish *other = search->wishes->pdata[number];

		if (other->use == use && g_str_equal(other->from, wish->from))
			return true;
	}
	return false;
}

/*
 * Whether it is worth a look what a file does with the pages. It is where the file can
 * release them. A function or table of the directory that they come from may also hand them on.
 * Other code that gives pages to a release matters as far as it may be a file of the same
 * driver.
 */
static bool is_worth_it(const struct file_search *search, const char *path, const struct hits *hits,
			const struct wish *wish)
{
	bool releases = hits->releases || (wish->hands_on && is_in(path, wish->from));

	switch (wish->use) {
	case USE_BODY:
		/* No page is followed into the core, see graph_load.c. */
		return releases && wish->everywhere <= CALLERS_MAX &&
		       !path_is_core(search->ix->apis->knowledge, path);
	case USE_KEEP:
		return wish->everywhere <= CALLERS_MAX &&
		       !path_is_core(search->ix->apis->knowledge, path);
	case USE_CORE:
		return hits->releases && wish->everywhere <= CALLERS_MAX &&
		       is_in(path, wish->from) && path_is_mm(search->ix->apis->knowledge, path);
	case USE_SET:
		return releases;
	case USE_MEMBER:
		return hits->releases;
	case USE_CALL:
		return releases || has_mate(search, hits, wish, USE_MATE);
	case USE_PACK:
		/* Elsewhere, other code has put other pages into containers of this kind. */
		return is_in(path, wish->from) && has_mate(search, hits, wish, USE_UNPACK);
	case USE_RELEASE:
		return is_in(path, wish->from);
	case USE_MATE:
	case USE_UNPACK:
		return false;
	case USE_MEMBER_CALL:
	case USE_HEADER:
	case USE_DROP:
		break;
	}
	return true;
}

/* Whether a file that may use the word of a wish can mean that one, before a look at its text. */
static bool can_mean(struct file_search *search, const char *path, const struct hits *hits,
		     guint number)
{
	const struct wish *wish = search->wishes->pdata[number];
	bool function = wish->use == USE_CALL || wish->use == USE_RELEASE ||
			wish->use == USE_PACK || wish->use == USE_BODY ||
			wish->use == USE_KEEP || wish->use == USE_CORE;
	bool named = names_tag(hits, number);

	if (!is_worth_it(search, path, hits, wish))
		return false;
	if (function)
		return true;
	if (wish->dir)
		return named && is_in(path, wish->dir);
	return (named || is_near(path, wish->header)) &&
	       search_memo_reaches(search->ix, path, wish->header);
}

static void look_at(struct file_search *search, const char *path, const struct hits *hits)
{
	g_autofree char *text = NULL;
	size_t size = 0;

	/* Prototypes, and members that inline functions name. */
	if (g_hash_table_contains(search->ix->paths, path) ||
	    (!hits->releases && file_is_header(path)))
		return;
	for (guint i = 0; i < hits->wishes->len; i++) {
		guint number = g_array_index(hits->wishes, guint, i);
		struct wish *wish = search->wishes->pdata[number];

		if (!can_mean(search, path, hits, number))
			continue;
		if (!text)
			text = tree_read(search->ix->tree, path, &size, NULL);
		if (text && wish_text_uses(wish, text, size))
			g_ptr_array_add(wish->users, g_strdup(path));
	}
}

/**
 * struct release_search - for a release among calls
 */
struct release_search {
	const struct api_table *apis;
	bool found;
};

static void look_at_callee(const char *callee, void *data)
{
	struct release_search *search = data;

	search->found |= api_has_role(api_find(search->apis, callee), ROLE_RELEASE);
}

/* The inline function calls a release, by itself or by others of its header. */
static bool drops(const struct file_search *search, const struct wish *wish,
		  const struct tokens *tokens)
{
	struct release_search calls = { .apis = search->ix->apis };

	header_calls_visit(tokens, wish->word, look_at_callee, &calls);
	return calls.found;
}

/* The header is no job yet, and has a function that may keep the pages, or drop some. */
static bool has_function(const struct file_search *search, const struct wish *wish)
{
	const struct tokens *tokens;

	if (g_hash_table_contains(search->ix->known, wish->header))
		return false;
	tokens = search_memo_tokens(search->ix, wish->header);
	if (!tokens)
		return false;
	return wish->use == USE_DROP ? drops(search, wish, tokens) :
	       header_function_hands_on(tokens, wish->word);
}

/* The users of the words that are few enough and no jobs yet, each once, sorted. */
static GPtrArray *users_collect(const struct file_search *search)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < search->headers->len; i++) {
		const struct wish *wish = search->headers->pdata[i];

		if (!g_hash_table_contains(seen, wish->header) && has_function(search, wish)) {
			g_hash_table_add(seen, wish->header);
			g_ptr_array_add(found, g_strdup(wish->header));
		}
	}
	for (guint i = 0; i < search->wishes->len; i++) {
		const struct wish *wish = search->wishes->pdata[i];

		for (guint u = 0; wish->users->len <= USERS_MAX && u < wish->users->len; u++)
			if (!g_hash_table_contains(search->ix->known, wish->users->pdata[u]) &&
			    g_hash_table_add(seen, wish->users->pdata[u]))
				g_ptr_array_add(found, g_strdup(wish->users->pdata[u]));
	}
	g_ptr_array_sort(found, text_order);
	return found;
}

static bool words_collect(struct file_search *search, GError **error)
{
	struct db *db = search->ix->memory;
	sqlite3_stmt *stmt = db_query(db, "wanted_releases");
	GError *failure = NULL;

	for (guint i = 0; i < search->wishes->len; i++)
		g_ptr_array_add(search->words,
				g_strdup(((struct wish *)search->wishes->pdata[i])->word));
	search->tags = search->words->len;
	for (guint i = 0; i < search->wishes->len; i++)
		g_ptr_array_add(search->words,
				g_strdup(((struct wish *)search->wishes->pdata[i])->tag));
	search->releases = search->words->len;
	while (db_step(db, stmt, &failure))
		g_ptr_array_add(search->words, g_strdup(db_text(stmt, 0)));
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static GPtrArray *search_tree(struct file_search *search)
{
	struct word_index *words = search->ix->words;

	word_index_find(words, search->words);
	search->hits = g_new0(struct hits, word_index_size(words));
	note_words(search);
	for (guint file = 0; file < word_index_size(words); file++)
		if (search->hits[file].wishes)
			look_at(search, word_index_path(words, file), &search->hits[file]);
	for (guint file = 0; file < word_index_size(words); file++) {
		g_clear_pointer(&search->hits[file].wishes, g_array_unref);
		g_clear_pointer(&search->hits[file].tags, g_array_unref);
	}
	g_free(search->hits);
	return users_collect(search);
}

/*
 * A function of table api that hands out pages of another kind, or takes such back: the table
 * has all that matters of it, and its body would bring the pages inside to every user.
 */
static bool is_boundary(const struct api_table *apis, const char *name)
{
	GHashTableIter iter;
	void *data;

	if (api_has_role(api_find(apis, name), ROLE_SOURCE))
		return true;
	g_hash_table_iter_init(&iter, apis->by_name);
	while (g_hash_table_iter_next(&iter, NULL, &data))
		if (!g_strcmp0(((const struct api *)data)->taker, name))
			return true;
	return false;
}

static void drop_boundaries(GPtrArray *wishes, const struct api_table *apis)
{
	for (guint i = wishes->len; i-- > 0;) {
		const struct wish *wish = wishes->pdata[i];

		if ((wish->use == USE_BODY || wish->use == USE_KEEP || wish->use == USE_CORE) &&
		    is_boundary(apis, wish->word))
			g_ptr_array_remove_index(wishes, i);
	}
}

/* Calls of inline functions with an object that may have pages. */
static bool add_droppers(GPtrArray *wishes, const struct api_table *apis, struct db *db,
			 GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "wanted_inlines");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct wish *wish;

		if (api_find(apis, db_text(stmt, 0)))
			continue;
		wish = wish_new();
		wish->use = USE_DROP;
		wish->word = g_strdup(db_text(stmt, 0));
		wish->header = g_strdup(db_text(stmt, 1));
		wish->tag = g_strdup("");
		wish->from = g_strdup("");
		g_ptr_array_add(wishes, wish);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

GPtrArray *discover_wishes(struct db *db, const struct api_table *apis, GError **error)
{
	struct graph *graph = graph_load(db, error);
	GPtrArray *feeds = graph ? page_sources_of(graph, apis, false) : NULL;
	GPtrArray *wishes = feeds ? wishes_of(graph, feeds) : NULL;

	if (wishes)
		drop_boundaries(wishes, apis);
	if (wishes && !add_droppers(wishes, apis, db, error))
		g_clear_pointer(&wishes, g_ptr_array_unref);
	g_clear_pointer(&feeds, g_ptr_array_unref);
	g_clear_pointer(&graph, graph_free);
	return wishes;
}

/* The wishes for functions of a header are no words to search for. Takes them out of @wishes. */
static GPtrArray *headers_apart(GPtrArray *wishes)
{
	GPtrArray *headers = wish_list_new();

	for (guint i = 0; i < wishes->len;) {
		enum wish_use use = ((const struct wish *)wishes->pdata[i])->use;

		if (use == USE_HEADER || use == USE_DROP)
			g_ptr_array_add(headers, g_ptr_array_steal_index(wishes, i));
		else
			i++;
	}
	return headers;
}

GPtrArray *discover_files(struct indexer *ix, GPtrArray *wishes, GError **error)
{
	struct file_search search = { .ix = ix, .wishes = wishes,
				      .headers = headers_apart(wishes) };
	GPtrArray *found = NULL;

	search.words = g_ptr_array_new_with_free_func(g_free);
	if (!ix->memo)
		ix->memo = search_memo_new();
	if (words_collect(&search, error))
		found = search_tree(&search);
	g_ptr_array_unref(search.words);
	g_ptr_array_unref(search.headers);
	return found;
}
