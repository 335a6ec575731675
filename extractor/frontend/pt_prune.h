/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PT_PRUNE_H
#define GUPCONV_FRONTEND_PT_PRUNE_H

#include "frontend/tu_walk.h"

/*
 * Facts of objects are kept back until the end of their translation unit: most
 * are of pointers that lead to no place where pages are kept, and are left out.
 */
struct pt_prune;

struct pt_prune *pt_prune_new(void);
/* kind, as table object_flow has it, between places of the unit's facts. */
void pt_prune_add(struct unit *unit, int dst, int src, enum object_kind kind, unsigned int line);
/* The function has its body here: what its parameters are for is all seen. */
void pt_prune_body(struct unit *unit, const char *name, const char *scope);
/* Writes those that matter; frees all. */
void pt_prune_emit(struct unit *unit);

#endif
