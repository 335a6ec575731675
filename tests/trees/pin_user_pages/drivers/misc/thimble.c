// SPDX-License-Identifier: GPL-2.0
/*
 * Thimble: a one page mailbox shared with the card.
 *
 * The mailbox lives in user memory. thimble_peek() takes it with
 * get_user_pages_fast(), reads a word, and lets go with put_page().
 */
#include <linux/highmem.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#define THIMBLE_PEEK	0x5401
#define THIMBLE_SCRATCH	0x5402

struct thimble_req {
	u64 addr;
	u32 value;
};

static int thimble_peek(struct thimble_req *req)
{
	struct page *page;
	u32 *word;
	int ret;

	ret = get_user_pages_fast(req->addr, 1, FOLL_WRITE, &page);
	if (ret != 1) {
		pr_err("thimble: get_user_pages_fast() gave %d\n", ret);
		return ret < 0 ? ret : -EFAULT;
	}

	word = kmap_local_page(page);
	req->value = word[0];
	word[0] = 0;
	kunmap_local(word);

	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

#if 0
/* the old way, from before the card learnt to read */
static int thimble_peek_slow(unsigned long addr)
{
	struct page *page;

	if (get_user_pages(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
#endif

/* A page of our own: it never came from user memory. */
static int thimble_scratch(struct thimble_req *req)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	u32 *word;

	if (!page)
		return -ENOMEM;

	word = kmap_local_page(page);
	word[0] = req->value;
	kunmap_local(word);
	put_page(page);
	return 0;
}

static long thimble_ioctl(struct file *file, unsigned int cmd,
			  unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	struct thimble_req req;
	int ret;

	if (copy_from_user(&req, argp, sizeof(req)))
		return -EFAULT;

	switch (cmd) {
	case THIMBLE_PEEK:
		ret = thimble_peek(&req);
		break;
	case THIMBLE_SCRATCH:
		ret = thimble_scratch(&req);
		break;
	default:
		return -ENOTTY;
	}
	if (ret)
		return ret;

	return copy_to_user(argp, &req, sizeof(req)) ? -EFAULT : 0;
}

static const struct file_operations thimble_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = thimble_ioctl,
};

static struct miscdevice thimble_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "thimble",
	.fops = &thimble_fops,
};

static int __init thimble_init(void)
{
	return misc_register(&thimble_misc);
}
module_init(thimble_init);

static void __exit thimble_exit(void)
{
	misc_deregister(&thimble_misc);
}
module_exit(thimble_exit);

MODULE_DESCRIPTION("Thimble mailbox");
MODULE_LICENSE("GPL");
