/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _QUILL_H
#define _QUILL_H

#include <linux/dma-mapping.h>
#include <linux/mutex.h>

struct quill_dev {
	struct device *dev;
	struct mutex lock;
	u32 *regs;
};

/* A user buffer that the card reads or writes. */
struct quill_buf {
	struct quill_dev *quill;
	struct page **pages;
	unsigned int nr_pages;
	struct sg_table sgt;
	enum dma_data_direction dir;
};

int quill_buf_map(struct quill_dev *quill, struct quill_buf *buf,
		  unsigned long uaddr, size_t len);
void quill_buf_unmap(struct quill_buf *buf);

#endif
