// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "base/diag.h"
#include "commands/explain.h"
#include "model/place_kind.h"
#include "db/db.h"

#define LINKS_SHOWN 5	/* what fits one screen; --all shows the rest */

/* One way to name a site. */
struct wanted {
	int id;
	char *path;
	int line;
};

static bool wanted_parse(const char *word, struct wanted *wanted)
{
	const char *colon = strrchr(word, ':');
	const char *number = colon ? colon + 1 : word;
	char *end;
	long value = strtol(number, &end, 10);

	if (!*number || *end || value < 1 || value > G_MAXINT)
		return false;
	if (colon) {
		wanted->path = g_strndup(word, colon - word);
		wanted->line = value;
	} else {
		wanted->id = value;
	}
	return true;
}

/* "put(#1)" as parameter 2 of put(), "*ops.put(#1)" of ->put(). Caller frees. */
static char *param_words(const char *name)
{
	const char *end = strrchr(name, '('), *start = name;
	const char *dot = *name == '*' && end ? g_strrstr_len(name, end - name, ".") : NULL;

	if (!end || end[1] != '#')
		return g_strdup(name);
	if (*name == '*')
		start = dot ? dot + 1 : name + 1;
	return g_strdup_printf("parameter %d of %s%.*s()", atoi(end + 2) + 1, dot ? "->" : "",
			       (int)(end - start), start);
}

/* A place for a reader; "take.page" as page in take(). Caller frees. */
static char *place_words(enum place_kind kind, const char *name)
{
	const char *dot = strchr(name, '.');

	if (kind == PLACE_FIELD)
		return g_strdup_printf("struct %s", name);
	if (kind == PLACE_PARAM)
		return param_words(name);
	if (kind == PLACE_RETURN)
		return g_strdup_printf("result of %s", name);
	if (kind == PLACE_LOCAL && dot)
		return g_strdup_printf("%.*s in %.*s()", (int)strcspn(dot + 1, ":"), dot + 1,
				       (int)(dot - name), name);
	if (kind == PLACE_RESULT)
		return g_strdup_printf("result of %.*s()", (int)strcspn(name, "@"), name);
	return g_strdup(name);
}

/* The lines of a chain, without one that repeats the line before. */
static bool steps_print(struct db *db, int link, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_steps");
	g_autofree char *last = NULL;
	GError *failure = NULL;

	db_bind_int(stmt, 1, link);
	while (db_step(db, stmt, &failure)) {
		g_autofree char *at = g_strdup_printf("%s:%s", db_text(stmt, 0), db_text(stmt, 1));
		g_autofree char *place = place_words(place_kind_find(db_text(stmt, 2)),
						     db_text(stmt, 3));
		char *line = g_strdup_printf("      %-52s %s", at, place);

		if (g_strcmp0(line, last))
			puts(line);
		g_free(last);
		last = line;
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

/* Rows of explain_links, kept: the query of the steps runs between them. */
struct link_line {
	int id;
	bool chain;
	char *text;
};

static void link_line_free(void *data)
{
	struct link_line *line = data;

	g_free(line->text);
	g_free(line);
}

static struct link_line *link_line_new(sqlite3_stmt *stmt)
{
	struct link_line *line = g_new0(struct link_line, 1);
	int other = sqlite3_column_int(stmt, 3);

	line->id = sqlite3_column_int(stmt, 0);
	line->chain = other > 0;
	if (other)
		line->text = g_strdup_printf("  %s #%d %s:%s %s(): %s()\n    %s", db_text(stmt, 1),
					     other, db_text(stmt, 4), db_text(stmt, 5),
					     db_text(stmt, 7), db_text(stmt, 6), db_text(stmt, 2));
	else
		line->text = g_strdup_printf("  %s: %s", db_text(stmt, 1), db_text(stmt, 2));
	return line;
}

static bool links_print(struct db *db, int site, bool all, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_links");
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(link_line_free);
	GError *failure = NULL;
	guint shown;

	db_bind_int(stmt, 1, site);
	while (db_step(db, stmt, &failure))
		g_ptr_array_add(lines, link_line_new(stmt));
	if (failure) {
		g_propagate_error(error, failure);
		return false;
	}
	shown = all ? lines->len : MIN(lines->len, LINKS_SHOWN);
	for (guint i = 0; i < shown; i++) {
		const struct link_line *line = lines->pdata[i];

		puts(line->text);
		if (line->chain && !steps_print(db, line->id, error))
			return false;
	}
	if (shown < lines->len)
		printf("  and %u more links: --all shows them\n", lines->len - shown);
	return true;
}

static char *site_text(sqlite3_stmt *stmt)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "#%s %s:%s:%s %s(): %s()\n", db_text(stmt, 0),
			       db_text(stmt, 1), db_text(stmt, 2), db_text(stmt, 3),
			       db_text(stmt, 4), db_text(stmt, 5));
	g_string_append_printf(text, "  %s, %s", db_text(stmt, 6), db_text(stmt, 7));
	if (*db_text(stmt, 9)) {
		g_autofree char *place = param_words(db_text(stmt, 9));

		g_string_append_printf(text, "; pages in %s", place);
	}
	if (*db_text(stmt, 13))
		g_string_append_printf(text, "; flags %s", db_text(stmt, 13));
	if (*db_text(stmt, 10))
		g_string_append_printf(text, "; #if %s", db_text(stmt, 10));
	g_string_append_printf(text, "\n  %s", db_text(stmt, 8));
	if (*db_text(stmt, 11) && strcmp(db_text(stmt, 11), db_text(stmt, 8)) &&
	    strcmp(db_text(stmt, 11), db_text(stmt, 5)))
		g_string_append_printf(text, " -> %s", db_text(stmt, 11));
	if (*db_text(stmt, 14))
		g_string_append_printf(text, " (CASE %s)", db_text(stmt, 14));
	g_string_append_printf(text, ": %s\n", db_text(stmt, 12));
	if (sqlite3_column_int(stmt, 16) > 1)
		g_string_append_printf(text, "  one of %s sites of group %s\n", db_text(stmt, 16),
				       db_text(stmt, 15));
	if (*db_text(stmt, 17))
		g_string_append_printf(text, "  in a decisions file: %s\n", db_text(stmt, 17));
	return g_string_free(text, FALSE);
}

static bool sites_find(struct db *db, const struct wanted *wanted, GArray *ids, GPtrArray *texts,
		       GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_sites");
	GError *failure = NULL;

	db_bind_id(stmt, 1, wanted->id);
	db_bind_text(stmt, 2, wanted->path);
	db_bind_int(stmt, 3, wanted->line);
	while (db_step(db, stmt, &failure)) {
		int id = sqlite3_column_int(stmt, 0);

		g_array_append_val(ids, id);
		g_ptr_array_add(texts, site_text(stmt));
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static bool sites_print(struct db *db, const struct wanted *wanted, const char *word, bool all,
			GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	int wrappers;

	if (!sites_find(db, wanted, ids, texts, error))
		return false;
	wrappers = explain_wrappers(db, wanted->id, wanted->path, wanted->line, error);
	if (wrappers < 0)
		return false;
	if (!ids->len && !wrappers) {
		fail(error, EXIT_USAGE,
		     "explain: no acquire or release is at %s; 'gupconv sites' lists them", word);
		return false;
	}
	for (guint i = 0; i < ids->len; i++) {
		fputs(texts->pdata[i], stdout);
		if (!links_print(db, g_array_index(ids, int, i), all, error) ||
		    !explain_wrapped(db, g_array_index(ids, int, i), error))
			return false;
	}
	return true;
}

int explain_print(const char *path, const char *site, bool all)
{
	struct wanted wanted = { 0 };
	GError *error = NULL;
	struct db *db;

	if (!wanted_parse(site, &wanted)) {
		diag_error("explain: %s: give the id of a site, or path:line", site);
		return EXIT_USAGE;
	}
	db = db_open(path ? path : "gupconv.db", false, &error);
	if (db) {
		sites_print(db, &wanted, site, all, &error);
		db_close(db);
	}
	g_free(wanted.path);
	return error ? diag_exit(error) : EXIT_DONE;
}

struct explain_options {
	char *db;
	gboolean all;
};

static int run(const void *given, char **words)
{
	const struct explain_options *options = given;

	return explain_print(options->db, words[0], options->all);
}

#define FIELD(field) OPTION_FIELD(struct explain_options, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db), "the database (default: gupconv.db)", "FILE" },
	{ "all", 0, 0, G_OPTION_ARG_NONE, FIELD(all), "every link of the site", NULL },
	{ NULL },
};

const struct command command_explain = {
	.name = "explain",
	.summary = "say why a site is what it is, line by line",
	.words = "SITE",
	.about = "Shows why a site (its id, or path:line) has its state, line by line.",
	.min = 1, .max = 1,
	.options = entries, .size = sizeof(struct explain_options),
	.run = run,
};
