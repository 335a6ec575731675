/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FILE_STATUS_H
#define GUPCONV_MODEL_FILE_STATUS_H

#include "model/words.h"

/* file.status: how parsing went. */
#define FILE_STATUSES(X) \
	X(FILE_PARSED, "parsed") \
	X(FILE_FAILED, "failed") \
	X(FILE_TIMEOUT, "timeout") \
	X(FILE_UNREADABLE, "unreadable")

enum file_status { FILE_STATUSES(WORDS_NAME) };

WORDS_DECLARE(file_status);

#endif
