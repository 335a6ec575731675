// SPDX-License-Identifier: GPL-2.0
/*
 * Crank: tape buffers. Large aligned requests go straight to user memory,
 * all others are bounced through pages of our own, in the same array.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#define CRANK_MAX_SEGS	32

struct crank_buffer {
	struct page *segs[CRANK_MAX_SEGS];
	int nr_segs;
	bool is_read;
};

static int crank_fill_own(struct crank_buffer *buf, int nr)
{
	for (buf->nr_segs = 0; buf->nr_segs < nr; buf->nr_segs++) {
		buf->segs[buf->nr_segs] = alloc_page(GFP_KERNEL);
		if (!buf->segs[buf->nr_segs])
			return -ENOMEM;
	}
	return 0;
}

static int crank_fill_user(struct crank_buffer *buf, unsigned long uaddr,
			   int nr)
{
	int res;

	res = get_user_pages_fast(uaddr, nr, buf->is_read ? FOLL_WRITE : 0,
				  buf->segs);
	buf->nr_segs = res > 0 ? res : 0;
	if (res < 0)
		return res;
	return res == nr ? 0 : -EFAULT;
}

void crank_release(struct crank_buffer *buf)
{
	int i;

	/* whichever way they came */
	for (i = 0; i < buf->nr_segs; i++) {
		if (buf->is_read)
			set_page_dirty_lock(buf->segs[i]);
		put_page(buf->segs[i]);
	}
	buf->nr_segs = 0;
}
EXPORT_SYMBOL_GPL(crank_release);

int crank_setup(struct crank_buffer *buf, unsigned long uaddr, int nr)
{
	int ret;

	if (nr > CRANK_MAX_SEGS)
		return -E2BIG;
	if (offset_in_page(uaddr))
		ret = crank_fill_own(buf, nr);
	else
		ret = crank_fill_user(buf, uaddr, nr);
	if (ret)
		crank_release(buf);
	return ret;
}
EXPORT_SYMBOL_GPL(crank_setup);

MODULE_LICENSE("GPL");
