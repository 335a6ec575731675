#include <linux/uio.h>

#define BARREL_PAGES 8

struct barrel {
	struct page *staves[BARREL_PAGES];
	struct page **hoops;
	size_t off;
};

ssize_t barrel_fill(struct barrel *barrel, struct iov_iter *iter)
{
	struct page **pages = barrel->hoops;
	ssize_t got;

	got = iov_iter_extract_pages(iter, &pages, LONG_MAX, BARREL_PAGES, 0,
				     &barrel->off);
	return got < 0 ? got : 0;
}

ssize_t barrel_member(struct barrel *barrel, struct iov_iter *iter)
{
	return iov_iter_extract_pages(iter, &barrel->hoops, LONG_MAX,
				      BARREL_PAGES, 0, &barrel->off);
}

void barrel_empty(struct barrel *barrel, int n)
{
	unpin_user_pages(barrel->hoops, n);
}

int barrel_taste(struct iov_iter *iter, char *drop)
{
	struct page *page;
	struct page **ppage = &page;
	size_t off;

	/* iov_iter_extract_pages() of one byte */
	if (iov_iter_extract_pages(iter, &ppage, 1, 1, 0, &off) != 1)
		return -EFAULT;
	memcpy_from_page(drop, page, off, 1);
	unpin_user_page(page);
	return 0;
}

size_t barrel_roll(struct iov_iter *iter)
{
	size_t done = 0;

	while (iov_iter_count(iter)) {
		struct page *pages[BARREL_PAGES];
		struct page **ppages = pages;
		ssize_t got;
		size_t off;

		got = iov_iter_extract_pages(iter, &ppages, LONG_MAX,
					     BARREL_PAGES, 0, &off);
		if (got <= 0)
			break;
		done += got;
		unpin_user_pages(pages, DIV_ROUND_UP(got + off, PAGE_SIZE));
	}
	return done;
}

size_t barrel_stack(struct iov_iter *iter)
{
	struct barrel barrel;
	struct page **pstaves = barrel.staves;
	size_t done = 0;

	while (iov_iter_count(iter)) {
		ssize_t got;
		int n;

		got = iov_iter_extract_pages(iter, &pstaves,
					     iov_iter_count(iter), BARREL_PAGES,
					     0, &barrel.off);
		if (got <= 0)
			break;
		n = DIV_ROUND_UP(got + barrel.off, PAGE_SIZE);
		unpin_user_pages_dirty_lock(barrel.staves, n, true);
		done += got;
	}
	return done;
}

ssize_t decoy_barrel(struct iov_iter *iter, struct page **pages, size_t *off)
{
	return iov_iter_get_pages2(iter, pages, LONG_MAX, BARREL_PAGES, off);
}

ssize_t decoy_old(struct iov_iter *iter, struct page **pages, size_t *off)
{
	return iov_iter_get_pages(iter, pages, LONG_MAX, BARREL_PAGES, off);
}
