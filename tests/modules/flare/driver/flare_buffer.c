// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>

#include "../common/flare_sg.h"
#include "flare.h"

int flare_buffer_add(struct flare *flare, unsigned long addr, size_t len, bool write)
{
	int nr = (offset_in_page(addr) + len + PAGE_SIZE - 1) >> PAGE_SHIFT;
	struct flare_buffer *buffer;
	struct page **pages;
	int got, ret, i;

	buffer = kzalloc(sizeof(*buffer), GFP_KERNEL);
	pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	if (!buffer || !pages) {
		ret = -ENOMEM;
		goto free;
	}
	buffer->dir = write ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	got = get_user_pages_fast(addr & PAGE_MASK, nr, write ? FOLL_WRITE : 0, pages);
	if (got != nr) {
		ret = got < 0 ? got : -EFAULT;
		goto put;
	}
	ret = sg_alloc_table_from_pages(&buffer->sgt, pages, nr, offset_in_page(addr), len,
					GFP_KERNEL);
	if (ret)
		goto put;
	ret = dma_map_sgtable(flare->dev, &buffer->sgt, buffer->dir, 0);
	if (ret) {
		flare_sg_release(&buffer->sgt, false);
		goto free;
	}
	kfree(pages);
	mutex_lock(&flare->lock);
	list_add(&buffer->entry, &flare->buffers);
	mutex_unlock(&flare->lock);
	return 0;
put:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
free:
	kfree(pages);
	kfree(buffer);
	return ret;
}

void flare_buffers_drop(struct flare *flare)
{
	struct flare_buffer *buffer, *next;

	mutex_lock(&flare->lock);
	list_for_each_entry_safe(buffer, next, &flare->buffers, entry) {
		list_del(&buffer->entry);
		dma_unmap_sgtable(flare->dev, &buffer->sgt, buffer->dir, 0);
		flare_sg_release(&buffer->sgt, buffer->dir == DMA_FROM_DEVICE);
		kfree(buffer);
	}
	mutex_unlock(&flare->lock);
}
