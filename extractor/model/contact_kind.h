/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_CONTACT_KIND_H
#define GUPCONV_MODEL_CONTACT_KIND_H

#include "model/words.h"

/* subsystem_contact.kind: of lines in MAINTAINERS. */
#define CONTACT_KINDS(X) \
	X(CONTACT_MAINTAINER, "maintainer") \
	X(CONTACT_REVIEWER, "reviewer") \
	X(CONTACT_LIST, "list") \
	X(CONTACT_TREE, "tree")

enum contact_kind { CONTACT_KINDS(WORDS_NAME) };

WORDS_DECLARE(contact_kind);

#endif
