// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/ctype_word.h"
#include "base/file_kind.h"
#include "model/path_class.h"
#include "pipeline/wish.h"
#include "pipeline/wish_keeper.h"

/**
 * struct wishing - wishes under way
 * @seen: identity of a wish
 * @keepers: see wish_keeper.h; NULL as long as nobody asked
 */
struct wishing {
	const struct graph *graph;
	const GPtrArray *feeds;
	GPtrArray *wishes;
	GHashTable *seen;
	GArray *keepers;
};

static void wish_free(void *data)
{
	struct wish *wish = data;

	g_free(wish->word);
	g_free(wish->tag);
	g_free(wish->header);
	g_free(wish->dir);
	g_free(wish->from);
	g_ptr_array_unref(wish->users);
	g_free(wish);
}

struct wish *wish_new(void)
{
	struct wish *wish = g_new0(struct wish, 1);

	wish->users = g_ptr_array_new_with_free_func(g_free);
	return wish;
}

GPtrArray *wish_list_new(void)
{
	return g_ptr_array_new_with_free_func(wish_free);
}

/* file: where the pages come from */
static void wish_add(struct wishing *w, const struct wish *like, int file)
{
	g_autofree char *from = g_path_get_dirname(graph_path(w->graph, file));
	g_autofree char *key = g_strdup_printf("%s\t%s\t%s\t%s\t%s\t%d\t%d", like->word, like->tag,
					       like->header, like->dir ? like->dir : "*", from,
					       like->use, like->hands_on);
	struct wish *wish;

	if (strlen(like->word) < 3 || !g_hash_table_add(w->seen, g_steal_pointer(&key)))
		return;
	wish = wish_new();
	wish->word = g_strdup(like->word);
	wish->tag = g_strdup(like->tag);
	wish->header = g_strdup(like->header);
	wish->dir = g_strdup(like->dir);
	wish->from = g_steal_pointer(&from);
	wish->use = like->use;
	wish->hands_on = like->hands_on;
	g_ptr_array_add(w->wishes, wish);
}

/* "f" of "f" and "f(#2)" */
static void wish_function(struct wishing *w, const char *name, enum wish_use use, bool hands_on,
			  int file)
{
	g_autofree char *word = g_strndup(name, strcspn(name, "("));
	struct wish wish = {
		.word = word, .tag = "", .header = "", .use = use, .hands_on = hands_on
	};

	wish_add(w, &wish, file);
}

/*
 * "tag.member", maybe with "(#2)" behind it. A struct of a .c file is that file's own. One
 * that is declared below include/ has other pages behind it in each directory, see
 * graph.h: only the users in this one have these.
 */
static void wish_member(struct wishing *w, const char *name, const char *scope, enum wish_use use,
			bool hands_on, int file)
{
	size_t length = strcspn(name, ".(");
	g_autofree char *tag = g_strndup(name, length), *word = NULL, *dir = NULL;
	struct wish wish = { .tag = tag, .header = (char *)scope, .use = use,
			     .hands_on = hands_on };

	if (name[length] != '.' || !file_is_header(scope))
		return;
	word = g_strndup(name + length + 1, strcspn(name + length + 1, "("));
	if (path_is_public(w->graph->knowledge, scope)) {
		dir = g_path_get_dirname(graph_path(w->graph, file));
		wish.header = "";
		wish.dir = dir;
	}
	wish.word = word;
	wish_add(w, &wish, file);
}

static bool is_public(const struct node *node)
{
	return node->owner && !node->owner[strcspn(node->owner, "\t") + 1];
}

static bool is_of(const struct wishing *w, const struct node *node, unsigned int details)
{
	return knowledge_of_type(w->graph->knowledge, node->type) & details;
}

/* A bio or a scatterlist, which has other pages in it elsewhere; no page or array of pages. */
static bool holds_others(const struct wishing *w, const struct node *node)
{
	return is_of(w, node, KNOWN(SHARED)) && !is_of(w, node, KNOWN(ONE));
}

/* ops.put = f, or ops->put = f: a call of that is a call of f. */
static void wish_callers_by_pointer(struct wishing *w, const struct node *node)
{
	size_t length = strcspn(node->name, "(");

	for (guint i = 0; i < w->graph->pointers->len; i++) {
		const struct side_flow *flow = &g_array_index(w->graph->pointers, struct side_flow,
							      i);
		const struct node *function = graph_node(w->graph, flow->src);
		const struct node *holder = graph_node(w->graph, flow->dst);

		if (holder->kind == PLACE_FIELD && *function->name == '&' &&
		    strlen(function->name + 1) == length &&
		    !strncmp(function->name + 1, node->name, length) &&
		    !strcmp(function->scope, node->scope))
			wish_member(w, holder->name, holder->scope, USE_MEMBER_CALL, true,
				    flow->file);
	}
}

/* The functions of other files that a call through a pointer is one of. */
static void wish_bodies_behind(struct wishing *w, const struct node *call, int file)
{
	size_t length = strrchr(call->name, '(') - call->name - 1;

	for (guint i = 0; i < w->graph->pointers->len; i++) {
		const struct side_flow *flow = &g_array_index(w->graph->pointers, struct side_flow,
							      i);
		const struct node *function = graph_node(w->graph, flow->src);
		const struct node *holder = graph_node(w->graph, flow->dst);
		g_autofree char *key = NULL;

		if (*function->name != '&' || *function->scope || holder->share != call->share ||
		    strcmp(holder->scope, call->scope) || strlen(holder->name) != length ||
		    strncmp(holder->name, call->name + 1, length))
			continue;
		key = g_strconcat(function->name + 1, "\t", NULL);
		if (!graph_has_body(w->graph, key))
			wish_function(w, function->name + 1, USE_BODY, true, file);
	}
}

/* A static function of a header of the whole kernel, whose body is not read yet. */
static bool is_inline(const struct wishing *w, const struct node *node)
{
	const char *scope = node->owner ? strchr(node->owner, '\t') + 1 : "";

	return *scope && !node_is_indirect(node) && !graph_has_body(w->graph, node->owner) &&
	       path_is_public(w->graph->knowledge, scope);
}

/* Functions that only look at pages need no body. */
static void wish_inline(struct wishing *w, const struct node *node, int file)
{
	g_autofree char *word = g_strndup(node->name, strcspn(node->name, "("));
	const struct wish wish = { .word = word, .tag = "", .header = (char *)node->scope,
				   .use = USE_HEADER };
	const struct known *borrow = knowledge_find(w->graph->knowledge, KNOW_BORROW, word);

	if ((!borrow || borrow->index >= 0) &&
	    !knowledge_has(w->graph->knowledge, KNOW_PRINT, word))
		wish_add(w, &wish, file);
}

/* The function itself puts pages into an iterator of its caller's: iov_iter_bvec(iter, ...). */
static bool fills_iterator(const struct wishing *w, const struct reached *step,
			   const struct node *node)
{
	const struct function_info *function =
		graph_function_at(w->graph, step->file, step->line);

	return node->kind == PLACE_PARAM && is_public(node) && is_of(w, node, KNOWN(ITER)) &&
	       step->from >= 0 && function && !strcmp(function->key, node->owner) &&
	       !graph_is_core(w->graph, node->owner);
}

/* Pages in a bio are released at its completion, and none leave an iterator but by an acquire. */
static bool may_hand_on(const struct wishing *w, const struct node *node)
{
	return !is_of(w, node, KNOWN(COMPLETED) | KNOWN(ITER));
}

/* Of a public function that pages go into. */
static void wish_body(struct wishing *w, const struct node *param, int file)
{
	bool kept;

	if (!w->keepers)
		w->keepers = keepers_of(w->graph, w->feeds);
	kept = keepers_take(w->graph, w->keepers, param, file);
	wish_function(w, param->name, kept ? USE_KEEP : USE_BODY, may_hand_on(w, param), file);
}

/* A function of mm/ gives what it acquires to another one of it. */
static bool is_handed_within_core(const struct wishing *w, const struct page_source *feed,
				  const struct reached *step)
{
	const struct function_info *function =
		graph_function_at(w->graph, step->file, step->line);

	return function && function->id == feed->call->function &&
	       path_is_mm(w->graph->knowledge, graph_path(w->graph, step->file));
}

/* In a file of mm/ that the pages were handed to: they are not followed out of it. */
static bool is_elsewhere_in_core(const struct wishing *w, const struct page_source *feed, int file)
{
	return file != feed->call->file &&
	       path_is_mm(w->graph->knowledge, graph_path(w->graph, file));
}

/* Pages go into a function of another file, or out of this one to its callers. */
static void wish_of_function(struct wishing *w, const struct page_source *feed,
			     const struct reached *step, int file)
{
	const struct node *node = graph_node(w->graph, step->node);

	if (node_is_indirect(node)) {
		wish_member(w, node->name + 1, node->scope, USE_SET, may_hand_on(w, node), file);
		wish_bodies_behind(w, node, file);
		return;
	}
	if (!graph_has_body(w->graph, node->owner)) {
		if (is_inline(w, node))
			wish_inline(w, node, file);
		else if (is_public(node) && node->kind == PLACE_PARAM && *node->type)
			wish_body(w, node, file);
		if (is_public(node) && is_handed_within_core(w, feed, step))
			wish_function(w, node->name, USE_CORE, false, file);
		return;
	}
	if (fills_iterator(w, step, node)) {
		wish_function(w, node->name, USE_CALL, true, file);
		return;
	}
	if (graph_is_core(w->graph, node->owner) || (node->kind == PLACE_PARAM && !step->origin))
		return;
	if (is_public(node) && !holds_others(w, node))
		wish_function(w, node->name, USE_CALL, false, file);
	wish_callers_by_pointer(w, node);
}

/* bio_map_user_iov(): it acquires, and returns a container that it has made. */
static void wish_of_pack(struct wishing *w, const struct page_source *feed, const struct node *node,
			 int file)
{
	const struct function_info *function = graph_function(w->graph, feed->call->function);

	if (function && is_public(node) && holds_others(w, node) &&
	    g_str_equal(function->key, node->owner))
		wish_function(w, node->name, USE_PACK, false, file);
}

static void wish_of_acquire(struct wishing *w, const struct page_source *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(w->graph, step->node);
		int file = reach_user(w->graph, feed->reach, i);

		if (is_elsewhere_in_core(w, feed, file))
			continue;
		if (node->kind == PLACE_PARAM || node->kind == PLACE_RETURN)
			wish_of_function(w, feed, step, file);
		if (node->kind == PLACE_RETURN)
			wish_of_pack(w, feed, node, file);
		if (node->kind == PLACE_FIELD && !node->shared)
			wish_member(w, node->name, node->scope, USE_MEMBER, true, file);
	}
}

/* Whether what comes into a function is released; acquired: and where acquired pages come to. */
static bool releases(const struct wishing *w, const struct page_source *feed, bool acquired)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;

		if (graph_node(w->graph, at)->released &&
		    (!acquired || feeds_acquired(w->feeds, at)))
			return true;
	}
	return false;
}

/* The file of the parameter's function; 0: none is indexed. */
static int file_of(const struct wishing *w, const struct node *param)
{
	for (guint i = 0; i < w->graph->functions->len; i++) {
		const struct function_info *function = w->graph->functions->pdata[i];

		if (g_str_equal(function->key, param->owner))
			return function->file;
	}
	return 0;
}

/*
 * Callers that give pages to a function which releases them, though they may name no
 * function that takes or releases any.
 */
static void wish_of_releaser(struct wishing *w, const struct page_source *feed)
{
	int start = g_array_index(feed->reach->steps, struct reached, 0).node;
	const struct node *node = graph_node(w->graph, start);

	if (feed->kind == FEED_POINTER && releases(w, feed, false))
		wish_callers_by_pointer(w, node);
	else if (feed->kind == FEED_PUBLIC && !graph_is_core(w->graph, node->owner) &&
		 releases(w, feed, false))
		wish_function(w, node->name, holds_others(w, node) ? USE_UNPACK :
			      releases(w, feed, true) ? USE_RELEASE : USE_MATE, false,
			      file_of(w, node));
}

/* Pages that come to a release are the result of an inline function. */
static void wish_of_result(struct wishing *w, const struct page_source *feed)
{
	const struct reached *start = &g_array_index(feed->reach->steps, struct reached, 0);
	const struct node *node = graph_node(w->graph, start->node);

	if (node->kind == PLACE_RETURN && is_inline(w, node) && releases(w, feed, false))
		wish_inline(w, node, start->file);
}

GPtrArray *wishes_of(const struct graph *graph, const GPtrArray *feeds)
{
	struct wishing w = {
		.graph = graph, .feeds = feeds, .wishes = wish_list_new(),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			wish_of_acquire(&w, feed);
		else if (feed->kind == FEED_POINTER || feed->kind == FEED_PUBLIC)
			wish_of_releaser(&w, feed);
		else if (feed->kind == FEED_ADDRESS)
			wish_of_result(&w, feed);
	}
	g_hash_table_destroy(w.seen);
	if (w.keepers)
		g_array_unref(w.keepers);
	return w.wishes;
}

/* -- how a text uses a word -- */

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

/* Behind the bracket that closes the one at @at, or end. */
static const char *skip_brackets(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		depth += (*at == '(') - (*at == ')');
		if (!depth)
			return at + 1;
	}
	return end;
}

static bool is_body(const char *at, const char *end)
{
	at = at < end && *at == '(' ? skip_space(skip_brackets(at, end), end) : end;
	/* __releases(lock) and its like */
	while (at < end && *at == '_') {
		while (at < end && text_word_char(*at))
			at++;
		at = skip_space(at < end && *at == '(' ? skip_brackets(at, end) : at, end);
	}
	return at < end && *at == '{';
}

static bool is_use(enum wish_use use, bool member, const char *behind, const char *end)
{
	const char *next = skip_space(behind, end);

	switch (use) {
	case USE_MEMBER:
		return member;
	case USE_SET:
		return member && next + 1 < end && *next == '=' && next[1] != '=';
	case USE_MEMBER_CALL:
		return member && next < end && *next == '(';
	case USE_CALL:
	case USE_RELEASE:
	case USE_MATE:
	case USE_PACK:
	case USE_UNPACK:
		return !member && next < end && *next == '(';
	case USE_KEEP:
	case USE_BODY:
	case USE_CORE:
	case USE_HEADER:
	case USE_DROP:
		return !member && is_body(behind, end);
	}
	return false;
}

bool wish_text_uses(const struct wish *wish, const char *text, size_t size)
{
	size_t length = strlen(wish->word);
	const char *end = text + size;

	for (const char *at = text; (at = g_strstr_len(at, end - at, wish->word)); at++) {
		bool member = at > text && (at[-1] == '.' ||
					    (at[-1] == '>' && at > text + 1 && at[-2] == '-'));

		if ((at > text && text_word_char(at[-1])) ||
		    (at + length < end && text_word_char(at[length])))
			continue;
		if (is_use(wish->use, member, at + length, end))
			return true;
	}
	return false;
}
