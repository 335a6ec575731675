/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_FS_H
#define _MINI_LINUX_FS_H

#include <linux/types.h>
#include <linux/uio.h>

struct module;
struct vm_area_struct;
struct inode;
struct file;

struct address_space {
	struct inode *host;
	unsigned long nrpages;
};

struct inode {
	struct address_space *i_mapping;
	loff_t i_size;
};

struct file {
	unsigned int f_flags;
	fmode_t f_mode;
	void *private_data;
	struct address_space *f_mapping;
};

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
	void (*ki_complete)(struct kiocb *iocb, long ret);
	void *private;
};

struct file_operations {
	struct module *owner;
	ssize_t (*read)(struct file *file, char __user *buf, size_t len,
			loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t len,
			 loff_t *pos);
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *iter);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *iter);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd,
			       unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
};

#endif
