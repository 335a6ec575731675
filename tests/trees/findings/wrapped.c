// SPDX-License-Identifier: GPL-2.0
/* Acquires and releases by functions of another file alone. */
#include <linux/mm.h>

int hoard_get(unsigned long start, int nr, struct page **pages);
void hoard_put(struct page **pages, int nr);
int hoard_fill(struct page **pages, int nr);
int hoard_check(int nr);

int hoard_right(unsigned long start)
{
	struct page *pages[4];
	int ret = hoard_get(start, 4, pages);

	if (ret)
		return ret;
	ret = hoard_check(4);
	hoard_put(pages, 4);
	return ret;
}

int hoard_forgets(unsigned long start)
{
	struct page *pages[4];
	int ret = hoard_get(start, 4, pages);

	if (ret)
		return ret;
	ret = hoard_check(4);
	if (ret)
		return ret; /* finding: unreleased */
	hoard_put(pages, 4);
	return 0;
}
