/* SPDX-License-Identifier: GPL-2.0-only */
struct fuse_io_priv {
	bool write;
	bool should_dirty;
};
