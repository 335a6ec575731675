/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_BUILD_NOTE_H
#define GUPCONV_MODEL_BUILD_NOTE_H

#include <glib.h>

#include "model/words.h"

/* build_note.kind: what is not known of how a module is built, or is no part of it. */
#define BUILD_NOTE_KINDS(X) \
	X(NOTE_MISSING_HEADER, "missing-header") \
	X(NOTE_NO_RULE, "no-rule") \
	X(NOTE_NO_SOURCE, "no-source") \
	X(NOTE_NOT_UNDERSTOOD, "not-understood") \
	X(NOTE_PASSED_OVER, "passed-over")

enum build_note_kind { BUILD_NOTE_KINDS(WORDS_NAME) };

WORDS_DECLARE(build_note_kind);

/**
 * struct build_note - a row of table build_note
 * @path: from the module's top
 * @line: there; 0: none
 * @detail: the header, the object, the construct, or why it is passed over
 */
struct build_note {
	enum build_note_kind kind;
	char *path;
	guint line;
	char *detail;
};

#endif
