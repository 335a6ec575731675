// SPDX-License-Identifier: GPL-2.0
/*
 * Keys of shared words: only struct page is looked at, never the data.
 */
#include <linux/mfutex.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

int mfutex_get_key(unsigned long address, struct mfutex_key *key, int rw)
{
	struct page *page, *tail;
	struct address_space *mapping;
	int err, ro = 0;

	key->offset = offset_in_page(address);
	address -= key->offset;

again:
	err = get_user_pages_fast(address, 1, FOLL_WRITE, &page);
	/* a read only mapping will do for a reader */
	if (err == -EFAULT && !rw) {
		err = get_user_pages_fast(address, 1, 0, &page);
		ro = 1;
	}
	if (err < 0)
		return err;
	err = 0;

	tail = page;
	page = compound_head(page);
	mapping = READ_ONCE(page->mapping);
	if (!mapping) {
		lock_page(page);
		unlock_page(page);
		put_page(page);
		goto again;
	}

	if (PageAnon(page)) {
		if (ro) {
			err = -EFAULT;
			goto out;
		}
		key->mapping = NULL;
		key->index = address >> PAGE_SHIFT;
	} else {
		if (READ_ONCE(page->mapping) != mapping) {
			put_page(page);
			goto again;
		}
		key->mapping = mapping;
		key->index = tail->index;
	}

out:
	put_page(page);
	return err;
}
