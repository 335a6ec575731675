// SPDX-License-Identifier: GPL-2.0
/*
 * Mica: chunks of pages for the queue pairs
 */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include "mica.h"

#define MICA_CHUNK_PAGES	32

struct mica_chunk {
	struct list_head list;
	int nents;
	struct page *page_list[MICA_CHUNK_PAGES];
};

static void mica_uiom_put_chunks(struct list_head *chunks, bool dirty)
{
	struct mica_chunk *chunk, *tmp;

	list_for_each_entry_safe(chunk, tmp, chunks, list) {
		list_del(&chunk->list);
		if (dirty)
			put_user_pages_dirty(chunk->page_list, chunk->nents);
		else
			put_user_pages(chunk->page_list, chunk->nents);
		kfree(chunk);
	}
}

int mica_uiom_get_chunk(struct list_head *chunks, unsigned long addr)
{
	struct mica_chunk *chunk = kzalloc(sizeof(*chunk), GFP_KERNEL);
	int ret;

	if (!chunk)
		return -ENOMEM;

	down_read(&current->mm->mmap_sem);
	ret = get_user_pages(addr, MICA_CHUNK_PAGES,
			     FOLL_LONGTERM | FOLL_WRITE, chunk->page_list,
			     NULL);
	up_read(&current->mm->mmap_sem);
	if (ret < 0) {
		kfree(chunk);
		return ret;
	}
	chunk->nents = ret;
	list_add_tail(&chunk->list, chunks);
	if (ret < MICA_CHUNK_PAGES) {
		mica_uiom_put_chunks(chunks, false);
		return -EFAULT;
	}
	return 0;
}
EXPORT_SYMBOL(mica_uiom_get_chunk);

void mica_uiom_release(struct list_head *chunks)
{
	mica_uiom_put_chunks(chunks, true);
}
EXPORT_SYMBOL(mica_uiom_release);

MODULE_LICENSE("GPL");
