// SPDX-License-Identifier: GPL-2.0-only
#include "base/build.h"
#include "base/diag.h"
#include "pipeline/discover.h"
#include "pipeline/draft.h"
#include "pipeline/follow.h"
#include "pipeline/wish_key.h"
#include "pipeline/wish_memo.h"

/**
 * struct following - rounds under way
 * @draft: the facts as a database, or NULL as long as no round needed it
 * @key: of the facts of the first @jobs
 */
struct following {
	struct indexer *ix;
	struct draft *draft;
	struct wish_key *key;
	guint jobs;
};

static struct wish_key *key_new(const struct indexer *ix)
{
	g_autofree char *base = g_strjoin("\n", build_of_all, ix->salt, ix->tree->version,
					  era_word(ix->tree->era), NULL);

	return wish_key_new(base);
}

static char *key_now(struct following *following)
{
	const struct indexer *ix = following->ix;

	for (; following->jobs < ix->jobs->len; following->jobs++) {
		const struct parse_job *job = ix->jobs->pdata[following->jobs];

		wish_key_add(following->key, job->path, job->arch->name,
			     ix->facts->pdata[following->jobs]);
	}
	return wish_key_text(following->key);
}

/* The wishes of the facts so far: as an earlier run found it, or by the graph of all of them. */
static GPtrArray *wishes_of_round(struct following *following, GError **error)
{
	struct indexer *ix = following->ix;
	g_autofree char *key = key_now(following);
	GPtrArray *wishes = wish_memo_find(key);
	struct db *db;

	if (wishes)
		return wishes;
	if (!following->draft)
		following->draft = draft_new(ix, error);
	db = following->draft ? draft_update(following->draft, error) : NULL;
	wishes = db ? discover_wishes(db, ix->apis, error) : NULL;
	if (wishes)
		wish_memo_keep(key, wishes);
	return wishes;
}

/* Adds the files that the wishes lead to. Where that would be too many, the first ones. */
static bool add_wanted(struct indexer *ix, GPtrArray *wishes, guint *added, GError **error)
{
	GPtrArray *files = discover_files(ix, wishes, error);
	guint further = ix->jobs->len - MIN(ix->jobs->len, ix->candidates->len);

	if (!files)
		return false;
	*added = MIN(files->len, FOLLOW_FILES - MIN(further, FOLLOW_FILES));
	ix->cut = files->len - *added;
	for (guint i = 0; i < *added; i++)
		indexer_add_file(ix, files->pdata[i]);
	g_ptr_array_free(files, TRUE);
	indexer_take_cached(ix);
	return true;
}

static bool follow_round(struct following *following, guint *added, GError **error)
{
	GPtrArray *wishes = wishes_of_round(following, error);
	bool fine = wishes && add_wanted(following->ix, wishes, added, error);

	g_clear_pointer(&wishes, g_ptr_array_unref);
	return fine && indexer_parse_missing(following->ix, error);
}

bool follow_all(struct indexer *ix, GError **error)
{
	unsigned int rounds = tree_is_module(ix->tree) ? 0 : ix->options->follow;
	struct following following = { .ix = ix, .key = key_new(ix) };
	guint added = rounds;
	bool fine = true;

	for (unsigned int round = 0; fine && added && round < rounds; round++)
		fine = follow_round(&following, &added, error);
	draft_free(following.draft);
	wish_key_free(following.key);
	if (!fine)
		return false;
	if (ix->cut)
		diag_warn(
			"%u files that pages lead to are not read: there are more than %u of them",
			ix->cut, FOLLOW_FILES);
	else if (added)
		diag_warn("pages may lead to more files: the search ended after %u rounds", rounds);
	return true;
}
