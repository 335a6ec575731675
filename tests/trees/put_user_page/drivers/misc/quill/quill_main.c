// SPDX-License-Identifier: GPL-2.0
/*
 * Quill: the plotter card
 */
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <quill_hw.h>
#include "quill.h"

static struct quill_dev *quill_card;

void quill_buf_unmap(struct quill_buf *buf)
{
	struct quill_dev *quill = buf->quill;
	int i;

	dma_unmap_sg(quill->dev, buf->sgt.sgl, buf->sgt.nents, buf->dir);
	sg_free_table(&buf->sgt);

	/*
	 * The card may have written to any of the pages, so all of them
	 * are marked before they go.
	 */
	for (i = 0; i < buf->nr_pages; i++) {
		if (buf->dir == DMA_FROM_DEVICE)
			set_page_dirty_lock(buf->pages[i]);
		put_page(buf->pages[i]);
	}
	kfree(buf->pages);
	buf->pages = NULL;
}

static ssize_t quill_transfer(unsigned long uaddr, size_t len,
			      enum dma_data_direction dir)
{
	struct quill_buf buf = { .dir = dir };
	struct scatterlist *sg;
	int i, ret;

	ret = mutex_lock_interruptible(&quill_card->lock);
	if (ret)
		return ret;

	ret = quill_buf_map(quill_card, &buf, uaddr, len);
	if (ret)
		goto out_unlock;

	for_each_sg(buf.sgt.sgl, sg, buf.sgt.nents, i) {
		quill_card->regs[QUILL_REG_ADDR / 4] = sg_dma_address(sg);
		quill_card->regs[QUILL_REG_LEN / 4] = sg_dma_len(sg);
		quill_card->regs[QUILL_REG_GO / 4] = 1;
	}
	quill_buf_unmap(&buf);
	ret = 0;

out_unlock:
	mutex_unlock(&quill_card->lock);
	return ret ? ret : len;
}

static ssize_t quill_read(struct file *file, char __user *buf, size_t len,
			  loff_t *pos)
{
	return quill_transfer((unsigned long)buf, len, DMA_FROM_DEVICE);
}

static ssize_t quill_write(struct file *file, const char __user *buf,
			   size_t len, loff_t *pos)
{
	return quill_transfer((unsigned long)buf, len, DMA_TO_DEVICE);
}

static const struct file_operations quill_fops = {
	.owner = THIS_MODULE,
	.read = quill_read,
	.write = quill_write,
};

static struct miscdevice quill_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "quill",
	.fops = &quill_fops,
};

static int __init quill_init(void)
{
	quill_card = kzalloc(sizeof(*quill_card), GFP_KERNEL);
	if (!quill_card)
		return -ENOMEM;
	mutex_init(&quill_card->lock);
	return misc_register(&quill_misc);
}
module_init(quill_init);

static void __exit quill_exit(void)
{
	misc_deregister(&quill_misc);
	kfree(quill_card);
}
module_exit(quill_exit);

MODULE_DESCRIPTION("Quill plotter card");
MODULE_LICENSE("GPL");
