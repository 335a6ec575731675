/* SPDX-License-Identifier: GPL-2.0-only */
static inline unsigned short bio_page_flags(const struct iov_iter *iter)
{
	return iter->user_backed ? 1U << BIO_PAGE_PINNED : 1U << BIO_NO_PAGE_REF;
}
