/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_SECOND_FORM_H
#define GUPCONV_CONVERT_REWRITE_SECOND_FORM_H

#include "convert/select/plan.h"

/*
 * Second forms: a static helper that releases, whose calls disagree on whose
 * pages they hand it, gets a copy beside it under another name, for the calls
 * that hand on pages of acquires. The rules then work in the copy.
 */

/* Reads who calls which helper with what into the sites. */
bool second_forms_load(struct db *db, struct plan *plan, GError **error);

/*
 * The file's text with the copies and the calls of them, or NULL when there are
 * none. Sites whose helper cannot have one are refused.
 */
char *second_forms_make(struct work_file *file);

/* The token of the same call after patches have moved it, by its function and number; or -1. */
int token_follow(const struct tokens *from, const struct tokens *to, int token,
		 const char *callee, const char *function);

#endif
