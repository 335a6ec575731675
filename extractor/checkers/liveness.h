/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LIVENESS_H
#define GUPCONV_CHECKERS_LIVENESS_H

#include "checkers/function_body.h"

/* Which names and questions matter: what is not asked for any more makes no path another one. */

struct live;

/* Made once for a body, and kept with it. */
const struct live *live_of(const struct bodies *bodies, const struct body *body);
void live_free(void *live);
/* Something may still ask for the key of an environment when a path comes to step. */
bool live_has(const struct live *live, int step, const char *key);

/* Tests, results or counts depend on the name, somewhere in the body. */
bool live_matters(const struct live *live, const char *name);

#endif
