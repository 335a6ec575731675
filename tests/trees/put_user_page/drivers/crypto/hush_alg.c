// SPDX-License-Identifier: GPL-2.0
/*
 * Hush: cipher input straight from the caller's message. The message may
 * come from sendmsg(2) or from a sender inside the kernel.
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
};

int hush_make_sg(struct hush_sgl *sgl, struct iov_iter *iter, int len)
{
	size_t off;
	ssize_t n;
	int npages, i;

	n = iov_iter_get_pages(iter, sgl->pages, len, HUSH_PAGES, &off);
	if (n < 0)
		return n;

	npages = DIV_ROUND_UP(off + n, PAGE_SIZE);
	if (WARN_ON(npages == 0))
		return -EINVAL;

	sg_init_table(sgl->sg, npages);
	for (i = 0, len = n; i < npages; i++) {
		int plen = min_t(int, len, PAGE_SIZE - off);

		sg_set_page(sgl->sg + i, sgl->pages[i], plen, off);
		off = 0;
		len -= plen;
	}
	sgl->npages = npages;
	return n;
}
EXPORT_SYMBOL_GPL(hush_make_sg);

void hush_free_sg(struct hush_sgl *sgl)
{
	int i;

	for (i = 0; i < sgl->npages; i++)
		put_page(sgl->pages[i]);
}
EXPORT_SYMBOL_GPL(hush_free_sg);

MODULE_LICENSE("GPL");
