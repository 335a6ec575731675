// SPDX-License-Identifier: GPL-2.0
/*
 * Hush: cipher input straight from the caller's message. Pages of a user
 * iterator are pinned, pages of a kernel iterator are only borrowed.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/uio.h>

#define HUSH_PAGES	16

struct hush_sgl {
	struct scatterlist sg[HUSH_PAGES];
	struct page *pages[HUSH_PAGES];
	unsigned int npages;
	bool need_unpin;
};

int hush_make_sg(struct hush_sgl *sgl, struct iov_iter *iter, int len)
{
	struct page **pages = sgl->pages;
	size_t off;
	ssize_t n;
	int i;

	sgl->need_unpin = iov_iter_extract_will_pin(iter);
	n = iov_iter_extract_pages(iter, &pages, len, HUSH_PAGES, 0, &off);
	if (n < 0)
		return n;

	sgl->npages = DIV_ROUND_UP(off + n, PAGE_SIZE);
	sg_init_table(sgl->sg, sgl->npages);
	for (i = 0, len = n; i < sgl->npages; i++) {
		int plen = min_t(int, len, PAGE_SIZE - off);

		sg_set_page(sgl->sg + i, sgl->pages[i], plen, off);
		off = 0;
		len -= plen;
	}
	return n;
}
EXPORT_SYMBOL_GPL(hush_make_sg);

void hush_free_sg(struct hush_sgl *sgl)
{
	if (sgl->need_unpin)
		unpin_user_pages(sgl->pages, sgl->npages);
}
EXPORT_SYMBOL_GPL(hush_free_sg);

MODULE_LICENSE("GPL");
