/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMPARE_H
#define GUPCONV_COMPARE_H

#include <glib.h>

/*
 * The findings (struct finding) of after that before has not, by fingerprint;
 * gone, when not NULL, gets the number of those that only before has. What was
 * in a file and is now in the same function of another one has moved: it is
 * neither. The result does not own its findings.
 */
GPtrArray *findings_new(GPtrArray *before, GPtrArray *after, guint *gone);

#endif
