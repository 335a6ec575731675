/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_PRESENCE_CONDITION_H
#define GUPCONV_CTEXT_PRESENCE_CONDITION_H

#include <glib.h>
#include <stdbool.h>

/*
 * Macros of a guard in words that its negations want undefined, and the
 * others (char *). Not a solver: a symbol counts as negated when '!' stands
 * before it or before the parenthesis that opens its group.
 */
void guard_split(const char *guard, GPtrArray *on, GPtrArray *off);

/*
 * Some macro has to be defined for the one and undefined for the other: no configuration has
 * both. Guards with "||" are not told.
 */
bool guards_exclude(const char *a, const char *b);

/* Does it hold in a kernel with that LINUX_VERSION_CODE, for some values of the rest? */
enum guard_answer { GUARD_NO, GUARD_YES, GUARD_PERHAPS };
enum guard_answer guard_in_version(const char *guard, long version);

/*
 * A LINUX_VERSION_CODE in which the guard can hold, the nearest to the given
 * one; 0 when the guard does not depend on it, or holds in none.
 */
long guard_version(const char *guard, long version);

/* "5.3.0" as LINUX_VERSION_CODE has it */
long version_code(const char *version);

#endif
