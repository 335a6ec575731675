/* SPDX-License-Identifier: GPL-2.0-only */
struct cifs_aio_ctx {
	struct bio_vec *bv;
	bool should_dirty;
};

struct cifs_readdata {
	unsigned int nr_pages;
	struct page **pages;
};

struct cifs_writedata {
	unsigned int nr_pages;
	struct page **pages;
};
