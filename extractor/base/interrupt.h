/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_INTERRUPT_H
#define GUPCONV_BASE_INTERRUPT_H

#include <stdbool.h>

/* Ctrl-C and its like are held until interrupted() is called, so that a run can clean up. */
void interrupt_hold(void);
/* Has one come since? */
bool interrupted(void);
/* Lets it through: the process may end here, by the signal. */
void interrupt_release(void);

#endif
