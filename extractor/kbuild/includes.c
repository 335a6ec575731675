// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "base/file_kind.h"
#include "kbuild/includes.h"

#define DIGEST_WORDS 4

/**
 * struct include_text - the #include lines of a file, for all architectures
 * @hash: SHA-256 of it
 * @directives: of its #include lines (char *): the name, quoted as there
 */
struct include_text {
	char *hash;
	GPtrArray *directives;
};

/**
 * struct header - a file seen as one architecture's
 * @path: of the tree; "//" and a path of the kernel's for a module's
 * @text: borrowed
 * @digest: SHA-256 of its path and text
 * @next: of struct header, resolved without a job's own -I
 * @unresolved: names that only such a directory, or nothing, has
 * @visited: number of the last walk that came by
 */
struct header {
	char *path;
	const struct include_text *text;
	guint64 digest[DIGEST_WORDS];
	GPtrArray *next;
	GPtrArray *unresolved;
	unsigned int visited;
};

struct includes {
	const struct tree *tree;
	GHashTable *known;	/* all headers, or NULL: then @looked has those looked up so far */
	GHashTable *looked;	/* path -> whether the tree has it */
	GHashTable *headers;	/* "arch\tpath" -> struct header */
	GHashTable *texts;	/* path -> struct include_text */
	GHashTable *kernel;	/* path -> whether the module's kernel has it */
	unsigned int walk;
};

static void text_free(void *data)
{
	struct include_text *text = data;

	g_free(text->hash);
	g_ptr_array_free(text->directives, TRUE);
	g_free(text);
}

static void header_free(void *data)
{
	struct header *header = data;

	g_free(header->path);
	g_ptr_array_free(header->next, TRUE);
	g_ptr_array_free(header->unresolved, TRUE);
	g_free(header);
}

struct includes *includes_new(const struct tree *tree, GHashTable *headers)
{
	struct includes *includes = g_new0(struct includes, 1);

	includes->tree = tree;
	includes->known = headers;
	includes->looked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	includes->kernel = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	includes->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, text_free);
	includes->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, header_free);
	return includes;
}

void includes_free(struct includes *includes)
{
	if (!includes)
		return;
	g_hash_table_destroy(includes->headers);
	g_hash_table_destroy(includes->texts);
	g_hash_table_destroy(includes->kernel);
	g_hash_table_destroy(includes->looked);
	g_free(includes);
}

static struct header *header_get(struct includes *includes, const char *path,
				 const struct arch *arch);

static bool tree_has_header(struct includes *includes, const char *path)
{
	void *has;

	if (includes->known)
		return g_hash_table_contains(includes->known, path);
	if (!g_hash_table_lookup_extended(includes->looked, path, NULL, &has)) {
		has = GINT_TO_POINTER(file_is_header(path) && tree_has(includes->tree, path));
		g_hash_table_insert(includes->looked, g_strdup(path), has);
	}
	return has;
}

/* dir/name with "." and ".." taken out, when the tree has such a header. */
static char *known_path(struct includes *includes, const char *dir, const char *name)
{
	g_autofree char *joined = g_strdup_printf("/%s/%s", dir, name);
	g_autofree char *full = g_canonicalize_filename(joined, "/");

	return tree_has_header(includes, full + 1) ? g_strdup(full + 1) : NULL;
}

static bool in_kernel(const char *path)
{
	return g_str_has_prefix(path, "//");
}

/* The same of the kernel that a module is for: "//include/linux/mm.h". */
static char *kernel_path(struct includes *includes, const char *dir, const char *name)
{
	g_autofree char *joined = g_strdup_printf("/%s/%s", dir, name);
	g_autofree char *full = g_canonicalize_filename(joined, "/");
	void *has;

	if (!g_hash_table_lookup_extended(includes->kernel, full, NULL, &has)) {
		has = GINT_TO_POINTER(tree_has(includes->tree->kernel, full));
		g_hash_table_insert(includes->kernel, g_strdup(full), has);
	}
	return has ? g_strconcat("/", full, NULL) : NULL;
}

/* Where the headers of the kernel are: in the tree, unless that is a module. */
static char *public_path(struct includes *includes, const char *dir, const char *name)
{
	return tree_is_module(includes->tree) ? kernel_path(includes, dir, name) :
	       known_path(includes, dir, name);
}

static char *beside(struct includes *includes, const char *dir, const char *name)
{
	return in_kernel(dir) ? kernel_path(includes, dir, name) : known_path(includes, dir, name);
}

static char *resolve(struct includes *includes, const char *from, const char *name, bool quoted,
		     const struct arch *arch)
{
	g_autofree char *dir = g_path_get_dirname(from);
	g_autofree char *own = g_strdup_printf("arch/%s/include", arch->name);
	g_autofree char *own_uapi = g_strdup_printf("arch/%s/include/uapi", arch->name);
	const char *const dirs[] = { own, "include", own_uapi, "include/uapi" };
	char *path = quoted ? beside(includes, dir, name) : NULL;

	for (size_t i = 0; !path && i < G_N_ELEMENTS(dirs); i++)
		path = public_path(includes, dirs[i], name);
	if (!path && g_str_has_prefix(name, "asm/"))
		path = public_path(includes, "include/asm-generic", name + strlen("asm/"));
	if (!path && g_str_has_prefix(name, "asm/"))
		path = public_path(includes, "include/uapi/asm-generic", name + strlen("asm/"));
	return path;
}

/* One #include line; at stands behind the word. */
static void take_include(struct include_text *text, const char *at, const char *end)
{
	const char *stop;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (at >= end || (*at != '<' && *at != '"'))
		return;
	stop = memchr(at + 1, *at == '"' ? '"' : '>', end - at - 1);
	if (stop && !memchr(at, '\n', stop - at))
		g_ptr_array_add(text->directives, g_strndup(at, stop - at));
}

static void scan(struct include_text *text, const char *start, size_t size)
{
	const char *end = start + size;

	for (const char *at = start; (at = memchr(at, '#', end - at)); at++) {
		const char *word = at + 1;

		while (word < end && (*word == ' ' || *word == '\t'))
			word++;
		if (end - word > 7 && !memcmp(word, "include", 7))
			take_include(text, word + 7, end);
	}
}

char *includes_read(struct includes *includes, const char *path, size_t *size)
{
	return tree_read(in_kernel(path) ? includes->tree->kernel : includes->tree, path, size,
			 NULL);
}

static const struct include_text *text_get(struct includes *includes, const char *path)
{
	struct include_text *text = g_hash_table_lookup(includes->texts, path);
	g_autofree char *bytes = NULL;
	size_t size = 0;

	if (text)
		return text;
	text = g_new0(struct include_text, 1);
	text->directives = g_ptr_array_new_with_free_func(g_free);
	bytes = includes_read(includes, path, &size);
	text->hash = bytes ? g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)bytes, size) :
		     g_strdup("-");
	if (bytes)
		scan(text, bytes, size);
	g_hash_table_insert(includes->texts, g_strdup(path), text);
	return text;
}

static void digest_make(struct header *header)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize size = sizeof(header->digest);

	g_checksum_update(sum, (const guchar *)header->path, strlen(header->path) + 1);
	g_checksum_update(sum, (const guchar *)header->text->hash, -1);
	g_checksum_get_digest(sum, (guint8 *)header->digest, &size);
}

static struct header *header_get(struct includes *includes, const char *path,
				 const struct arch *arch)
{
	char *key = g_strdup_printf("%s\t%s", arch->name, path);
	struct header *header = g_hash_table_lookup(includes->headers, key);

	if (header) {
		g_free(key);
		return header;
	}
	header = g_new0(struct header, 1);
	header->path = g_strdup(path);
	header->text = text_get(includes, path);
	digest_make(header);
	header->next = g_ptr_array_new();
	header->unresolved = g_ptr_array_new();
	g_hash_table_insert(includes->headers, key, header);
	for (guint i = 0; i < header->text->directives->len; i++) {
		const char *directive = header->text->directives->pdata[i];
		g_autofree char *found = resolve(includes, path, directive + 1, *directive == '"',
						 arch);

		if (found)
			g_ptr_array_add(header->next, header_get(includes, found, arch));
		else
			g_ptr_array_add(header->unresolved, (char *)directive + 1);
	}
	return header;
}

static void visit(struct includes *includes, GPtrArray *reached, struct header *header)
{
	if (header->visited == includes->walk)
		return;
	header->visited = includes->walk;
	g_ptr_array_add(reached, header);
}

/* The path of a name below the "-I/abs/dir" of a job. */
static char *own_path(struct includes *includes, const char *option, const char *name)
{
	const struct tree *tree = includes->tree;
	const char *dir = option_value(option, "-I");

	if (!dir)
		return NULL;
	if (tree_below(dir, tree->top))
		return known_path(includes, tree_below(dir, tree->top), name);
	return tree_is_module(tree) && tree_below(dir, tree->kernel->top) ?
		kernel_path(includes, tree_below(dir, tree->kernel->top), name) : NULL;
}

static void visit_own_dirs(struct includes *includes, GPtrArray *reached,
			   const struct header *header, const struct arch *arch, GPtrArray *dirs)
{
	for (guint i = 0; i < header->unresolved->len; i++) {
		for (guint j = 0; dirs && j < dirs->len; j++) {
			g_autofree char *path = own_path(includes, dirs->pdata[j],
							 header->unresolved->pdata[i]);

			if (path)
				visit(includes, reached, header_get(includes, path, arch));
		}
	}
}

/* Transitive closure: includes of the files that are reached. */
static void visit_all(struct includes *includes, GPtrArray *reached, const struct arch *arch,
		      GPtrArray *dirs)
{
	for (guint i = 0; i < reached->len; i++) {
		const struct header *header = reached->pdata[i];

		for (guint j = 0; j < header->next->len; j++)
			visit(includes, reached, header->next->pdata[j]);
		visit_own_dirs(includes, reached, header, arch, dirs);
	}
}

/* Of the digests, whatever order they are in. */
static char *hash_of(const GPtrArray *reached)
{
	guint64 sum[DIGEST_WORDS] = { 0 };

	for (guint i = 0; i < reached->len; i++)
		for (guint j = 0; j < DIGEST_WORDS; j++)
			sum[j] += ((struct header *)reached->pdata[i])->digest[j];
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)sum, sizeof(sum));
}

/* The file and all headers that it reaches. */
static GPtrArray *reached_of(struct includes *includes, const char *path, const struct arch *arch,
			     GPtrArray *dirs)
{
	static const char *const forced[] = { "kconfig.h", "compiler_types.h", "compiler-version.h" };
	GPtrArray *reached = g_ptr_array_new();

	includes->walk++;
	visit(includes, reached, header_get(includes, path, arch));
	for (size_t i = 0; i < G_N_ELEMENTS(forced); i++) {
		g_autofree char *found = public_path(includes, "include/linux", forced[i]);

		if (found)
			visit(includes, reached, header_get(includes, found, arch));
	}
	visit_all(includes, reached, arch, dirs);
	return reached;
}

static GPtrArray *reached_of_headers(struct includes *includes, const GPtrArray *headers,
				     const struct arch *arch)
{
	GPtrArray *reached = g_ptr_array_new();

	includes->walk++;
	for (guint i = 0; i < headers->len; i++) {
		g_autofree char *found = public_path(includes, "include", headers->pdata[i]);

		if (found)
			visit(includes, reached, header_get(includes, found, arch));
	}
	visit_all(includes, reached, arch, NULL);
	return reached;
}

char *includes_headers_hash(struct includes *includes, const GPtrArray *headers,
			    const struct arch *arch)
{
	g_autoptr(GPtrArray) reached = reached_of_headers(includes, headers, arch);

	return hash_of(reached);
}

GPtrArray *includes_reached(struct includes *includes, const GPtrArray *headers,
			    const struct arch *arch)
{
	g_autoptr(GPtrArray) reached = reached_of_headers(includes, headers, arch);
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < reached->len; i++)
		g_ptr_array_add(paths, g_strdup(((struct header *)reached->pdata[i])->path));
	return paths;
}

void includes_visit(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs, void (*call)(const char *path, void *data), void *data)
{
	g_autoptr(GPtrArray) reached = reached_of(includes, path, arch, dirs);

	for (guint i = 0; i < reached->len; i++)
		call(((struct header *)reached->pdata[i])->path, data);
}

char *includes_hash(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs)
{
	g_autoptr(GPtrArray) reached = reached_of(includes, path, arch, dirs);

	return hash_of(reached);
}

static bool ends_like_one(const struct header *header, GHashTable *paths)
{
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		for (guint i = 0; i < header->unresolved->len; i++) {
			g_autofree char *name = g_path_get_basename(header->unresolved->pdata[i]);

			if (g_str_has_suffix(path, name))
				return true;
		}
	}
	return false;
}

bool includes_reach(struct includes *includes, const char *path, const struct arch *arch,
		    GPtrArray *dirs, GHashTable *paths)
{
	g_autoptr(GPtrArray) reached = reached_of(includes, path, arch, dirs);

	for (guint i = 0; i < reached->len; i++) {
		const struct header *header = reached->pdata[i];

		if (g_hash_table_contains(paths, header->path) || ends_like_one(header, paths))
			return true;
	}
	return false;
}
