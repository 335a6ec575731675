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
 * @text: without bodies; NULL: it has none
 */
struct bare_text {
	char *full;
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

static const struct bare_text *text_of(struct bare_headers *headers, const char *path)
{
	struct bare_text *bare = g_hash_table_lookup(headers->texts, path);
	g_autofree char *text = NULL;

	if (bare)
		return bare;
	bare = g_new0(struct bare_text, 1);
	bare->full = g_build_filename(headers->tree->top, path, NULL);
	text = includes_read(headers->includes, path, &bare->size);
	if (text)
		bare->text = header_declarations_text(text, bare->size);
	g_hash_table_insert(headers->texts, g_strdup(path), bare);
	return bare;
}

void bare_headers_visit(struct bare_headers *headers, const struct parse_job *job,
			void (*visit)(const char *full, const char *text, size_t size, void *data),
			void *data)
{
	g_autoptr(GPtrArray) paths = includes_reached_by(headers->includes, job->path, job->arch,
							 job->kbuild);

	for (guint i = 0; i < paths->len; i++) {
		const char *path = paths->pdata[i], *changed = NULL;
		const struct bare_text *bare;
		size_t size;

		/* The parser has the text of a change already, and takes one for a path. */
		if (!path_is_public(headers->knowledge, path) || !strcmp(path, job->path) ||
		    source_overlay_find(headers->tree->change, path, &changed, &size))
			continue;
		bare = text_of(headers, path);
		if (bare->text)
			visit(bare->full, bare->text, bare->size, data);
	}
}
