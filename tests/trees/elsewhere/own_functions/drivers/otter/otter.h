/* SPDX-License-Identifier: GPL-2.0 */
struct otter {
	struct device *dev;
	struct page *pages[16];
	int got;
	dma_addr_t at[16];
};

int otter_take(unsigned long addr, int n, struct page **pages);
void otter_drop(struct otter *otter, struct page **p, unsigned int n, bool dirty);
