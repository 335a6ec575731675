/* SPDX-License-Identifier: GPL-2.0-only */
struct af_alg_sgl {
	struct page *pages[ALG_MAX_PAGES];
	unsigned int npages;
};
