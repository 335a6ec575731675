// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/bit_flow.h"

/*
 * Round-robin iteration from the last node to the first, which is near to postorder as lowering
 * numbers nodes in the order of the text. It ends: sets only grow, and they are finite; in graphs
 * of nested loops it takes two rounds more than the loops are deep.
 */
guint64 *ir_solve_backward(const struct ir_function *function, enum ir_edges edges, guint words,
			   ir_transfer transfer, const void *data)
{
	guint64 *all = g_new0(guint64, (gsize)function->count * words + 1);
	g_autofree guint64 *bits = g_new(guint64, words + 1);
	bool changed = true;

	while (changed) {
		changed = false;
		for (int i = function->count; i-- > 0;) {
			guint64 *own = all + (gsize)i * words;
			int next[2];
			int count = ir_successors(function, i, edges, next);

			memset(bits, 0, words * sizeof(*bits));
			for (int n = 0; n < count; n++)
				for (guint w = 0; w < words; w++)
					bits[w] |= all[(gsize)next[n] * words + w];
			transfer(i, bits, data);
			if (!memcmp(bits, own, words * sizeof(*bits)))
				continue;
			memcpy(own, bits, words * sizeof(*bits));
			changed = true;
		}
	}
	return all;
}
