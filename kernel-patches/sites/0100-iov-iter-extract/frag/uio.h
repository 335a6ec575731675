
/* How pages are extracted; there is nothing to choose yet, so it is 0. */
typedef unsigned int __bitwise iov_iter_extraction_t;

ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages,
			       size_t maxsize, unsigned int maxpages,
			       iov_iter_extraction_t extraction_flags,
			       size_t *offset0);

/**
 * iov_iter_extract_will_pin() - are the pages of an iterator pinned?
 * @iter: the iterator
 *
 * The answer is one for all pages of @iter, and does not change when it is
 * advanced. So it can be kept beside the pages, for the one who releases them.
 *
 * Return: true if iov_iter_extract_pages() pins the pages of @iter, so that
 * unpin_user_page() has to release each of them; false if it takes no
 * reference, so that there is nothing to release.
 */
static inline bool iov_iter_extract_will_pin(const struct iov_iter *iter)
{
	return user_backed_iter(iter) || iov_iter_is_pipe(iter);
}

