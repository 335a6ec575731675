static inline bool iter_is_iovec(const struct iov_iter *i)
{
	return i->user;
}

static inline bool iov_iter_uses_gup(const struct iov_iter *i)
{
	return IS_ENABLED(CONFIG_GUP_PIN_TRACKING) && iter_is_iovec(i);
}

ssize_t iov_iter_get_pages(struct iov_iter *i, struct page **pages,
			size_t maxsize, unsigned maxpages, size_t *start);
ssize_t iov_iter_ref_pages(struct iov_iter *i, struct page **pages,
			   size_t maxsize, unsigned int maxpages, size_t *start);
