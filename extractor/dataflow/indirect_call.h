/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_INDIRECT_CALL_H
#define GUPCONV_DATAFLOW_INDIRECT_CALL_H

#include "dataflow/graph.h"

/*
 * Calls through pointers. Each function that can be in a pointer, by initialisers,
 * assignments and arguments, is called by the calls through it: their parameters
 * and results are joined. A pointer of a struct that the whole kernel shares is
 * one for each directory that uses it, as its other fields are.
 */
void indirect_resolve(struct graph *graph);

#endif
