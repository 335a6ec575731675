/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BEACON_H
#define BEACON_H

#include <linux/dma-buf.h>
#include <linux/workqueue.h>

/**
 * struct beacon_buf - user memory that is exported
 * @pages: its pages, @nr of them
 * @work: releases them, as the last user of the dma-buf may not sleep
 */
struct beacon_buf {
	struct page **pages;
	unsigned long nr;
	struct work_struct work;
};

struct beacon_request {
	__u64 addr;
	__u64 len;
};

#define BEACON_EXPORT _IOW('b', 1, struct beacon_request)

extern struct workqueue_struct *beacon_queue;

struct dma_buf *beacon_export(unsigned long addr, unsigned long nr);

static inline void beacon_buf_free(struct beacon_buf *buf)
{
	kvfree(buf->pages);
	kfree(buf);
}

#endif
