// SPDX-License-Identifier: GPL-2.0
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "beacon.h"

#define BEACON_LIMIT (64UL << 20)

struct workqueue_struct *beacon_queue;

static long beacon_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct beacon_request request;
	struct dma_buf *dmabuf;
	int fd;

	if (cmd != BEACON_EXPORT)
		return -ENOTTY;
	if (copy_from_user(&request, (void __user *)arg, sizeof(request)))
		return -EFAULT;
	if (!request.len || request.len > BEACON_LIMIT || !PAGE_ALIGNED(request.addr | request.len))
		return -EINVAL;
	dmabuf = beacon_export(request.addr, request.len >> PAGE_SHIFT);
	if (IS_ERR(dmabuf))
		return PTR_ERR(dmabuf);
	fd = dma_buf_fd(dmabuf, O_CLOEXEC);
	if (fd < 0)
		dma_buf_put(dmabuf);
	return fd;
}

static const struct file_operations beacon_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = beacon_ioctl,
};

static struct miscdevice beacon_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "beacon",
	.fops = &beacon_fops,
};

static int __init beacon_init(void)
{
	int ret;

	beacon_queue = alloc_workqueue("beacon", 0, 0);
	if (!beacon_queue)
		return -ENOMEM;
	ret = misc_register(&beacon_device);
	if (ret)
		destroy_workqueue(beacon_queue);
	return ret;
}

static void __exit beacon_exit(void)
{
	misc_deregister(&beacon_device);
	destroy_workqueue(beacon_queue);
}

module_init(beacon_init);
module_exit(beacon_exit);
MODULE_DESCRIPTION("user memory as a dma-buf");
MODULE_IMPORT_NS(DMA_BUF);
MODULE_LICENSE("GPL");
