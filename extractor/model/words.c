// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <string.h>

#include "model/answer.h"
#include "model/build_note.h"
#include "model/call_status.h"
#include "model/contact_kind.h"
#include "model/detail.h"
#include "model/era.h"
#include "model/family.h"
#include "model/file_status.h"
#include "model/flow_kind.h"
#include "model/knowledge_kind.h"
#include "model/link_kind.h"
#include "model/object_kind.h"
#include "model/outcome.h"
#include "model/param_role.h"
#include "model/place_kind.h"
#include "model/reason.h"
#include "model/role.h"
#include "model/state.h"

static int words_find(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], word))
			return i;
	return -1;
}

#define WORDS_TEXT(name, word) word,

/* A value that an enum has behind its list is of the memory alone: it has no word (NULL). */
#define WORDS_DEFINE(noun, LIST) \
	static const char *const noun##_table[] = { LIST(WORDS_TEXT) NULL }; \
	const char *noun##_word(enum noun value) { return noun##_table[value]; } \
	int noun##_find(const char *word) { return words_find(noun##_table, word); } \
	const char *const *noun##_words(void) { return noun##_table; }

WORDS_DEFINE(answer, ANSWERS)
WORDS_DEFINE(build_note_kind, BUILD_NOTE_KINDS)
WORDS_DEFINE(call_status, CALL_STATUSES)
WORDS_DEFINE(contact_kind, CONTACT_KINDS)
WORDS_DEFINE(detail, DETAILS)
WORDS_DEFINE(era, ERAS)
WORDS_DEFINE(family, FAMILIES)
WORDS_DEFINE(file_status, FILE_STATUSES)
WORDS_DEFINE(flow_kind, FLOW_KINDS)
WORDS_DEFINE(knowledge_kind, KNOWLEDGE_KINDS)
WORDS_DEFINE(known_detail, KNOWN_DETAILS)
WORDS_DEFINE(link_kind, LINK_KINDS)
WORDS_DEFINE(object_kind, OBJECT_KINDS)
WORDS_DEFINE(outcome, OUTCOMES)
WORDS_DEFINE(param_role, PARAM_ROLES)
WORDS_DEFINE(place_kind, PLACE_KINDS)
WORDS_DEFINE(reason_code, REASONS)
WORDS_DEFINE(role, ROLES)
WORDS_DEFINE(state, STATES)

enum detail detail_of(const char *text)
{
	int detail = detail_find(text);

	return detail >= 0 ? (enum detail)detail : DETAIL_FUNCTION;
}
