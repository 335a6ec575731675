/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FINDING_WRITER_H
#define GUPCONV_CHECKERS_FINDING_WRITER_H

#include "checkers/finding_list.h"

/* The kinds of the table of checkers, which findings refer to. */
bool finding_kinds_write(struct db *db, GError **error);
/* Adds to tables finding and finding_step, within the caller's transaction. */
bool findings_write(struct db *db, const struct finding_list *list, GError **error);

#endif
