/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_UNPARSED_H
#define GUPCONV_COMMANDS_UNPARSED_H

#include "db/db.h"

/*
 * Whether files could not be parsed or read, so that an answer is not complete, or a module has
 * no call of an acquire or a release, so that there is no answer. Says so, for
 * the last line of a command, which ends with EXIT_FINDINGS then.
 */
bool unparsed_tell(struct db *db);

#endif
