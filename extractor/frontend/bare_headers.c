// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/header_bodies.h"
#include "frontend/bare_headers.h"
#include "model/path_class.h"

/**
 * struct bare_headers - texts of headers, as they are asked for
 * @texts: path -> struct bare_text
 */
struct bare_headers {
	const struct tree *tree;
	struct includes *includes;
	const struct knowledge *knowledge;
	GHashTable *texts;
};

/**
 * struct bare_text - a header
 * @text: without bodies; NULL: it has none, or is not @known
 * @is_public: it is one of the whole kernel
 */
struct bare_text {
	char *full;
	bool is_public, known;
	char *text;
	size_t size;
};

static void text_free(void *data)
{
	struct bare_text *bare = data;

	g_free(bare->full);
	g_free(bare->text);
	g_free(bare);
}

struct bare_headers *bare_headers_new(const struct tree *tree, struct includes *includes,
				      const struct knowledge *knowledge)
{
	struct bare_headers *headers = g_new0(struct bare_headers, 1);

	*headers = (struct bare_headers){
		.tree = tree, .includes = includes, .knowledge = knowledge,
		.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, text_free),
	};
	return headers;
}

void bare_headers_free(struct bare_headers *headers)
{
	if (!headers)
		return;
	g_hash_table_destroy(headers->texts);
	g_free(headers);
}

static struct bare_text *bare_of(struct bare_headers *headers, const char *path)
{
	struct bare_text *bare = g_hash_table_lookup(headers->texts, path);

	if (bare)
		return bare;
	bare = g_new0(struct bare_text, 1);
	bare->full = g_build_filename(headers->tree->top, path, NULL);
	bare->is_public = path_is_public(headers->knowledge, path);
	g_hash_table_insert(headers->texts, g_strdup(path), bare);
	return bare;
}

static void bare_read(struct bare_headers *headers, const char *path, struct bare_text *bare)
{
	g_autofree char *text = NULL;

	if (bare->known)
		return;
	bare->known = true;
	text = includes_read(headers->includes, path, &bare->size);
	if (text)
		bare->text = header_declarations_text(text, bare->size);
}

/**
 * struct bare_visit - a walk over what a file includes; fields as in bare_headers_visit()
 */
struct bare_visit {
	struct bare_headers *headers;
	const struct parse_job *job;
	const struct pch *pch;
	void (*visit)(const char *full, const char *text, size_t size, void *data);
	void *data;
};

static void visit_path(const char *path, void *data)
{
	const struct bare_visit *walk = data;
	struct bare_text *bare = bare_of(walk->headers, path);
	const char *changed = NULL;
	size_t size;

	/* The parser has the text of a change already, and takes one for a path. */
	if (!bare->is_public || !strcmp(path, walk->job->path) ||
	    (walk->pch && g_hash_table_contains(walk->pch->seen, bare->full)) ||
	    source_overlay_find(walk->headers->tree->change, path, &changed, &size))
		return;
	bare_read(walk->headers, path, bare);
	if (bare->text)
		walk->visit(bare->full, bare->text, bare->size, walk->data);
}

void bare_headers_visit(struct bare_headers *headers, const struct parse_job *job,
			const struct pch *pch,
			void (*visit)(const char *full, const char *text, size_t size, void *data),
			void *data)
{
	struct bare_visit walk = { headers, job, pch, visit, data };

	includes_visit(headers->includes, job->path, job->arch, job->kbuild, visit_path, &walk);
}
