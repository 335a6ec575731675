/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/dma-mapping.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>

struct flare {
	struct device *dev;
	struct mutex lock;
	struct list_head buffers;
};

struct flare_buffer {
	struct list_head entry;
	struct sg_table sgt;
	enum dma_data_direction dir;
};

int flare_buffer_add(struct flare *flare, unsigned long addr, size_t len, bool write);
void flare_buffers_drop(struct flare *flare);
