/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_ROLE_H
#define GUPCONV_MODEL_ROLE_H

#include "model/words.h"

/* api.role: what a function does with pages. */
#define ROLES(X) \
	X(ROLE_ACQUIRE, "acquire")	/* hands out references of user pages */ \
	X(ROLE_RELEASE, "release")	/* drops them */ \
	X(ROLE_DIRTY, "dirty")		/* marks pages dirty */ \
	X(ROLE_SOURCE, "source")	/* hands out pages of another kind */ \
	X(ROLE_CARRY, "carry")		/* its result is the same page as its argument */ \
	X(ROLE_USE, "use")		/* looks at pages or their data */ \
	X(ROLE_NOTIFIER, "notifier")	/* registers an MMU notifier */

enum role { ROLES(WORDS_NAME) };

WORDS_DECLARE(role);

#endif
