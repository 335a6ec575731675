/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DB_H
#define GUPCONV_DB_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

/* PRAGMA user_version of a database that this gupconv reads and writes. */
#define DB_VERSION 16

/**
 * struct db - an open database and its prepared statements
 * @handle: SQLite's own
 * @path: file name, for messages
 * @statements: name of a query in db/queries/ -> sqlite3_stmt, prepared once
 * @reasons: code -> template of table reason, once it was needed; else NULL
 */
struct db {
	sqlite3 *handle;
	char *path;
	GHashTable *statements;
	GHashTable *reasons;
};

/* A new, empty database with schema, views and API tables; PATH must not exist. */
struct db *db_create(const char *path, GError **error);
/*
 * The same for a file that is thrown away when anything fails: no journal, and references between
 * tables are not checked before db_check_references(), which has to stand outside a transaction.
 */
struct db *db_create_scratch(const char *path, GError **error);
bool db_check_references(struct db *db, GError **error);
/* The same in memory, for this program's own rows: references between tables are not checked. */
struct db *db_create_memory(GError **error);
/* An existing one. Fails with EXIT_INPUT when absent, no database, or of another version. */
struct db *db_open(const char *path, bool writable, GError **error);
void db_close(struct db *db);

/*
 * The query db/queries/NAME.sql, reset and without bindings. Dies when there is no
 * such query: that is a bug. NULL when the file is damaged or locked: db_step() of it
 * fails and sets the error; to bind to it does nothing.
 */
sqlite3_stmt *db_query(struct db *db, const char *name);

/* Binds by position, from 1. NULL text binds NULL. */
void db_bind_text(sqlite3_stmt *stmt, int index, const char *text);
void db_bind_int(sqlite3_stmt *stmt, int index, sqlite3_int64 value);
/* value < 1 binds NULL: for ids that may be absent. */
void db_bind_id(sqlite3_stmt *stmt, int index, sqlite3_int64 value);

/* true for a row; false at the end or, with error set, on failure. */
bool db_step(struct db *db, sqlite3_stmt *stmt, GError **error);
/* For statements without rows. */
bool db_run(struct db *db, sqlite3_stmt *stmt, GError **error);
bool db_exec(struct db *db, const char *query_name, GError **error);

bool db_begin(struct db *db, GError **error);
bool db_commit(struct db *db, GError **error);
void db_rollback(struct db *db);

/* Never NULL: "" for NULL. Valid until the next step. */
const char *db_text(sqlite3_stmt *stmt, int column);

/* Caller frees; NULL when there is no such key. */
char *db_meta_get(struct db *db, const char *key);
bool db_meta_set(struct db *db, const char *key, const char *value, GError **error);

#endif
