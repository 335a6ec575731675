#include <linux/pagemap.h>

/* An error code is no number of pages: unpin_user_pages() did nothing then. */
int spool_in(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = pin_user_pages_fast(addr, n, 0, pages);
	if (got == n)
		return 0;
	if (got > 0)
		unpin_user_pages(pages, got);
	return -EFAULT;
}

/* Old kernels gave a third argument. */
int spool_old(struct spool *spool, unsigned long addr, int n)
{
	int got;

	got = pin_user_pages_fast(addr, n, 0, spool->pages);
	if (got < n) {
		if (got > 0)
			unpin_user_pages(spool->pages, got);
		return -EFAULT;
	}
	return 0;
}

/* It was asked before. */
int spool_checked(unsigned long addr, int n, struct page **pages)
{
	int got;

	got = pin_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	unpin_user_pages(pages, got);
	return 0;
}

void decoy_spool(int n, struct page **pages)
{
	int got = spool_fill(n, pages);

	release_pages(pages, got);
}
