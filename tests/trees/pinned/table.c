// SPDX-License-Identifier: GPL-2.0
/* expected: pinned FOLL_WRITE | FOLL_LONGTERM */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct table_buffer {
	struct page **pages;
	struct sg_table sgt;
	int nr;
};

struct table_ops {
	void (*drop)(struct table_buffer *buffer);
};

static void table_drop(struct table_buffer *buffer)
{
	int i;

	sg_free_table(&buffer->sgt);
	for (i = 0; i < buffer->nr; i++)
		put_page(buffer->pages[i]);
}

static const struct table_ops table_ops = { .drop = table_drop };

int table_fill(struct table_buffer *buffer, unsigned long start)
{
	const struct table_ops *ops = &table_ops;
	int ret;

	mmap_read_lock(current->mm);
	buffer->nr = get_user_pages(start, buffer->nr, FOLL_WRITE,
				    buffer->pages);
	mmap_read_unlock(current->mm);
	if (buffer->nr <= 0)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&buffer->sgt, buffer->pages,
					buffer->nr, 0,
					buffer->nr * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		ops->drop(buffer);
	return ret;
}
EXPORT_SYMBOL_GPL(table_fill);

void table_end(struct table_buffer *buffer)
{
	table_ops.drop(buffer);
}
EXPORT_SYMBOL_GPL(table_end);
MODULE_LICENSE("GPL");
