/* SPDX-License-Identifier: GPL-2.0-only */
struct iov_iter {
	u8 iter_type;
	bool nofault;
	bool user_backed;
	size_t count;
};

static inline bool user_backed_iter(const struct iov_iter *i)
{
	return i->user_backed;
}

static inline bool iov_iter_is_pipe(const struct iov_iter *i)
{
	return i->iter_type == ITER_PIPE;
}

ssize_t iov_iter_get_pages2(struct iov_iter *i, struct page **pages,
			size_t maxsize, unsigned maxpages, size_t *start);
ssize_t iov_iter_get_pages_alloc2(struct iov_iter *i, struct page ***pages,
			size_t maxsize, size_t *start);
int iov_iter_npages(const struct iov_iter *i, int maxpages);
