/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LIVE_H
#define GUPCONV_LIVE_H

#include "body.h"

/* Which names and questions matter: what is not asked for any more makes no path another one. */

struct live;

struct live *live_new(const struct body *body);
void live_free(struct live *live);
/* Something may still ask for the key of an environment when a path comes to step. */
bool live_has(const struct live *live, int step, const char *key);

/* Names that tests, results and counts depend on; a set. */
GHashTable *names_that_matter(const struct bodies *bodies, const struct body *body);

#endif
