// SPDX-License-Identifier: GPL-2.0
/*
 * Mgold: byte pipe between a guest and its host
 *
 * The static pin_user_pages() below is older than any function of that name
 * in mm/.
 */
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#define MGOLD_MAX_PAGES	336

struct mgold_pipe {
	struct mutex lock;
	u32 id;
	u32 *command;
};

/* How many pages came, or a negative error. */
static int pin_user_pages(unsigned long first_page, unsigned long last_page,
			  unsigned int last_page_size, int is_write,
			  struct page *pages[MGOLD_MAX_PAGES],
			  unsigned int *iter_last_page_size)
{
	int requested = ((last_page - first_page) >> PAGE_SHIFT) + 1;
	int ret;

	if (requested > MGOLD_MAX_PAGES) {
		requested = MGOLD_MAX_PAGES;
		*iter_last_page_size = PAGE_SIZE;
	} else {
		*iter_last_page_size = last_page_size;
	}

	ret = get_user_pages_fast(first_page, requested,
				  !is_write ? FOLL_WRITE : 0, pages);
	if (ret <= 0)
		return -EFAULT;
	if (ret < requested)
		*iter_last_page_size = PAGE_SIZE;
	return ret;
}

static void mgold_release_pages(struct page **pages, int pages_count,
				int is_write, s32 consumed_size)
{
	int i;

	for (i = 0; i < pages_count; i++) {
		if (!is_write && consumed_size > 0)
			set_page_dirty(pages[i]);
		put_page(pages[i]);
	}
}

static int mgold_transfer(struct mgold_pipe *pipe, unsigned long address,
			  unsigned long address_end, int is_write,
			  s32 *consumed_size)
{
	unsigned long last_page = (address_end - 1) & PAGE_MASK;
	unsigned int last_size = ((address_end - 1) & ~PAGE_MASK) + 1;
	static struct page *pages[MGOLD_MAX_PAGES];
	unsigned int iter_size;
	int count;

	if (mutex_lock_interruptible(&pipe->lock))
		return -ERESTARTSYS;

	count = pin_user_pages(address & PAGE_MASK, last_page, last_size,
			       is_write, pages, &iter_size);
	if (count < 0) {
		mutex_unlock(&pipe->lock);
		return count;
	}

	pipe->command[0] = pipe->id;
	pipe->command[1] = count * PAGE_SIZE - (PAGE_SIZE - iter_size);
	*consumed_size = pipe->command[2];

	mgold_release_pages(pages, count, is_write, *consumed_size);
	mutex_unlock(&pipe->lock);
	return 0;
}

static ssize_t mgold_rw(struct file *file, char __user *buf, size_t len,
			int is_write)
{
	struct mgold_pipe *pipe = file->private_data;
	unsigned long address = (unsigned long)buf;
	s32 consumed = 0;
	int ret;

	if (!len)
		return 0;
	ret = mgold_transfer(pipe, address, address + len, is_write, &consumed);
	return ret < 0 ? ret : consumed;
}

static ssize_t mgold_read(struct file *file, char __user *buf, size_t len,
			  loff_t *pos)
{
	return mgold_rw(file, buf, len, 0);
}

static ssize_t mgold_write(struct file *file, const char __user *buf,
			   size_t len, loff_t *pos)
{
	return mgold_rw(file, (char __user *)buf, len, 1);
}

static const struct file_operations mgold_fops = {
	.owner = THIS_MODULE,
	.read = mgold_read,
	.write = mgold_write,
};

static struct miscdevice mgold_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "mgold_pipe",
	.fops = &mgold_fops,
};

static int __init mgold_init(void)
{
	return misc_register(&mgold_misc);
}
module_init(mgold_init);

MODULE_DESCRIPTION("Mgold pipe");
MODULE_LICENSE("GPL");
