// SPDX-License-Identifier: GPL-2.0
/* Pages that are written by functions which are given the page itself. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uio.h>

size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);

struct kettle {
	struct page **pages;
	int n;
};

int kettle_open(struct kettle *kettle, unsigned long uaddr, int n)
{
	kettle->n = n;
	return pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, kettle->pages);
}

size_t kettle_pour(struct kettle *kettle, struct iov_iter *iter, int at)
{
	return copy_page_from_iter(kettle->pages[at], 0, 4096, iter);
}

void kettle_close(struct kettle *kettle)
{
	unpin_user_pages(kettle->pages, kettle->n);		/* finding: clean */
}

struct saucer {
	struct page **pages;
	int n;
};

int saucer_open(struct saucer *saucer, unsigned long uaddr, int n)
{
	saucer->n = n;
	return pin_user_pages_fast(uaddr, n, FOLL_WRITE | FOLL_LONGTERM, saucer->pages);
}

size_t saucer_sip(struct saucer *saucer, struct iov_iter *iter, int at)
{
	return copy_page_to_iter(saucer->pages[at], 0, 4096, iter);
}

/* Right, as far as this shows: nothing is seen to write. */
void saucer_close(struct saucer *saucer)
{
	unpin_user_pages(saucer->pages, saucer->n);
}
