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
	u8 iter_type;
	bool data_source;
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

enum iter_type {
	ITER_UBUF,
	ITER_IOVEC,
	ITER_BVEC,
	ITER_KVEC,
};

typedef unsigned int __bitwise iov_iter_extraction_t;

static inline bool user_backed_iter(const struct iov_iter *i)
{
	return i->iter_type == ITER_UBUF || i->iter_type == ITER_IOVEC;
}

static inline int iov_iter_rw(const struct iov_iter *i)
{
	return i->data_source ? WRITE : READ;
}

ssize_t iov_iter_get_pages2(struct iov_iter *i, struct page **pages,
			size_t maxsize, unsigned int maxpages, size_t *start);
ssize_t iov_iter_get_pages_alloc2(struct iov_iter *i, struct page ***pages,
			size_t maxsize, size_t *start);
ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages,
			       size_t maxsize, unsigned int maxpages,
			       iov_iter_extraction_t extraction_flags,
			       size_t *offset0);

static inline bool iov_iter_extract_will_pin(const struct iov_iter *iter)
{
	return user_backed_iter(iter);
}


int import_single_range(int type, void __user *buf, size_t len,
			struct iovec *iov, struct iov_iter *i);

#endif
