// SPDX-License-Identifier: GPL-2.0
/*
 * Ledger: adds up words of user memory. Every command lets go of its pages
 * in its own way.
 */
#include <linux/highmem.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>

#define LEDGER_MAX	16

static u64 ledger_sum_page(struct page *page)
{
	u32 *entry = kmap_atomic(page);
	u64 sum = entry[0];

	kunmap_atomic(entry);
	return sum;
}

static long ledger_sum(unsigned long addr, int n, u64 *sum)
{
	struct page *pages[LEDGER_MAX];
	int i, got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got <= 0)
		return -EFAULT;

	for (i = 0; i < got; i++)
		*sum += ledger_sum_page(pages[i]);

	/* newest entry first */
	for (i = got - 1; i >= 0; i--)
		put_page(pages[i]);
	return got;
}

static long ledger_sum_some(unsigned long addr, int n, u64 *sum)
{
	struct page *pages[LEDGER_MAX];
	int i = 0, got;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got <= 0)
		return -EFAULT;

	/* stop at the first empty entry */
	while (i < got && ledger_sum_page(pages[i])) {
		*sum += ledger_sum_page(pages[i]);
		put_page(pages[i]);
		i++;
	}
	n = i;

	for (; i < got; i++)
		put_page(pages[i]);
	return n;
}

static long ledger_clear(unsigned long addr, int n)
{
	struct page **pages;
	int left, i, ret = 0;

	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;

	left = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (left <= 0) {
		ret = left ? left : -EFAULT;
		goto out;
	}

	for (i = 0; i < left; i++) {
		void *entry = kmap_atomic(pages[i]);

		memset(entry, 0, PAGE_SIZE);
		kunmap_atomic(entry);
	}

	while (left--) {
		set_page_dirty_lock(pages[left]);
		put_page(pages[left]);
	}
out:
	kfree(pages);
	return ret;
}

static long ledger_audit(unsigned long addr, int n, bool scrub)
{
	struct page *pages[LEDGER_MAX];
	int i = 0, dirty = 0, got;

	got = get_user_pages_fast(addr, n, scrub ? FOLL_WRITE : 0, pages);
	if (got <= 0)
		return -EFAULT;

	do {
		if (PageDirty(pages[i]))
			dirty++;
		/* per page: an entry that was clean stays clean */
		if (scrub && PageDirty(pages[i]))
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	} while (++i < got);

	if (dirty == i)
		pr_info("ledger: all of %d pages are dirty\n", i);
	return dirty;
}

static long ledger_probe(unsigned long addr, bool keep_clean)
{
	struct page *pages[2];
	int i, got;

	got = get_user_pages_fast(addr, 2, !keep_clean ? FOLL_WRITE : 0, pages);
	if (got < 0)
		return got;

	if (keep_clean)
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	else
		for (i = 0; i < got; i++) {
			set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
	/* the caller wants to know how far we came */
	return i;
}

static void ledger_drop(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

static long ledger_match(unsigned long addr, int n)
{
	struct page *pages[LEDGER_MAX];
	int got, i, ret = 0;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;

	if (got == n && n > 1)
		ret = ledger_sum_page(pages[0]) == ledger_sum_page(pages[1]);

	if (ret)
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	else
		ledger_drop(pages, got);
	return ret;
}

static long ledger_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg)
{
	u64 sum = 0;

	switch (cmd) {
	case 0:
		return ledger_sum(arg, LEDGER_MAX, &sum);
	case 1:
		return ledger_sum_some(arg, LEDGER_MAX, &sum);
	case 2:
		return ledger_clear(arg, LEDGER_MAX);
	case 3:
		return ledger_audit(arg, LEDGER_MAX, file->f_flags & 1);
	case 4:
		return ledger_probe(arg, file->f_flags & 1);
	case 5:
		return ledger_match(arg, 2);
	}
	return -ENOTTY;
}

static const struct file_operations ledger_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = ledger_ioctl,
};

static struct miscdevice ledger_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ledger",
	.fops = &ledger_fops,
};

static int __init ledger_init(void)
{
	return misc_register(&ledger_misc);
}
module_init(ledger_init);

MODULE_DESCRIPTION("Ledger");
MODULE_LICENSE("GPL");
