/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_UIO_H
#define _MINI_LINUX_UIO_H

#include <linux/kernel.h>
#include <linux/mm_types.h>

#define READ	0
#define WRITE	1
#define UIO_FASTIOV 8

struct bio_vec;
struct iovec {
	void __user *iov_base;
	size_t iov_len;
};

struct kvec {
	void *iov_base;
	size_t iov_len;
};

struct iov_iter {
	unsigned int type;
	size_t iov_offset;
	size_t count;
	union {
		const struct iovec *iov;
		const struct kvec *kvec;
		const struct bio_vec *bvec;
	};
	unsigned long nr_segs;
};

static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

void iov_iter_advance(struct iov_iter *i, size_t bytes);
int iov_iter_npages(const struct iov_iter *i, int maxpages);
bool iter_is_iovec(const struct iov_iter *i);
int iov_iter_rw(const struct iov_iter *i);
ssize_t iov_iter_get_pages(struct iov_iter *i, struct page **pages,
			size_t maxsize, unsigned int maxpages, size_t *start);
ssize_t iov_iter_get_pages_alloc(struct iov_iter *i, struct page ***pages,
			size_t maxsize, size_t *start);

int import_single_range(int type, void __user *buf, size_t len,
			struct iovec *iov, struct iov_iter *i);

#endif
