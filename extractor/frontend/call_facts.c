// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "ctext/conditional_stack.h"
#include "frontend/parse_state.h"
#include "model/call_status.h"

/* The callee by the AST; a name that is itself a macro stands for its callee. */
static const struct seen_call *seen_call(struct parse *parse, const char *path,
					 const struct text_call *call)
{
	g_autofree char *key = call_key(path, call);
	g_autofree char *position = g_strdup_printf("%s:%u:%u", path, call->line, call->column);
	const struct seen_call *seen = g_hash_table_lookup(parse->unit.calls, key);

	return seen ? seen : g_hash_table_lookup(parse->unit.positions, position);
}

static enum call_status call_status(const struct text_call *call, const struct seen_call *seen,
				    const char *configuration)
{
	if (seen && seen->homonym)
		return CALL_HOMONYM;
	if (call->dead && !seen)
		return CALL_DEAD;
	if (!seen)
		return CALL_TEXT_ONLY;
	return seen->bare || *configuration ? CALL_RECOVERED : CALL_RESOLVED;
}

/* A call for another kernel has other arguments than the prototype that was seen. */
static bool fits(const struct seen_call *seen, const GPtrArray *texts)
{
	return seen && (!seen->bare || seen->param_names->len == texts->len);
}

static void emit_arguments(struct parse *parse, const struct source *source,
			   const struct text_call *call, const struct seen_call *seen)
{
	g_autoptr(GPtrArray)
		texts = call_scanner_arguments(source->text, source->size, call->offset);

	for (guint i = 0; i < texts->len; i++) {
		const char *name = fits(seen, texts) && i < seen->param_names->len ?
			seen->param_names->pdata[i] : "";
		enum param_role role = api_param_role(parse->setup->apis, name);
		const char *value = role == PARAM_FLAGS && seen->flags_are_bool ? "bool" : "";
		char seq[16];

		g_snprintf(seq, sizeof(seq), "%u", i);
		facts_line(parse->unit.facts, "A", seq, name, param_role_word(role),
			   texts->pdata[i], value, NULL);
	}
}

static char *call_flags(struct parse *parse, const struct source *source,
			const struct text_call *call, const struct seen_call *seen)
{
	g_autoptr(GPtrArray) texts = NULL;

	if (!seen)
		return g_strdup("");
	texts = call_scanner_arguments(source->text, source->size, call->offset);
	if (!fits(seen, texts))
		return g_strdup("");
	for (guint i = 0; i < MIN(texts->len, seen->param_names->len); i++) {
		enum param_role role = api_param_role(parse->setup->apis,
						      seen->param_names->pdata[i]);

		if (role == PARAM_FLAGS)
			return g_strdup(texts->pdata[i]);
		if (role == PARAM_WRITE)
			return g_strdup_printf("write: %s", (char *)texts->pdata[i]);
	}
	return g_strdup("");
}

/* The column in characters (code points of UTF-8) where that differs from bytes; else 0. */
static unsigned int character_of(const struct source *source, const struct text_call *call)
{
	const char *at = source->text + call->offset, *line = at - (call->column - 1);
	unsigned int character;

	if (!g_utf8_validate(line, at - line, NULL))
		return 0;
	character = (unsigned int)g_utf8_strlen(line, at - line) + 1;
	return character == call->column ? 0 : character;
}

static void emit_call(struct parse *parse, const char *path, const struct source *source,
		      const struct text_call *call)
{
	const struct api *api = api_find(parse->setup->apis, call->name);
	g_autofree char *key = call_key(path, call);
	const struct seen_call *seen = seen_call(parse, path, call);
	const char *noted = g_hash_table_lookup(parse->seen, key);
	const char *configuration = noted ? noted : "";
	g_autofree char *flags = call_flags(parse, source, call, seen);
	char cells[5][16];

	g_snprintf(cells[0], sizeof(cells[0]), "%u", call->line);
	g_snprintf(cells[1], sizeof(cells[1]), "%u", call->column);
	g_snprintf(cells[2], sizeof(cells[2]), "%d",
		   facts_place_number(parse->unit.facts, seen ? seen->place : -1));
	g_snprintf(cells[3], sizeof(cells[3]), "%u", call->function_line);
	g_snprintf(cells[4], sizeof(cells[4]), "%u", character_of(source, call));
	facts_line(parse->unit.facts, "C", cells[0], cells[1], call->name, role_word(api->role),
		   call_status_word(call_status(call, seen, configuration)), call->guard,
		   configuration, call->macro, cells[2], flags, call->function, cells[3], cells[4],
		   NULL);
	emit_arguments(parse, source, call, seen);
}

/* The keys of calls that a macro brings to this file, sorted. */
static GList *expanded_calls(struct parse *parse, const char *path)
{
	g_autofree char *prefix = g_strconcat(path, ":", NULL);
	GHashTableIter iter;
	GList *keys = NULL;
	void *key, *call;

	g_hash_table_iter_init(&iter, parse->unit.calls);
	while (g_hash_table_iter_next(&iter, &key, &call))
		if (((struct seen_call *)call)->expanded && g_str_has_prefix(key, prefix))
			keys = g_list_prepend(keys, key);
	return g_list_sort(keys, (GCompareFunc)strcmp);
}

static size_t offset_of(const struct source *source, unsigned int line, unsigned int column)
{
	const char *at = source->text;

	while (--line && (at = strchr(at, '\n')))
		at++;
	return at ? MIN((size_t)(at - source->text) + column - 1, source->size) : source->size;
}

/*
 * The guard of the place "path:line:column", as the text call there has it; another name for a
 * function, "#define unpin_user_page put_page", has none. Caller frees.
 */
static char *guard_of_body(struct parse *parse, const char *body)
{
	const char *position = strchr(body, ':');
	g_autofree char *path = g_strndup(body, position - body);
	const struct source *source = parse_source(parse, path);
	unsigned int line = 0, column = 0;

	sscanf(position, ":%u:%u", &line, &column);
	for (guint i = 0; i < source->calls->len; i++) {
		const struct text_call *call = source->calls->pdata[i];

		if (call->line == line && call->column == column)
			return g_strdup(call->guard);
	}
	return conditional_guard(source->text, source->size, offset_of(source, line, column));
}

/* Of the use of a macro: its own, and that of the macro's definition. */
static char *expanded_guard(struct parse *parse, const struct source *source, size_t offset,
			    const char *body)
{
	g_autofree char *own = conditional_guard(source->text, source->size, offset);
	g_autofree char *other = body ? guard_of_body(parse, body) : NULL;

	if (!other || !*other || !strcmp(own, other))
		return g_steal_pointer(&own);
	return *own ? g_strdup_printf("%s && %s", own, other) : g_steal_pointer(&other);
}

/* A use of a macro whose body holds an acquire or release: the row names the macro. */
static void emit_expanded(struct parse *parse, const char *path, const struct source *source,
			  const char *key)
{
	const char *position = key + strlen(path) + 1;
	const struct seen_call *seen = g_hash_table_lookup(parse->unit.calls, key);
	const struct api *api = api_find(parse->setup->apis, seen->callee);
	struct text_call call = { .name = seen->callee, .function = (char *)"" };
	g_autofree char *macro = NULL, *guard = NULL;
	const char *name;

	if (!api_is_site(api))
		return;
	sscanf(position, "%u:%u", &call.line, &call.column);
	call.offset = offset_of(source, call.line, call.column);
	if (call.offset >= source->size)
		return;		/* in the probe that was added to the text */
	name = source->text + call.offset;
	macro = g_strndup(name, strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"));
	call.macro = macro;
	guard = expanded_guard(parse, source, call.offset, seen->body);
	call.guard = guard;
	emit_call(parse, path, source, &call);
}

void parse_rows(struct parse *parse, const char *path)
{
	struct source *source = parse_source(parse, path);
	g_autoptr(GHashTable)
		written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GList *expanded = expanded_calls(parse, path);

	facts_file(parse->unit.facts, path);
	for (guint i = 0; i < source->calls->len; i++) {
		emit_call(parse, path, source, source->calls->pdata[i]);
		g_hash_table_add(written, call_key(path, source->calls->pdata[i]));
	}
	for (GList *item = expanded; item; item = item->next)
		if (!g_hash_table_contains(written, item->data))
			emit_expanded(parse, path, source, item->data);
	g_list_free(expanded);
}
