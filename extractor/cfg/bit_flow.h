/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_BIT_FLOW_H
#define GUPCONV_CFG_BIT_FLOW_H

#include "cfg/cfg_edges.h"

/*
 * Transfer function of a backward analysis: makes the set before the node of the one behind it.
 * It must be monotone: a larger set behind gives no smaller one before.
 */
typedef void (*ir_transfer)(int node, guint64 *bits, const void *data);

/*
 * The least solution of a backward may-analysis over sets of bits (gen and kill, or any other
 * monotone transfer): for each node, words of 64 bits that hold before it; the set behind a node
 * is the union over its successors. g_free() it.
 */
guint64 *ir_solve_backward(const struct ir_function *function, enum ir_edges edges, guint words,
			   ir_transfer transfer, const void *data);

static inline bool ir_bit(const guint64 *bits, guint number)
{
	return bits[number / 64] >> (number % 64) & 1;
}

static inline void ir_bit_set(guint64 *bits, guint number)
{
	bits[number / 64] |= 1ull << (number % 64);
}

static inline void ir_bit_clear(guint64 *bits, guint number)
{
	bits[number / 64] &= ~(1ull << (number % 64));
}

#endif
