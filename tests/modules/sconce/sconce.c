// SPDX-License-Identifier: GPL-2.0
/* Pages in an sg_table for a device, as drivers had it before there were pins. */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct sconce_buffer {
	struct page **pages;
	int nr;
	struct sg_table sgt;
	enum dma_data_direction dir;
};

struct sconce_request {
	unsigned long addr;
	unsigned long len;
	int write;
};

static struct miscdevice sconce_misc;

static void sconce_unmap(struct sconce_buffer *buf)
{
	int i;

	dma_unmap_sgtable(sconce_misc.this_device, &buf->sgt, buf->dir, 0);
	sg_free_table(&buf->sgt);
	for (i = 0; i < buf->nr; i++) {
		if (buf->dir == DMA_FROM_DEVICE)
			set_page_dirty_lock(buf->pages[i]);
		put_page(buf->pages[i]);
	}
	kvfree(buf->pages);
}

static int sconce_map(struct sconce_buffer *buf, unsigned long addr, unsigned long len, int write)
{
	unsigned long first = addr >> PAGE_SHIFT, last = (addr + len - 1) >> PAGE_SHIFT;
	int nr = last - first + 1, got, ret, i;

	buf->pages = kvmalloc_array(nr, sizeof(*buf->pages), GFP_KERNEL);
	if (!buf->pages)
		return -ENOMEM;
	buf->dir = write ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	got = get_user_pages_fast(addr & PAGE_MASK, nr, write ? FOLL_WRITE : 0, buf->pages);
	if (got < 0) {
		ret = got;
		goto free_pages;
	}
	buf->nr = got;
	if (got != nr) {
		ret = -EFAULT;
		goto put_pages;
	}
	ret = sg_alloc_table_from_pages(&buf->sgt, buf->pages, nr, offset_in_page(addr), len,
					GFP_KERNEL);
	if (ret)
		goto put_pages;
	ret = dma_map_sgtable(sconce_misc.this_device, &buf->sgt, buf->dir, 0);
	if (ret)
		goto free_table;
	return 0;

free_table:
	sg_free_table(&buf->sgt);
put_pages:
	for (i = 0; i < buf->nr; i++)
		put_page(buf->pages[i]);
free_pages:
	kvfree(buf->pages);
	return ret;
}

static long sconce_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct sconce_request req;
	struct sconce_buffer buf = { };
	int ret;

	if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
		return -EFAULT;
	ret = sconce_map(&buf, req.addr, req.len, req.write);
	if (ret)
		return ret;
	/* the device works here */
	sconce_unmap(&buf);
	return 0;
}

static const struct file_operations sconce_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = sconce_ioctl,
};

static struct miscdevice sconce_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "sconce",
	.fops = &sconce_fops,
};
module_misc_device(sconce_misc);
MODULE_LICENSE("GPL");
