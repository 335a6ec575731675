// SPDX-License-Identifier: GPL-2.0
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "flare.h"

static struct miscdevice flare_misc;

struct flare_request {
	__u64 addr, len, write;
};

static int flare_open(struct inode *inode, struct file *file)
{
	struct flare *flare = kzalloc(sizeof(*flare), GFP_KERNEL);

	if (!flare)
		return -ENOMEM;
	flare->dev = flare_misc.this_device;
	mutex_init(&flare->lock);
	INIT_LIST_HEAD(&flare->buffers);
	file->private_data = flare;
	return 0;
}

static int flare_release(struct inode *inode, struct file *file)
{
	flare_buffers_drop(file->private_data);
	kfree(file->private_data);
	return 0;
}

static long flare_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct flare_request req;

	if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
		return -EFAULT;
	return flare_buffer_add(file->private_data, req.addr, req.len, req.write);
}

static const struct file_operations flare_fops = {
	.owner = THIS_MODULE,
	.open = flare_open,
	.release = flare_release,
	.unlocked_ioctl = flare_ioctl,
};

static struct miscdevice flare_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "flare",
	.fops = &flare_fops,
};
module_misc_device(flare_misc);
MODULE_LICENSE("GPL");
