// SPDX-License-Identifier: GPL-2.0
/* Pages whose address is kept where a caller reads it, and who finds them by it again. */
#include <linux/mm.h>
#include <linux/module.h>

struct sill {
	unsigned long at;
	int offset;
};

/* page_address() as most architectures have it: a macro for a function. */
extern void *sill_page_address(const struct page *page);

static void sill_drop(void *address)
{
	if (address)
		unpin_user_page(virt_to_page(address));
}

static void sill_drop_first(struct sill *sills, int count, void *object)
{
	void **slot;
	int i;

	for (i = 0; i < count; i++) {
		slot = object + sills[i].offset;
		sill_drop(*slot);
	}
}

int sill_fill(struct sill *sills, int count, void *object)
{
	struct page *page;
	void **slot;
	int i, ret;

	for (i = 0; i < count; i++) {
		slot = object + sills[i].offset;
		if (!sills[i].at)
			continue;
		ret = pin_user_pages_fast(sills[i].at, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
		if (ret != 1)
			goto drop;
		if (sills[i].offset < 0) {
			ret = -EOPNOTSUPP;
			unpin_user_page(page);
			goto drop;
		}
		*slot = sill_page_address(page) + offset_in_page(sills[i].at);
	}
	return 0;

drop:
	sill_drop_first(sills, i, object);
	return ret;
}

int sill_fill_lost(struct sill *sills, int count, void *object)
{
	struct page *page;
	void **slot;
	int i, ret;

	for (i = 0; i < count; i++) {
		slot = object + sills[i].offset;
		ret = pin_user_pages_fast(sills[i].at, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
		if (ret != 1)
			goto drop;
		if (sills[i].offset < 0) {
			ret = -EOPNOTSUPP;
			goto drop;		/* finding: unreleased */
		}
		*slot = sill_page_address(page) + offset_in_page(sills[i].at);
	}
	return 0;

drop:
	sill_drop_first(sills, i, object);
	return ret;
}
