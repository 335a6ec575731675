/* SPDX-License-Identifier: GPL-2.0-only */
struct bio {
	unsigned short		bi_flags;	/* of the bio */
};

enum {
	BIO_NO_PAGE_REF,	/* nothing to release */
	BIO_CLONED,
	BIO_FLAG_LAST
};
