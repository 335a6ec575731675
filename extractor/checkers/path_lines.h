/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_LINES_H
#define GUPCONV_CHECKERS_PATH_LINES_H

#include "checkers/path_engine.h"

/*
 * The path that led to an event, from the acquire on, for people: of struct finding_line; the
 * last one has this text, which is taken. Caller frees.
 */
GArray *path_lines(const struct path_result *result, const struct path_event *event,
		   struct reason *last);

#endif
