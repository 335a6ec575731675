/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_VCS_H
#define GUPCONV_AUDIT_VCS_H

#include "source/source_overlay.h"

/*
 * The whole name of the commit that rev names in the repository
 * at top. EXIT_USAGE when there is none.
 */
char *vcs_commit(const char *top, const char *rev, GError **error);

/* Where top is in its repository: "drivers/x/", "" at the root of one or outside of any. */
char *vcs_prefix(const char *top);

/*
 * How a state differs from the files that are at top now, as far as they are
 * sources or Kbuild's: that of a commit, or with NULL that of git's index.
 */
struct source_overlay *vcs_change(const char *top, const char *commit, GError **error);

#endif
