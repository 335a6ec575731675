/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DB_REASON_TEXT_H
#define GUPCONV_DB_REASON_TEXT_H

#include "db/db.h"

/*
 * Adds the SQL function reason_text(code, args) to a connection: the sentence of a
 * reason, by the templates of table reason. reports/gupconv_reports/reasons.py is the
 * same in Python.
 */
bool reason_text_add(struct db *db);

#endif
