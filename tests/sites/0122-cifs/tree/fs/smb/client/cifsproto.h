/* SPDX-License-Identifier: GPL-2.0-only */
int setup_aio_ctx_iter(struct cifs_aio_ctx *ctx, struct iov_iter *iter, int rw);
