// SPDX-License-Identifier: GPL-2.0-only
/* Enumerators and macros of headers, by their text: no compiler, and no configuration. */
#include <string.h>

#include "base/ctype_word.h"
#include "convert/patch_source/header_values.h"

/* Stands in the code for a conditional directive; no C source has it. */
#define DIRECTIVE '\x01'

static void value_free(gpointer data)
{
	struct header_value *value = data;

	g_free(value->name);
	g_free(value->text);
	g_free(value);
}

struct header_values *header_values_new(void)
{
	struct header_values *values = g_new0(struct header_values, 1);

	values->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, value_free);
	values->code = g_string_new(NULL);
	return values;
}

void header_values_free(struct header_values *values)
{
	if (!values)
		return;
	g_hash_table_destroy(values->by_name);
	g_string_free(values->code, TRUE);
	g_free(values);
}

static void blank(char *from, const char *end)
{
	for (; from < end; from++)
		if (*from != '\n')
			*from = ' ';
}

/* Blanks in place of comments and strings, so that all else keeps its place. */
static void comments_blank(char *text)
{
	for (char *at = text; *at; at++) {
		char *end = NULL;

		if (g_str_has_prefix(at, "/*")) {
			end = strstr(at + 2, "*/");
			end = end ? end + 2 : at + strlen(at);
		} else if (g_str_has_prefix(at, "//")) {
			end = at + strcspn(at, "\n");
		} else if (*at == '"' || *at == '\'') {
			for (end = at + 1; *end && *end != *at && *end != '\n'; end++)
				if (*end == '\\' && end[1])
					end++;
			end += *end == *at;
		}
		if (end) {
			blank(at, end);
			at = end - 1;
		}
	}
}

static gsize word_length(const char *at)
{
	gsize length = 0;

	if (text_word_start(*at))
		while (text_word_char(at[length]))
			length++;
	return length;
}

static void value_add(struct header_values *values, const char *name, gsize length, char *text,
		      gsize at, bool unclear)
{
	struct header_value *value = g_new0(struct header_value, 1);
	const struct header_value *other;

	value->name = g_strndup(name, length);
	value->text = g_strstrip(text);
	value->at = at;
	other = g_hash_table_lookup(values->by_name, value->name);
	value->unclear = unclear || (other && strcmp(other->text, text));
	g_hash_table_replace(values->by_name, value->name, value);
}

/* The end of a line that a backslash may continue. */
static char *line_end(char *at)
{
	char *end = at + strcspn(at, "\n");

	while (*end && end[-1] == '\\')
		end += 1 + strcspn(end + 1, "\n");
	return end;
}

static void define_read(struct header_values *values, const char *at, const char *end, gsize base)
{
	const char *name = at + strlen("define");
	gsize length;
	char *text;

	name += strspn(name, " \t");
	length = word_length(name);
	if (!length || name[length] == '(')
		return;
	text = g_strndup(name + length, end - name - length);
	value_add(values, name, length, g_strdelimit(text, "\\\n\t", ' '), base, false);
}

/* Reads the directives, and leaves blanks and marks of the conditional ones in their place. */
static void directives_read(struct header_values *values, char *text, gsize base)
{
	for (char *line = text; *line; line += *line == '\n') {
		char *end = line_end(line), *hash = line + strspn(line, " \t");
		char *word = hash + 1 + (*hash == '#' ? strspn(hash + 1, " \t") : 0);

		if (*hash == '#') {
			bool conditional = g_str_has_prefix(word, "if") ||
					   g_str_has_prefix(word, "el") ||
					   g_str_has_prefix(word, "endif");

			if (g_str_has_prefix(word, "define"))
				define_read(values, word, end, base + (hash - text));
			blank(line, end);
			if (conditional)
				*hash = DIRECTIVE;
		}
		line = end;
	}
}

/* One enumerator, "NAME" or "NAME = EXPRESSION"; *before is the one before it, or NULL. */
static void enumerator_read(struct header_values *values, const char *item, gsize at,
			    const char **before, bool *unclear)
{
	g_autofree char *text = g_strdup(item);
	gsize shift = strspn(text, " \t\n\x01");
	const char *name = text + shift, *assigned = strchr(text, '=');
	gsize length = word_length(name);
	g_autofree char *key = g_strndup(name, length);
	char *expression;

	*unclear = (*unclear && !assigned) || (strchr(text, DIRECTIVE) && !assigned);
	if (!length)
		return;
	expression = assigned ? g_strdelimit(g_strdup(assigned + 1), "\n\t\x01", ' ') :
		     *before ? g_strdup_printf("%s + 1", *before) : g_strdup("0");
	value_add(values, name, length, expression, at + shift, *unclear);
	*before = ((struct header_value *)g_hash_table_lookup(values->by_name, key))->name;
}

/* The enumerators between braces; at is the byte after the first. */
static void enum_read(struct header_values *values, const char *at, const char *end, gsize base)
{
	const char *before = NULL;
	bool unclear = false;
	int depth = 0;

	for (const char *from = at, *here = at; here <= end; here++) {
		depth += *here == '(' ? 1 : *here == ')' ? -1 : 0;
		if (here == end || (*here == ',' && !depth)) {
			g_autofree char *item = g_strndup(from, here - from);

			enumerator_read(values, item, base + (from - at), &before, &unclear);
			from = here + 1;
		}
	}
}

static void enums_read(struct header_values *values, const char *code, gsize base)
{
	for (const char *at = strstr(code, "enum"); at; at = strstr(at + 1, "enum")) {
		const char *open = at + strlen("enum"), *end;

		if ((at > code && text_word_char(at[-1])) || text_word_char(*open))
			continue;
		open += strspn(open, " \t\n");
		open += word_length(open);
		open += strspn(open, " \t\n");
		end = *open == '{' ? strchr(open, '}') : NULL;
		if (end)
			enum_read(values, open + 1, end, base + (open + 1 - code));
	}
}

void header_values_add(struct header_values *values, const char *text)
{
	g_autofree char *code = g_strdup(text);
	gsize base = values->code->len;

	comments_blank(code);
	directives_read(values, code, base);
	enums_read(values, code, base);
	g_string_append_c(g_string_append(values->code, code), '\n');
}

/* Of a declaration's type, as words with one blank between them. */
static unsigned int type_bits(const char *type)
{
	static const struct {
		const char *type;
		unsigned int bits;
	} widths[] = {
		{ "char", 8 }, { "signed char", 8 }, { "unsigned char", 8 }, { "bool", 1 },
		{ "short", 16 }, { "unsigned short", 16 }, { "int", 32 }, { "unsigned int", 32 },
		{ "unsigned", 32 }, { "long", 32 }, { "unsigned long", 32 },
		{ "u8", 8 }, { "u16", 16 }, { "u32", 32 }, { "u64", 64 },
		{ "s8", 8 }, { "s16", 16 }, { "s32", 32 }, { "s64", 64 },
		{ "__u8", 8 }, { "__u16", 16 }, { "__u32", 32 }, { "__u64", 64 },
		{ "atomic_t", 32 }, { "atomic_long_t", 32 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++)
		if (!strcmp(widths[i].type, type))
			return widths[i].bits;
	return 0;
}

/* Where the braces end that the text begins with. */
static const char *braces_end(const char *at)
{
	int depth = 0;

	for (; *at; at++) {
		depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
		if (!depth)
			break;
	}
	return at;
}

unsigned int header_member_bits(const struct header_values *values, const char *structure,
				const char *member)
{
	g_autofree char *pattern = g_strdup_printf("\\bstruct\\s+%s\\s*\\{", structure);
	g_autofree char *wanted = g_strdup_printf("[;{}\\x01]\\s*([A-Za-z_][\\w\\s]*?)\\s+%s\\s*;", member);
	g_autoptr(GRegex) head = g_regex_new(pattern, 0, 0, NULL);
	g_autoptr(GRegex) line = g_regex_new(wanted, 0, 0, NULL);
	g_autoptr(GMatchInfo) found = NULL, declared = NULL;
	g_autofree char *body = NULL, *type = NULL;
	g_auto(GStrv) words = NULL;
	int end;

	if (!g_regex_match(head, values->code->str, 0, &found) ||
	    !g_match_info_fetch_pos(found, 0, NULL, &end))
		return 0;
	body = g_strndup(values->code->str + end - 1,
			 braces_end(values->code->str + end - 1) - (values->code->str + end - 1));
	if (!g_regex_match(line, body, 0, &declared))
		return 0;
	type = g_match_info_fetch(declared, 1);
	words = g_regex_split_simple("\\s+", type, 0, 0);
	g_free(type);
	type = g_strjoinv(" ", words);
	return type_bits(type);
}
