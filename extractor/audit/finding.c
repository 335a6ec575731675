// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "audit/finding.h"

static GHashTable *all_kinds_but(const struct finding_kind *but)
{
	GHashTable *kinds = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 0; finding_kind_at(i); i++)
		if (finding_kind_at(i) != but)
			g_hash_table_add(kinds, (char *)finding_kind_at(i)->word);
	return kinds;
}

GHashTable *finding_kinds_parse(char **words, const struct finding_kind *but, GError **error)
{
	g_autoptr(GHashTable) kinds = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *list = words ? g_strjoinv(",", words) : NULL;
	g_auto(GStrv) names = list ? g_strsplit(list, ",", -1) : NULL;

	if (!names)
		return all_kinds_but(but);
	for (char **name = names; *name; name++) {
		const struct finding_kind *kind = finding_kind_find(*name);

		if (!kind) {
			g_autofree char *known = finding_kinds_list();

			fail(error, EXIT_USAGE, "--kind %s: give one of %s", *name, known);
			return NULL;
		}
		g_hash_table_add(kinds, (char *)kind->word);
	}
	return g_steal_pointer(&kinds);
}

static void step_free(void *data)
{
	struct finding_step *step = data;

	g_free(step->path);
	g_free(step->text);
	g_free(step);
}

static void finding_free(void *data)
{
	struct finding *f = data;

	g_free(f->kind);
	g_free(f->detail);
	g_free(f->path);
	g_free(f->function);
	g_free(f->callee);
	g_free(f->role);
	g_free(f->subsystem);
	g_free(f->message);
	g_free(f->other_path);
	g_free(f->other_function);
	g_free(f->other_callee);
	g_free(f->fingerprint);
	g_ptr_array_unref(f->steps);
	g_free(f);
}

static char *copy(sqlite3_stmt *stmt, int column)
{
	return g_strdup(db_text(stmt, column));
}

static struct finding *finding_of_row(sqlite3_stmt *stmt)
{
	struct finding *f = g_new0(struct finding, 1);

	*f = (struct finding){
		.id = sqlite3_column_int(stmt, 0), .kind = copy(stmt, 1), .detail = copy(stmt, 2),
		.path = copy(stmt, 3), .line = sqlite3_column_int(stmt, 4),
		.column = sqlite3_column_int(stmt, 5), .function = copy(stmt, 6),
		.callee = copy(stmt, 7), .role = copy(stmt, 8), .subsystem = copy(stmt, 9),
		.group = sqlite3_column_int(stmt, 10), .message = copy(stmt, 11),
		.site = sqlite3_column_int(stmt, 12),
		.character = sqlite3_column_int(stmt, 18),
		.steps = g_ptr_array_new_with_free_func(step_free),
	};
	if (sqlite3_column_type(stmt, 13) == SQLITE_NULL)
		return f;
	f->other_path = copy(stmt, 13);
	f->other_line = sqlite3_column_int(stmt, 14);
	f->other_column = sqlite3_column_int(stmt, 15);
	f->other_character = sqlite3_column_int(stmt, 19);
	f->other_function = copy(stmt, 16);
	f->other_callee = copy(stmt, 17);
	return f;
}

/* Both lists are in the order of the findings' ids. */
static bool steps_load(struct db *db, GPtrArray *findings, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_steps");
	GError *failure = NULL;
	guint at = 0;

	while (db_step(db, stmt, &failure)) {
		struct finding_step *step = g_new0(struct finding_step, 1);

		while (((struct finding *)findings->pdata[at])->id != sqlite3_column_int(stmt, 0))
			at++;
		step->path = copy(stmt, 1);
		step->line = sqlite3_column_int(stmt, 2);
		step->text = copy(stmt, 3);
		g_ptr_array_add(((struct finding *)findings->pdata[at])->steps, step);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

/* Equal ones in a function are told apart by their order. */
static void fingerprints_make(GPtrArray *findings)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < findings->len; i++) {
		struct finding *f = findings->pdata[i];
		char *name = g_strdup_printf("%s%s%s:%s:%s:%s", f->kind, *f->detail ? "/" : "",
					     f->detail, f->path, f->function, f->callee);
		int number;

		/* It ends at white space in a file of accepted findings. */
		g_strdelimit(name, " \t\r\n\v\f", '?');
		number = GPOINTER_TO_INT(g_hash_table_lookup(seen, name)) + 1;
		f->fingerprint = g_strdup_printf("%s:%d", name, number);
		g_hash_table_insert(seen, name, GINT_TO_POINTER(number));
	}
}

GPtrArray *findings_load(struct db *db, GError **error)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(finding_free);
	sqlite3_stmt *stmt = db_query(db, "findings");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_ptr_array_add(findings, finding_of_row(stmt));
	if (failure) {
		g_propagate_error(error, failure);
		return NULL;
	}
	if (!steps_load(db, findings, error))
		return NULL;
	fingerprints_make(findings);
	return g_steal_pointer(&findings);
}
