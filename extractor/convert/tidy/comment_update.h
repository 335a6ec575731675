/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_COMMENT_UPDATE_H
#define GUPCONV_CONVERT_TIDY_COMMENT_UPDATE_H

#include <glib.h>

/**
 * struct renaming - what a call in a function is called before and after
 * @function: index of the function in the text
 * @messages: string literals of the function that name the call change, too
 */
struct renaming {
	int function;
	const char *from, *to;
	gboolean messages;
};

/*
 * Comments in and right above a function name the call that the function makes
 * now, if it makes the old one no more; so do its messages, where they are to. The calls in the
 * text are new already.
 */
char *comment_update_names(const char *text, const struct renaming *renamings, guint count);

/*
 * Comments above statements that call one of the names (NULL at the end) lose the
 * lines that only request the change that has been made: "FIXME: call the correct reference
 * counting function".
 */
char *comment_update_settle(const char *text, const char *const *names);

#endif
