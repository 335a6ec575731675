/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _BROOK_H
#define _BROOK_H

struct file;
struct inode;
struct kiocb;
struct iov_iter;
struct page;

ssize_t brook_submit(struct file *file, struct page **pages,
		     unsigned int npages, size_t base, size_t len);
ssize_t brook_direct_io(struct kiocb *iocb, struct iov_iter *iter);
int brook_readlink_page(struct inode *inode, char *to, size_t len);

#endif
