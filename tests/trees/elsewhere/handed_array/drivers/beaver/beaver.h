/* SPDX-License-Identifier: GPL-2.0 */
struct beaver {
	struct page **pages;
	unsigned long num_pages;
	unsigned long addr;
	struct device *dev;
};

struct lodge {
	struct beaver *beaver;
	struct page **user_pages;
};

int beaver_get_pages(struct beaver *beaver, struct page **pages);
void beaver_set_pages(struct beaver *beaver, struct page **pages);
