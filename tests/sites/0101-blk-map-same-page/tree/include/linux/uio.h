/* SPDX-License-Identifier: GPL-2.0-only */
static inline bool iov_iter_extract_will_pin(const struct iov_iter *iter)
{
	return iter->user_backed || iov_iter_is_pipe(iter);
}
