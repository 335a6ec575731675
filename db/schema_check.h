/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DB_SCHEMA_CHECK_H
#define GUPCONV_DB_SCHEMA_CHECK_H

#include <sqlite3.h>
#include <stdbool.h>

/*
 * Has a database all tables, views and indexes of this version, by the very text of
 * their definitions? What it has besides is its owner's. The number of the version alone
 * is a claim that any file can make.
 */
bool schema_is_complete(sqlite3 *handle);

#endif
