// SPDX-License-Identifier: GPL-2.0
/*
 * Tarn: user memory that the GPU sees for as long as the notifier is quiet
 */
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct tarn_range {
	struct mmu_notifier mn;
	spinlock_t lock;
	unsigned long start;
	unsigned long npages;
	struct page **pages;
	bool writable;
	bool stale;
};

static void tarn_drop_pages(struct tarn_range *range)
{
	unsigned long i;

	for (i = 0; i < range->npages; i++) {
		struct page *page = range->pages[i];

		/* only what the GPU has really written to */
		if (range->writable && page->private)
			set_page_dirty(page);
		put_page(page);
	}
	range->npages = 0;
}

static int tarn_invalidate(struct mmu_notifier *mn,
			   const struct mmu_notifier_range *update)
{
	struct tarn_range *range = container_of(mn, struct tarn_range, mn);
	unsigned long start = update->start;

	spin_lock(&range->lock);
	if (start < range->start + (range->npages << PAGE_SHIFT))
		range->stale = true;
	spin_unlock(&range->lock);
	return 0;
}

static const struct mmu_notifier_ops tarn_mn_ops = {
	.invalidate_range_start = tarn_invalidate,
};

int tarn_range_get(struct tarn_range *range, unsigned long npages)
{
	unsigned int flags = range->writable ? FOLL_WRITE : 0;
	long got = 0, r;

	range->mn.ops = &tarn_mn_ops;
	r = mmu_notifier_register(&range->mn, current->mm);
	if (r)
		return r;

	range->pages = kvmalloc_array(npages, sizeof(struct page *),
				      GFP_KERNEL);
	if (!range->pages) {
		r = -ENOMEM;
		goto err_mn;
	}

	down_read(&current->mm->mmap_sem);
	while (got < npages) {
		r = get_user_pages(range->start + (got << PAGE_SHIFT),
				   npages - got, flags,
				   range->pages + got, NULL);
		if (r <= 0)
			break;
		got += r;
	}
	up_read(&current->mm->mmap_sem);

	if (got == npages) {
		range->npages = npages;
		return 0;
	}

	/* the part that came goes again */
	for (range->npages = 0; range->npages < got; range->npages++)
		put_page(range->pages[range->npages]);
	kvfree(range->pages);
	r = r < 0 ? r : -EFAULT;
err_mn:
	mmu_notifier_unregister(&range->mn, current->mm);
	return r;
}
EXPORT_SYMBOL_GPL(tarn_range_get);

void tarn_range_put(struct tarn_range *range)
{
	mmu_notifier_unregister(&range->mn, current->mm);
	tarn_drop_pages(range);
	kvfree(range->pages);
}
EXPORT_SYMBOL_GPL(tarn_range_put);

MODULE_LICENSE("GPL");
