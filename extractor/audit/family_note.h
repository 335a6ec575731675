/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_FAMILY_NOTE_H
#define GUPCONV_AUDIT_FAMILY_NOTE_H

#include "db/db.h"

/* Names on stderr the functions of the family that no table had, with their role. */
void family_note(struct db *db);
/* Says on stderr how many there are. */
void family_note_count(struct db *db);

#endif
