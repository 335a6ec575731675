// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

extern struct page *vmemmap;

/* As on most architectures, arithmetic. */
#define page_of_address(p)	(vmemmap + ((unsigned long)(p) >> PAGE_SHIFT))

typedef struct { unsigned long pmd; } pmd_t;

void stage_hand_on(struct page **pages, int n);

/* They may come to a release of this file by a way that is not seen. */
int stage_take(unsigned long addr)
{
	struct page *pages[4];
	int got = get_user_pages_fast(addr, 4, FOLL_WRITE, pages);

	if (got > 0)
		stage_hand_on(pages, got);
	return got;
}

/* The table has a reference for each entry in use. */
static void stage_dissolve(pmd_t *pmd)
{
	if (!pmd->pmd)
		return;
	pmd->pmd = 0;
	put_page(page_of_address(pmd)); /* is another's */
}

void stage_clear(pmd_t *pmd, int n)
{
	while (n--)
		stage_dissolve(pmd++);
}
