// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/stat.h>

#include "kbuild/kconfig_read.h"

#define KCONFIG_SIZE_MAX (4 << 20)
#define KCONFIG_LINE_MAX (64 << 10)
#define KCONFIG_FILES_MAX 8192
#define SOURCE_DEPTH_MAX 32
#define BLOCK_DEPTH_MAX 256

enum block_kind { BLOCK_IF, BLOCK_MENU, BLOCK_CHOICE };

struct block {
	enum block_kind kind;
	struct kconfig_expr *outer;	/* in force around it */
};

/**
 * struct kconfig_reader - one file being read
 * @context: conditions of the blocks that are open
 * @entry: that attributes go to, or NULL
 * @block_head: attributes go to the innermost menu or choice
 * @help_indent: of the help text that is skipped; -1 for none, 0 for its first line
 */
struct kconfig_reader {
	struct kconfig_base *base;
	const char *path;
	struct kconfig_expr *context;
	GArray *blocks;
	struct kconfig_entry *entry;
	struct kconfig_expr *entry_symbol;
	bool block_head;
	int help_indent;
};

static void entry_free(void *data)
{
	struct kconfig_entry *entry = data;

	g_free(entry->arch);
	g_ptr_array_unref(entry->defaults);
	g_free(entry);
}

static void symbol_free(void *data)
{
	struct kconfig_symbol *symbol = data;

	g_ptr_array_unref(symbol->entries);
	g_ptr_array_unref(symbol->selects);
	g_free(symbol);
}

static void base_list_archs(struct kconfig_base *base)
{
	g_autofree char *path = g_build_filename(base->tree, "arch", NULL);
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir)))
		if (!strchr(name, '.'))
			g_ptr_array_add(base->archs, g_strdup(name));
	g_clear_pointer(&dir, g_dir_close);
	g_ptr_array_sort(base->archs, (GCompareFunc)(void (*)(void))g_strcmp0);
}

struct kconfig_base *kconfig_base_new(const char *tree)
{
	struct kconfig_base *base = g_new0(struct kconfig_base, 1);

	base->tree = g_strdup(tree);
	base->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, symbol_free);
	base->pool = kconfig_pool_new();
	base->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	base->archs = g_ptr_array_new_with_free_func(g_free);
	if (tree)
		base_list_archs(base);
	return base;
}

void kconfig_base_free(struct kconfig_base *base)
{
	g_free(base->tree);
	g_hash_table_destroy(base->symbols);
	g_ptr_array_unref(base->pool);
	g_hash_table_destroy(base->seen);
	g_ptr_array_unref(base->archs);
	g_free(base);
}

static struct kconfig_symbol *symbol_get(struct kconfig_base *base, const char *name)
{
	struct kconfig_symbol *symbol = g_hash_table_lookup(base->symbols, name);

	if (symbol)
		return symbol;
	symbol = g_new(struct kconfig_symbol, 1);
	symbol->entries = g_ptr_array_new_with_free_func(entry_free);
	symbol->selects = g_ptr_array_new_with_free_func(g_free);
	g_hash_table_insert(base->symbols, g_strdup(name), symbol);
	return symbol;
}

static char *arch_of(const char *path)
{
	const char *name = path + strlen("arch/");

	if (!g_str_has_prefix(path, "arch/") || !strchr(name, '/'))
		return NULL;
	return g_strndup(name, strcspn(name, "/"));
}

static void reader_config(struct kconfig_reader *reader, const char *rest)
{
	g_autofree char *name = g_strndup(rest, strcspn(rest, " \t"));
	const char *cursor = name;
	struct kconfig_entry *entry;

	reader->entry = NULL;
	reader->block_head = false;
	reader->entry_symbol = kconfig_expr_parse(reader->base->pool, &cursor);
	if (!reader->entry_symbol || reader->entry_symbol->op != KCONFIG_SYMBOL)
		return;
	entry = g_new0(struct kconfig_entry, 1);
	entry->arch = arch_of(reader->path);
	entry->depends = reader->context;
	entry->defaults = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(symbol_get(reader->base, name)->entries, entry);
	reader->entry = entry;
}

static void reader_open(struct kconfig_reader *reader, enum block_kind kind,
			struct kconfig_expr *condition)
{
	struct block block = { kind, reader->context };

	reader->entry = NULL;
	reader->block_head = kind != BLOCK_IF;
	if (reader->blocks->len >= BLOCK_DEPTH_MAX)
		return;
	g_array_append_val(reader->blocks, block);
	reader->context = kconfig_expr_and(reader->base->pool, reader->context, condition);
}

static void reader_close(struct kconfig_reader *reader, enum block_kind kind)
{
	const struct block *last;

	reader->entry = NULL;
	reader->block_head = false;
	if (!reader->blocks->len)
		return;
	last = &g_array_index(reader->blocks, struct block, reader->blocks->len - 1);
	if (last->kind != kind)
		return;
	reader->context = last->outer;
	g_array_set_size(reader->blocks, reader->blocks->len - 1);
}

static void reader_source_each(struct kconfig_reader *reader, const char *path)
{
	static const char *const variables[] = { "$(SRCARCH)", "${SRCARCH}", "$SRCARCH",
						 "$(ARCH)", "$ARCH" };

	for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
		const char *at = strstr(path, variables[i]);

		if (!at)
			continue;
		for (guint a = 0; a < reader->base->archs->len; a++) {
			g_autofree char *one = g_strdup_printf(
				"%.*s%s%s", (int)(at - path), path,
				(char *)reader->base->archs->pdata[a], at + strlen(variables[i]));

			kconfig_base_read(reader->base, one, reader->context);
		}
		return;
	}
	kconfig_base_read(reader->base, path, reader->context);
}

static void reader_source(struct kconfig_reader *reader, const char *rest, bool relative)
{
	g_autofree char *name = g_strdup(rest);
	g_autofree char *dir = g_path_get_dirname(reader->path);
	g_autofree char *path = NULL;

	reader->entry = NULL;
	reader->block_head = false;
	g_strdelimit(name, "\"'", ' ');
	g_strstrip(name);
	if (g_str_has_prefix(name, "$(srctree)/"))
		memmove(name, name + strlen("$(srctree)/"),
			strlen(name + strlen("$(srctree)/")) + 1);
	path = relative ? g_build_filename(dir, name, NULL) : g_strdup(name);
	reader_source_each(reader, path);
}

static const char *word_after(const char *line, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(line, word, length) || (line[length] && !g_ascii_isspace(line[length])))
		return NULL;
	line += length;
	while (g_ascii_isspace(*line))
		line++;
	return line;
}

static void reader_depends(struct kconfig_reader *reader, const char *rest)
{
	struct kconfig_expr *expr = kconfig_expr_parse(reader->base->pool, &rest);

	if (reader->entry)
		reader->entry->depends = kconfig_expr_and(reader->base->pool,
							  reader->entry->depends, expr);
	else if (reader->block_head)
		reader->context = kconfig_expr_and(reader->base->pool, reader->context, expr);
}

static struct kconfig_value *value_new(struct kconfig_reader *reader, struct kconfig_expr *value,
				       const char *rest)
{
	struct kconfig_value *pair = g_new0(struct kconfig_value, 1);
	const char *condition;

	while (g_ascii_isspace(*rest))
		rest++;
	condition = word_after(rest, "if");
	pair->value = value;
	if (condition)
		pair->condition = kconfig_expr_parse(reader->base->pool, &condition);
	return pair;
}

static void reader_default(struct kconfig_reader *reader, const char *rest)
{
	struct kconfig_expr *value = kconfig_expr_parse(reader->base->pool, &rest);

	if (reader->entry && value)
		g_ptr_array_add(reader->entry->defaults, value_new(reader, value, rest));
}

static void reader_select(struct kconfig_reader *reader, const char *rest)
{
	g_autofree char *name = g_strndup(rest, strcspn(rest, " \t"));

	if (reader->entry && *name)
		g_ptr_array_add(symbol_get(reader->base, name)->selects,
				value_new(reader, reader->entry_symbol, rest + strlen(name)));
}

static void reader_prompt(struct kconfig_reader *reader, const char *rest)
{
	if (reader->entry && (*rest == '"' || *rest == '\''))
		reader->entry->prompt = true;
}

static bool reader_attribute(struct kconfig_reader *reader, const char *line)
{
	static const char *const types[] = { "bool", "tristate", "boolean", "prompt", "string",
					     "int", "hex", "def_bool", "def_tristate" };
	const char *rest;

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		rest = word_after(line, types[i]);
		if (!rest)
			continue;
		if (g_str_has_prefix(types[i], "def_"))
			reader_default(reader, rest);
		else
			reader_prompt(reader, rest);
		return true;
	}
	if ((rest = word_after(line, "depends")))
		reader_depends(reader, g_str_has_prefix(rest, "on") ? rest + 2 : rest);
	else if ((rest = word_after(line, "default")))
		reader_default(reader, rest);
	else if ((rest = word_after(line, "select")))
		reader_select(reader, rest);
	else
		return false;
	return true;
}

static void reader_statement(struct kconfig_reader *reader, const char *line)
{
	const char *rest;

	if ((rest = word_after(line, "config")) || (rest = word_after(line, "menuconfig")))
		reader_config(reader, rest);
	else if ((rest = word_after(line, "if")))
		reader_open(reader, BLOCK_IF, kconfig_expr_parse(reader->base->pool, &rest));
	else if (word_after(line, "endif"))
		reader_close(reader, BLOCK_IF);
	else if (word_after(line, "menu"))
		reader_open(reader, BLOCK_MENU, NULL);
	else if (word_after(line, "endmenu"))
		reader_close(reader, BLOCK_MENU);
	else if (word_after(line, "choice"))
		reader_open(reader, BLOCK_CHOICE, NULL);
	else if (word_after(line, "endchoice"))
		reader_close(reader, BLOCK_CHOICE);
	else if ((rest = word_after(line, "source")) || (rest = word_after(line, "osource")))
		reader_source(reader, rest, false);
	else if ((rest = word_after(line, "rsource")))
		reader_source(reader, rest, true);
	else if (word_after(line, "help") || g_str_has_prefix(line, "---help---"))
		reader->help_indent = 0;
	else if (word_after(line, "comment"))
		reader->entry = NULL, reader->block_head = false;
	else
		reader_attribute(reader, line);
}

static int indent_of(const char *line)
{
	int indent = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		indent = *line == '\t' ? (indent | 7) + 1 : indent + 1;
	return indent;
}

/* Help ends at the first line that is indented less than its first one. */
static bool reader_in_help(struct kconfig_reader *reader, const char *line)
{
	int indent;

	if (reader->help_indent < 0)
		return false;
	if (!line[strspn(line, " \t\r")])
		return true;
	indent = indent_of(line);
	if (!reader->help_indent)
		reader->help_indent = indent ? indent : -1;
	if (reader->help_indent > 0 && indent >= reader->help_indent)
		return true;
	reader->help_indent = -1;
	return false;
}

static void reader_line(struct kconfig_reader *reader, GString *line)
{
	char *text = line->str;
	char *hash;

	if (reader_in_help(reader, text))
		return;
	hash = strchr(text, '#');
	if (hash && (hash == text || g_ascii_isspace(hash[-1])))
		*hash = '\0';
	g_strstrip(text);
	if (*text)
		reader_statement(reader, text);
}

static void reader_text(struct kconfig_reader *reader, const char *text, gsize length)
{
	g_autoptr(GString) line = g_string_new(NULL);
	const char *end = text + MIN(length, KCONFIG_SIZE_MAX);

	while (text < end) {
		const char *eol = memchr(text, '\n', end - text);
		gsize size = (eol ? eol : end) - text;
		bool more = size && text[size - 1] == '\\';

		if (line->len + size < KCONFIG_LINE_MAX)
			g_string_append_len(line, text, size - more);
		text += size + (eol ? 1 : 0);
		if (more && text < end && reader->help_indent < 0)
			continue;
		reader_line(reader, line);
		g_string_truncate(line, 0);
	}
}

void kconfig_base_text(struct kconfig_base *base, const char *path, const char *text, gsize length,
		       struct kconfig_expr *outer)
{
	struct kconfig_reader reader = {
		.base = base, .path = path, .context = outer, .help_indent = -1
	};

	reader.blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
	reader_text(&reader, text, length);
	g_array_unref(reader.blocks);
}

void kconfig_base_read(struct kconfig_base *base, const char *path, struct kconfig_expr *outer)
{
	g_autofree char *clean = g_canonicalize_filename(path, "/");
	g_autofree char *full = NULL, *text = NULL;
	const char *changed = NULL;
	gsize length = 0;
	struct stat st;

	if (!base->tree || base->depth >= SOURCE_DEPTH_MAX ||
	    g_hash_table_size(base->seen) >= KCONFIG_FILES_MAX ||
	    !g_hash_table_add(base->seen, g_strdup(clean)))
		return;
	full = g_build_filename(base->tree, clean, NULL);
	if (!source_overlay_find(base->change, clean + 1, &changed, &length) &&
	    !stat(full, &st) && S_ISREG(st.st_mode) && st.st_size <= KCONFIG_SIZE_MAX &&
	    g_file_get_contents(full, &text, &length, NULL))
		changed = text;
	if (!changed)
		return;
	base->depth++;
	kconfig_base_text(base, clean + 1, changed, length, outer);
	base->depth--;
}
