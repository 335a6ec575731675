// SPDX-License-Identifier: GPL-2.0-only
#include <sqlite3.h>
#include <unistd.h>

#include "db/db.h"
#include "base/diag.h"
#include "db/query.h"
#include "db/reason_text.h"

static void db_set_error(struct db *db, GError **error)
{
	fail(error, EXIT_INPUT, "%s: %s", db->path, sqlite3_errmsg(db->handle));
}

static void statement_free(void *stmt)
{
	sqlite3_finalize(stmt);
}

static struct db *db_new(const char *path, int flags, GError **error)
{
	struct db *db = g_new0(struct db, 1);

	db->path = g_strdup(path);
	db->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, statement_free);
	if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK || !reason_text_add(db)) {
		db_set_error(db, error);
		db_close(db);
		return NULL;
	}
	sqlite3_busy_timeout(db->handle, 10000);
	return db;
}

static bool db_script(struct db *db, const char *sql, GError **error)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	db_set_error(db, error);
	return false;
}

static struct db *db_make(const char *path, const char *pragmas, GError **error)
{
	g_autofree char *version = g_strdup_printf("PRAGMA user_version = %d", DB_VERSION);
	struct db *db = db_new(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

	if (!db)
		return NULL;
	if (db_script(db, pragmas, error) &&
	    db_script(db, version, error) &&
	    db_script(db, query_text("schema"), error) &&
	    db_script(db, query_text("views"), error) &&
	    db_script(db, query_text("api"), error) &&
	    db_script(db, query_text("reasons"), error) &&
	    db_script(db, query_text("knowledge"), error))
		return db;
	db_close(db);
	return NULL;
}

struct db *db_create(const char *path, GError **error)
{
	/* Not visible yet: the caller fsyncs and renames it when it is complete. */
	return db_make(path, "PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = ON;"
			     "PRAGMA synchronous = OFF", error);
}

struct db *db_create_scratch(const char *path, GError **error)
{
	return db_make(path, "PRAGMA journal_mode = OFF; PRAGMA foreign_keys = OFF;"
			     "PRAGMA synchronous = OFF", error);
}

bool db_check_references(struct db *db, GError **error)
{
	return db_script(db, "PRAGMA foreign_keys = ON", error);
}

struct db *db_create_memory(GError **error)
{
	return db_make(":memory:", "PRAGMA foreign_keys = OFF", error);
}

static bool db_check_version(struct db *db, GError **error)
{
	sqlite3_stmt *stmt;
	int version = -1;

	if (sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		version = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	if (version == DB_VERSION)
		return true;
	if (version < 0)
		fail(error, EXIT_INPUT, "%s: not a gupconv database; make one with 'gupconv index'",
		     db->path);
	else
		fail(error, EXIT_INPUT,
		     "%s: database version %d, but this gupconv reads %d; run 'gupconv index' again with another --db, or remove the file",
		     db->path, version, DB_VERSION);
	return false;
}

/* Its tables and views with their columns, a line each; NULL when they cannot be read. */
static char *schema_columns(struct db *db)
{
	GString *list = g_string_new(NULL);
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db->handle, query_text("schema_columns"), -1, &stmt, NULL);

	while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		g_string_append_printf(list, "%s.%s\n", db_text(stmt, 0), db_text(stmt, 1));
		rc = SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	return g_string_free(list, rc != SQLITE_DONE);
}

/*
 * The number of the version may stand in any file. With the tables and views of a new
 * database, every query prepares.
 */
static bool db_check_schema(struct db *db, GError **error)
{
	struct db *model = db_new(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
	g_autofree char *wanted = NULL, *found = NULL;

	if (!model || !db_script(model, query_text("schema"), error) ||
	    !db_script(model, query_text("views"), error)) {
		db_close(model);
		return false;
	}
	wanted = schema_columns(model);
	found = schema_columns(db);
	db_close(model);
	if (!g_strcmp0(wanted, found))
		return true;
	fail(error, EXIT_INPUT, "%s: not a gupconv database; make one with 'gupconv index'",
	     db->path);
	return false;
}

struct db *db_open(const char *path, bool writable, GError **error)
{
	struct db *db;

	if (access(path, R_OK)) {
		fail(error, EXIT_INPUT,
		     "%s: no readable database there; make one with 'gupconv index TREE --db %s'",
		     path, path);
		return NULL;
	}
	db = db_new(path, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);
	if (!db)
		return NULL;
	if (db_check_version(db, error) && db_check_schema(db, error) &&
	    db_check_references(db, error))
		return db;
	db_close(db);
	return NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	g_hash_table_destroy(db->statements);
	g_clear_pointer(&db->reasons, g_hash_table_destroy);
	sqlite3_close(db->handle);
	g_free(db->path);
	g_free(db);
}

sqlite3_stmt *db_query(struct db *db, const char *name)
{
	sqlite3_stmt *stmt = g_hash_table_lookup(db->statements, name);
	const char *text;

	if (stmt) {
		sqlite3_reset(stmt);
		sqlite3_clear_bindings(stmt);
		return stmt;
	}
	text = query_text(name);
	if (!text)
		g_error("no query named %s in db/queries", name);
	/* Its tables are there (db_open()): a file that is damaged or locked. db_step() tells. */
	if (sqlite3_prepare_v2(db->handle, text, -1, &stmt, NULL) != SQLITE_OK)
		return NULL;
	g_hash_table_insert(db->statements, (char *)name, stmt);
	return stmt;
}

void db_bind_text(sqlite3_stmt *stmt, int index, const char *text)
{
	sqlite3_bind_text(stmt, index, text, -1, SQLITE_TRANSIENT);
}

void db_bind_int(sqlite3_stmt *stmt, int index, sqlite3_int64 value)
{
	sqlite3_bind_int64(stmt, index, value);
}

void db_bind_id(sqlite3_stmt *stmt, int index, sqlite3_int64 value)
{
	if (value < 1)
		sqlite3_bind_null(stmt, index);
	else
		sqlite3_bind_int64(stmt, index, value);
}

bool db_step(struct db *db, sqlite3_stmt *stmt, GError **error)
{
	int rc = sqlite3_step(stmt);

	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		db_set_error(db, error);
	sqlite3_reset(stmt);
	return false;
}

bool db_run(struct db *db, sqlite3_stmt *stmt, GError **error)
{
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		;
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

bool db_exec(struct db *db, const char *query_name, GError **error)
{
	return db_script(db, query_text(query_name), error);
}

bool db_begin(struct db *db, GError **error)
{
	return db_script(db, "BEGIN IMMEDIATE", error);
}

bool db_commit(struct db *db, GError **error)
{
	return db_script(db, "COMMIT", error);
}

void db_rollback(struct db *db)
{
	sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

const char *db_text(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? text : "";
}

char *db_meta_get(struct db *db, const char *key)
{
	sqlite3_stmt *stmt = db_query(db, "meta_get");
	char *value = NULL;

	db_bind_text(stmt, 1, key);
	if (db_step(db, stmt, NULL))
		value = g_strdup(db_text(stmt, 0));
	sqlite3_reset(stmt);
	return value;
}

bool db_meta_set(struct db *db, const char *key, const char *value, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "meta_set");

	db_bind_text(stmt, 1, key);
	db_bind_text(stmt, 2, value);
	return db_run(db, stmt, error);
}
