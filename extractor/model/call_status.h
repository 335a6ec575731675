/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_CALL_STATUS_H
#define GUPCONV_MODEL_CALL_STATUS_H

#include "model/words.h"

/* call.status: how a call was seen. */
#define CALL_STATUSES(X) \
	X(CALL_RESOLVED, "resolved")	/* in the AST, and the callee is the API */ \
	X(CALL_RECOVERED, "recovered")	/* by another configuration, error recovery, as a macro */ \
	X(CALL_TEXT_ONLY, "text-only")	/* by the scanner alone */ \
	X(CALL_DEAD, "dead")		/* under #if 0 */ \
	X(CALL_HOMONYM, "homonym")	/* its callee is another function of that name */

/* CALL_OTHER_KERNEL, not in the table: not for the version that a module is read with */
enum call_status { CALL_STATUSES(WORDS_NAME) CALL_OTHER_KERNEL };

WORDS_DECLARE(call_status);

#endif
