// SPDX-License-Identifier: GPL-2.0
/*
 * Knot: the loops are written with a macro that takes an operator.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#define KNOT_STRANDS	3

#define KNOT_WALK(_var, _op, _end, _step, _body) \
	for (; (_var) _op (_end); (_var) _step) _body

struct knot {
	struct page *strand[KNOT_STRANDS];
};

int knot_tie(struct knot *knot, unsigned long uaddr)
{
	int nr, i = 0;

	nr = get_user_pages_fast(uaddr, KNOT_STRANDS, 0, knot->strand);
	if (nr == KNOT_STRANDS)
		return 0;

	KNOT_WALK(i, <, nr, ++, { put_page(knot->strand[i]); })
	return nr < 0 ? nr : -EFAULT;
}
EXPORT_SYMBOL_GPL(knot_tie);

void knot_untie(struct knot *knot)
{
	int i;

	for (i = 0; i < KNOT_STRANDS; i++)
		put_page(knot->strand[i]);
}
EXPORT_SYMBOL_GPL(knot_untie);

MODULE_LICENSE("GPL");
