/* SPDX-License-Identifier: GPL-2.0 */
struct ferret;

struct ferret_ops {
	int (*get_pages)(struct ferret *ferret);
	void (*put_pages)(struct ferret *ferret, struct sg_table *pages);
};

struct ferret {
	const struct ferret_ops *ops;
	struct sg_table *pages;
	unsigned long addr;
	unsigned long n;
	bool dirty;
	struct device *dev;
};

void ferret_set_pages(struct ferret *ferret, struct sg_table *pages);

/* Neighbouring pages are one entry: each is found by its number. */
struct ferret_iter {
	struct scatterlist *sgp;
	unsigned long pfn;
	unsigned int curr, max;
};

static inline struct ferret_iter ferret_iter(struct scatterlist *sgl)
{
	struct ferret_iter s = { .sgp = sgl };

	if (s.sgp) {
		s.max = sgl->length;
		s.pfn = page_to_pfn(sg_page(sgl));
	}
	return s;
}

#define ferret_page(iter) \
	((iter).pfn == 0 ? NULL : pfn_to_page((iter).pfn + ((iter).curr >> PAGE_SHIFT)))

#define for_each_ferret_page(page, iter, sgt) \
	for ((iter) = ferret_iter((sgt)->sgl); ((page) = ferret_page(iter)); \
	     (((iter).curr += PAGE_SIZE) >= (iter).max) ? \
	     (iter) = ferret_iter(sg_next((iter).sgp)), 0 : 0)
