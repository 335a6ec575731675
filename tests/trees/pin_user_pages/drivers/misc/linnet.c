// SPDX-License-Identifier: GPL-2.0
/*
 * Linnet: the new way all along
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct linnet_song {
	struct device *dev;
	struct sg_table sgt;
	struct page **notes;
	unsigned long nr_notes;
	bool written;
};

static int linnet_pin(struct linnet_song *song, unsigned long uaddr,
		      unsigned long nr)
{
	long pinned;

	song->notes = kvmalloc_array(nr, sizeof(*song->notes), GFP_KERNEL);
	if (!song->notes)
		return -ENOMEM;

	pinned = pin_user_pages_fast(uaddr, nr, FOLL_WRITE | FOLL_LONGTERM,
				     song->notes);
	if (pinned == nr) {
		song->nr_notes = nr;
		return 0;
	}

	/* a short pin is given back whole */
	if (pinned > 0)
		unpin_user_pages(song->notes, pinned);
	kvfree(song->notes);
	return pinned < 0 ? pinned : -EFAULT;
}

static void linnet_unpin(struct linnet_song *song)
{
	unpin_user_pages_dirty_lock(song->notes, song->nr_notes,
				    song->written);
	kvfree(song->notes);
	song->nr_notes = 0;
}

int linnet_sing(struct linnet_song *song, unsigned long uaddr,
		unsigned long nr)
{
	int ret;

	ret = linnet_pin(song, uaddr, nr);
	if (ret)
		return ret;

	ret = sg_alloc_table_from_pages(&song->sgt, song->notes, nr, 0,
					nr << PAGE_SHIFT, GFP_KERNEL);
	if (ret)
		goto err_unpin;
	if (!dma_map_sg(song->dev, song->sgt.sgl, song->sgt.nents,
			DMA_FROM_DEVICE)) {
		ret = -EIO;
		goto err_sg;
	}
	return 0;

err_sg:
	sg_free_table(&song->sgt);
err_unpin:
	linnet_unpin(song);
	return ret;
}
EXPORT_SYMBOL_GPL(linnet_sing);

void linnet_end(struct linnet_song *song)
{
	song->written = true;
	dma_unmap_sg(song->dev, song->sgt.sgl, song->sgt.nents,
		     DMA_FROM_DEVICE);
	sg_free_table(&song->sgt);
	linnet_unpin(song);
}
EXPORT_SYMBOL_GPL(linnet_end);

/* A word of the sheet is set by the CPU. */
int linnet_mark(unsigned long uaddr, u32 mark)
{
	struct page *page;
	u32 *sheet;

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	sheet = kmap_local_page(page);
	sheet[0] = mark;
	kunmap_local(sheet);
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}
EXPORT_SYMBOL_GPL(linnet_mark);

MODULE_LICENSE("GPL");
