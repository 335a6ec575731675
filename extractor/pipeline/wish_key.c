// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/facts.h"
#include "pipeline/wish_key.h"

#define CELLS_MAX 16

/**
 * struct named_place - a P line
 * @name: kind, name and scope, as they are
 * @plain: the line with ranks in place of numbers
 */
struct named_place {
	char *name;
	char *plain;
};

/**
 * struct wish_key - a key under way
 * @sum: of the lines
 * @places: of struct named_place
 * @own: path of a file -> the numbers of its own section, in words
 * @foreign: set of paths that have a section in the facts of another file
 */
struct wish_key {
	GChecksum *sum;
	GArray *places;
	GHashTable *own, *foreign;
};

/**
 * struct section - the lines of one file in a text of facts
 * @ranked: it is the file itself: ranks stand for its numbers
 * @numbers: these, of guint64, sorted, each once
 */
struct section {
	const char *start, *end;
	bool ranked;
	GArray *numbers;
};

static void place_clear(void *data)
{
	struct named_place *place = data;

	g_free(place->name);
	g_free(place->plain);
}

struct wish_key *wish_key_new(const char *base)
{
	struct wish_key *key = g_new0(struct wish_key, 1);

	key->sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(key->sum, (const guchar *)base, -1);
	key->places = g_array_new(FALSE, FALSE, sizeof(struct named_place));
	g_array_set_clear_func(key->places, place_clear);
	key->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	key->foreign = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return key;
}

void wish_key_free(struct wish_key *key)
{
	g_checksum_free(key->sum);
	g_array_unref(key->places);
	g_hash_table_destroy(key->own);
	g_hash_table_destroy(key->foreign);
	g_free(key);
}

/* -- numbers -- */

/* Whether the cell of a line of that kind is a line number. */
static bool is_line_cell(char kind, int cell)
{
	switch (kind) {
	case 'F':
		return cell == 2 || cell == 3;
	case 'C':
		return cell == 1 || cell == 12;
	case 'W':
	case 'O':
		return cell == 4;
	case 'K':
		return cell == 3;
	default:
		return false;
	}
}

/* Of a place's name: "new@path:LINE:COLUMN", "f.local:LINE". */
static bool is_number_in_name(const char *at)
{
	return *at == ':' && g_ascii_isdigit(at[1]);
}

typedef void (*piece_fn)(const char *text, size_t length, bool number, void *data);

/* Visits the text of a line (without its newline) in pieces: numbers of lines, and the rest. */
static void visit_line(const char *line, const char *end, piece_fn visit, void *data)
{
	const char *from = line;
	int cell = 0;

	for (const char *at = line; at < end; at++) {
		bool number = false;

		if (*at == '\t')
			number = is_line_cell(*line, ++cell);
		else if (*line == 'P')
			number = is_number_in_name(at);
		if (!number)
			continue;
		visit(from, at + 1 - from, false, data);
		from = at + 1;
		while (at + 1 < end && g_ascii_isdigit(at[1]))
			at++;
		visit(from, at + 1 - from, true, data);
		from = at + 1;
	}
	visit(from, end - from, false, data);
}

static void note_number(const char *text, size_t length, bool number, void *data)
{
	guint64 value = strtoull(text, NULL, 10);

	(void)length;
	if (number)
		g_array_append_val((GArray *)data, value);
}

static int by_value(const void *a, const void *b)
{
	guint64 left = *(const guint64 *)a, right = *(const guint64 *)b;

	return (left > right) - (left < right);
}

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
	const char *end = line_end(line);

	return *end ? end + 1 : end;
}

/* A draft takes it, and it is more than how parsing went. */
static bool is_hashed(const char *line)
{
	return *line != 'E' && facts_is_for_draft(line);
}

/* Of a file that stands for itself, all numbers of its section. */
static void numbers_collect(struct section *section)
{
	GArray *numbers = section->numbers;
	guint kept = 0;

	g_array_set_size(numbers, 0);
	for (const char *line = section->start; line < section->end; line = next_line(line))
		if (section->ranked && is_hashed(line))
			visit_line(line, line_end(line), note_number, numbers);
	g_array_sort(numbers, by_value);
	for (guint i = 0; i < numbers->len; i++) {
		guint64 value = g_array_index(numbers, guint64, i);

		if (!kept || g_array_index(numbers, guint64, kept - 1) != value)
			g_array_index(numbers, guint64, kept++) = value;
	}
	g_array_set_size(numbers, kept);
}

static char *numbers_words(const GArray *numbers)
{
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)numbers->data,
					   numbers->len * sizeof(guint64));
}

/* -- lines -- */

struct plain {
	GString *text;
	const GArray *numbers;
};

static void append_piece(const char *text, size_t length, bool number, void *data)
{
	struct plain *plain = data;
	guint64 value = strtoull(text, NULL, 10);
	guint rank;

	if (number && g_array_binary_search((GArray *)plain->numbers, &value, by_value, &rank))
		g_string_append_printf(plain->text, "#%u", rank);
	else
		g_string_append_len(plain->text, text, length);
}

/* Without the type: of several, a draft takes the first. */
static void add_place(struct wish_key *key, const char *line, const char *end, const char *plain)
{
	const char *type = g_strrstr_len(line, end - line, "\t");
	struct named_place place = { g_strndup(line, type - line), g_strdup(plain) };

	g_array_append_val(key->places, place);
}

static void add_lines(struct wish_key *key, const struct section *section)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct plain plain = { text, section->numbers };

	for (const char *line = section->start; line < section->end; line = next_line(line)) {
		const char *end = line_end(line);

		if (!is_hashed(line))
			continue;
		g_string_truncate(text, 0);
		visit_line(line, end, append_piece, &plain);
		g_string_append_c(text, '\n');
		g_checksum_update(key->sum, (const guchar *)text->str, text->len);
		if (*line == 'P')
			add_place(key, line, end, text->str);
	}
}

static void add_section(struct wish_key *key, struct section *section, const char *path)
{
	const char *name = section->start + strlen("@\t");
	char *file = g_strndup(name, line_end(name) - name);

	section->ranked = !strcmp(file, path);
	numbers_collect(section);
	if (section->ranked)
		g_hash_table_insert(key->own, file, numbers_words(section->numbers));
	else
		g_hash_table_add(key->foreign, file);
	add_lines(key, section);
}

void wish_key_add(struct wish_key *key, const char *path, const char *more, const char *facts)
{
	struct section section = { .numbers = g_array_new(FALSE, FALSE, sizeof(guint64)) };
	g_autoptr(GString) cell = g_string_new(NULL);

	facts_append_cell(cell, path);
	g_checksum_update(key->sum, (const guchar *)cell->str, cell->len + 1);
	g_checksum_update(key->sum, (const guchar *)more, strlen(more) + 1);
	for (section.start = facts; *section.start; section.start = section.end) {
		section.end = next_line(section.start);
		while (*section.end && *section.end != '@')
			section.end = next_line(section.end);
		add_section(key, &section, cell->str);
	}
	g_array_unref(section.numbers);
}

/* -- the key -- */

static int by_name(const void *a, const void *b)
{
	const struct named_place *const *left = a, *const *right = b;
	int order = strcmp((*left)->name, (*right)->name);

	return order ? order : (*left > *right) - (*left < *right);
}

/* Numbers of two sections of one file compare by themselves. */
static void add_numbers(const struct wish_key *key, GChecksum *sum)
{
	GList *paths = g_list_sort(g_hash_table_get_keys(key->foreign), (GCompareFunc)strcmp);

	for (GList *item = paths; item; item = item->next) {
		const char *numbers = g_hash_table_lookup(key->own, item->data);

		if (numbers)
			g_checksum_update(sum, (const guchar *)numbers, -1);
	}
	g_list_free(paths);
}

char *wish_key_text(const struct wish_key *key)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_sized_new(key->places->len);
	GChecksum *sum = g_checksum_copy(key->sum);
	const struct named_place *before = NULL;
	char *text;

	for (guint i = 0; i < key->places->len; i++)
		g_ptr_array_add(sorted, &g_array_index(key->places, struct named_place, i));
	g_ptr_array_sort(sorted, by_name);
	for (guint i = 0; i < sorted->len; i++) {
		const struct named_place *place = sorted->pdata[i];
		bool same = before && !strcmp(before->name, place->name);

		g_checksum_update(sum, (const guchar *)(same ? "=" : "<"), 1);
		g_checksum_update(sum, (const guchar *)place->plain, -1);
		before = place;
	}
	add_numbers(key, sum);
	text = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return text;
}
