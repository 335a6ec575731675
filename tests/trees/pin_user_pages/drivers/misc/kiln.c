// SPDX-License-Identifier: GPL-2.0
/*
 * Kiln: fires a pattern into user memory by CPU
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/string.h>

#define KILN_TILES	16

#define KILN_COOL(_tile)	put_page(_tile)

int kiln_fire(unsigned long uaddr, int nr, u8 glaze)
{
	struct page *tiles[KILN_TILES];
	int i, got;

	if (nr > KILN_TILES)
		return -E2BIG;
	got = get_user_pages_fast(uaddr, nr, FOLL_WRITE, tiles);
	if (got <= 0)
		return -EFAULT;

	for (i = 0; i < got; i++) {
		void *tile = kmap_local_page(tiles[i]);

		memset(tile, glaze, PAGE_SIZE);
		kunmap_local(tile);
		set_page_dirty_lock(tiles[i]);
		put_page(tiles[i]);
	}
	return got;
}
EXPORT_SYMBOL_GPL(kiln_fire);

int kiln_touch_up(unsigned long uaddr, u8 glaze)
{
	struct page *tile;
	u8 *p;

	if (get_user_pages_unlocked(uaddr, 1, &tile, FOLL_WRITE) != 1)
		return -EFAULT;
	p = kmap_local_page(tile);
	p[0] = glaze;
	kunmap_local(p);
	set_page_dirty_lock(tile);
	KILN_COOL(tile);
	return 0;
}
EXPORT_SYMBOL_GPL(kiln_touch_up);

#ifdef CONFIG_KILN_COLD
int kiln_remote(struct mm_struct *mm, unsigned long uaddr, u8 glaze)
{
	struct page *tile;
	u8 *p;

	if (get_user_pages_remote(mm, uaddr, 1, FOLL_WRITE, &tile, NULL) != 1)
		return -EFAULT;
	p = kmap_local_page(tile);
	p[0] = glaze;
	kunmap_local(p);
	set_page_dirty_lock(tile);
	put_page(tile);
	return 0;
}
#endif

MODULE_LICENSE("GPL");
