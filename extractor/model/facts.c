// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <string.h>

#include "base/text_order.h"
#include "model/facts.h"

static void label_free(void *data)
{
	struct facts_label *label = data;

	g_free(label->name);
	g_free(label->scope);
	g_free(label->type);
	g_free(label);
}

struct facts *facts_new(void)
{
	struct facts *facts = g_new0(struct facts, 1);

	facts->text = g_string_new(NULL);
	facts->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	facts->labels = g_ptr_array_new_with_free_func(label_free);
	facts->flows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	facts->graphs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	facts->prototypes = g_ptr_array_new_with_free_func(g_free);
	facts->file = g_strdup("");
	return facts;
}

/* "K CALLEE SCOPE LINE" whose scope is a header. */
static bool calls_header(const char *line)
{
	const char *scope = line + strlen("K\t");

	scope += strcspn(scope, "\t\n");
	scope += *scope == '\t';
	return g_str_has_prefix(scope + strcspn(scope, "\t\n") - strlen(".h"), ".h");
}

bool facts_is_for_draft(const char *line)
{
	return *line == 'K' ? calls_header(line) : !strchr("GAT", *line);
}

char *facts_finish(struct facts *facts)
{
	char *text;

	g_ptr_array_sort(facts->prototypes, text_order);
	for (guint i = 0; i < facts->prototypes->len; i++)
		g_string_append(facts->text, facts->prototypes->pdata[i]);
	text = g_string_free(facts->text, FALSE);
	g_ptr_array_free(facts->prototypes, TRUE);
	g_hash_table_destroy(facts->places);
	g_ptr_array_free(facts->labels, TRUE);
	g_hash_table_destroy(facts->flows);
	g_hash_table_destroy(facts->graphs);
	g_free(facts->file);
	g_free(facts);
	return text;
}

void facts_append_cell(GString *line, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	for (const char *cell = valid; *cell; cell++) {
		switch (*cell) {
		case '\t':
			g_string_append(line, "\\t");
			break;
		case '\n':
			g_string_append(line, "\\n");
			break;
		case '\\':
			g_string_append(line, "\\\\");
			break;
		default:
			g_string_append_c(line, *cell);
		}
	}
}

void facts_line(struct facts *facts, const char *kind, ...)
{
	const char *cell;
	va_list ap;

	g_string_append(facts->text, kind);
	va_start(ap, kind);
	while ((cell = va_arg(ap, const char *))) {
		g_string_append_c(facts->text, '\t');
		facts_append_cell(facts->text, cell);
	}
	va_end(ap);
	g_string_append_c(facts->text, '\n');
}

void facts_file(struct facts *facts, const char *path)
{
	if (!strcmp(facts->file, path))
		return;
	g_free(facts->file);
	facts->file = g_strdup(path);
	facts_line(facts, "@", path, NULL);
}

void facts_prototype(struct facts *facts, const char *name, const char *params)
{
	g_autofree char *key = g_strdup_printf("T %s", name);

	if (g_hash_table_add(facts->flows, g_steal_pointer(&key)))
		g_ptr_array_add(facts->prototypes, g_strdup_printf("T\t%s\t%s\n", name, params));
}

static char *graph_key(const struct facts *facts, const char *name, unsigned int line)
{
	return g_strdup_printf("%s %s %u", facts->file, name, line);
}

bool facts_wants_graph(const struct facts *facts, const char *name, unsigned int line, bool broken)
{
	g_autofree char *key = graph_key(facts, name, line);
	const struct facts_graph *known = g_hash_table_lookup(facts->graphs, key);

	return !known || (known->broken && !broken);
}

/* The line is in the text from there on no more. */
static void graph_remove(struct facts *facts, const struct facts_graph *graph)
{
	size_t start = graph->start, length = graph->length;
	GHashTableIter iter;
	void *other;

	g_string_erase(facts->text, start, length);
	g_hash_table_iter_init(&iter, facts->graphs);
	while (g_hash_table_iter_next(&iter, NULL, &other))
		if (((struct facts_graph *)other)->start > start)
			((struct facts_graph *)other)->start -= length;
}

void facts_graph(struct facts *facts, const char *name, unsigned int line, const char *graph,
		 bool broken)
{
	char *key = graph_key(facts, name, line), cell[16];
	struct facts_graph *known = g_hash_table_lookup(facts->graphs, key);
	struct facts_graph *added = g_new(struct facts_graph, 1);

	if (known)
		graph_remove(facts, known);
	added->start = facts->text->len;
	g_snprintf(cell, sizeof(cell), "%u", line);
	facts_line(facts, "G", name, cell, graph, NULL);
	added->length = facts->text->len - added->start;
	added->broken = broken;
	g_hash_table_replace(facts->graphs, key, added);
}

int facts_find_place(const struct facts *facts, enum place_kind kind, const char *name,
		     const char *scope)
{
	g_autofree char *key = g_strjoin("\t", place_kind_word(kind), name, scope, NULL);

	return GPOINTER_TO_INT(g_hash_table_lookup(facts->places, key)) - 1;
}

int facts_place(struct facts *facts, enum place_kind kind, const char *name, const char *scope,
		const char *type)
{
	char *key = g_strjoin("\t", place_kind_word(kind), name, scope, NULL);
	int place = GPOINTER_TO_INT(g_hash_table_lookup(facts->places, key)) - 1;
	struct facts_label *label;

	if (place >= 0) {
		g_free(key);
		return place;
	}
	label = g_new0(struct facts_label, 1);
	label->kind = kind;
	label->name = g_strdup(name);
	label->scope = g_strdup(scope);
	label->type = g_strdup(type);
	label->number = -1;
	g_ptr_array_add(facts->labels, label);
	g_hash_table_insert(facts->places, key, GINT_TO_POINTER(facts->labels->len));
	return facts->labels->len - 1;
}

const struct facts_label *facts_label(const struct facts *facts, int place)
{
	return facts->labels->pdata[place];
}

int facts_place_number(struct facts *facts, int place)
{
	struct facts_label *label;

	if (place < 0)
		return -1;
	label = facts->labels->pdata[place];
	if (label->number < 0) {
		label->number = facts->written++;
		facts_line(facts, "P", place_kind_word(label->kind), label->name, label->scope,
			   label->type, NULL);
	}
	return label->number;
}

static void flow_line(struct facts *facts, const char *letter, int dst, int src, const char *kind,
		      unsigned int line)
{
	char *key = g_strdup_printf("%s\t%s\t%d\t%d\t%s\t%u", letter, facts->file, dst, src, kind,
				    line);
	char cells[3][16];

	if (!g_hash_table_add(facts->flows, key))
		return;
	g_snprintf(cells[0], sizeof(cells[0]), "%d", facts_place_number(facts, dst));
	g_snprintf(cells[1], sizeof(cells[1]), "%d", facts_place_number(facts, src));
	g_snprintf(cells[2], sizeof(cells[2]), "%u", line);
	facts_line(facts, letter, cells[0], cells[1], kind, cells[2], NULL);
}

void facts_flow(struct facts *facts, int dst, int src, enum flow_kind kind, unsigned int line)
{
	if (dst >= 0 && src >= 0 && dst != src)
		flow_line(facts, "W", dst, src, flow_kind_word(kind), line);
}

void facts_object(struct facts *facts, int dst, int src, enum object_kind kind, unsigned int line)
{
	if (dst >= 0 && src >= 0 && dst != src)
		flow_line(facts, "O", dst, src, object_kind_word(kind), line);
}

void facts_invoke(struct facts *facts, const char *callee, const char *scope, unsigned int line)
{
	g_autofree char *key = g_strdup_printf("K\t%s\t%s\t%u", callee, facts->file, line);
	char cell[16];

	if (!g_hash_table_add(facts->flows, g_steal_pointer(&key)))
		return;
	g_snprintf(cell, sizeof(cell), "%u", line);
	facts_line(facts, "K", callee, scope, cell, NULL);
}

static char *unescape(const char *cell, size_t length)
{
	char *text = g_malloc(length + 1);
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		char c = cell[i];

		if (c == '\\' && i + 1 < length) {
			c = cell[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
		}
		text[n++] = c;
	}
	text[n] = 0;
	return text;
}

char **facts_cells(const char *line, size_t length)
{
	GPtrArray *cells = g_ptr_array_new();
	const char *end = line + length;

	for (;;) {
		const char *tab = memchr(line, '\t', end - line);
		const char *stop = tab ? tab : end;

		g_ptr_array_add(cells, unescape(line, stop - line));
		if (!tab)
			break;
		line = tab + 1;
	}
	g_ptr_array_add(cells, NULL);
	return (char **)g_ptr_array_free(cells, FALSE);
}
