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

	got = iov_iter_get_pages2(iter, pages, LONG_MAX,
				BARREL_PAGES, &barrel->off);
	return got < 0 ? got : 0;
}

ssize_t barrel_member(struct barrel *barrel, struct iov_iter *iter)
{
	return iov_iter_get_pages2(iter, barrel->hoops, LONG_MAX, BARREL_PAGES, &barrel->off);
}

void barrel_empty(struct barrel *barrel, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(barrel->hoops[i]);
}

int barrel_taste(struct iov_iter *iter, char *drop)
{
	struct page *page;
	size_t off;

	/* iov_iter_get_pages2() of one byte */
	if (iov_iter_get_pages2(iter, &page, 1, 1, &off) != 1)
		return -EFAULT;
	memcpy_from_page(drop, page, off, 1);
	put_page(page);
	return 0;
}

size_t barrel_roll(struct iov_iter *iter)
{
	size_t done = 0;

	while (iov_iter_count(iter)) {
		struct page *pages[BARREL_PAGES];
		ssize_t got;
		size_t off;

		got = iov_iter_get_pages2(iter, pages, LONG_MAX, BARREL_PAGES, &off);
		if (got <= 0)
			break;
		done += got;
		for (int i = 0; i < DIV_ROUND_UP(got + off, PAGE_SIZE); i++)
			put_page(pages[i]);
	}
	return done;
}

size_t barrel_stack(struct iov_iter *iter)
{
	struct barrel barrel;
	size_t done = 0;

	while (iov_iter_count(iter)) {
		ssize_t got;
		int i, n;

		got = iov_iter_get_pages2(iter, barrel.staves, iov_iter_count(iter),
					  BARREL_PAGES, &barrel.off);
		if (got <= 0)
			break;
		n = DIV_ROUND_UP(got + barrel.off, PAGE_SIZE);
		for (i = 0; i < n; i++) {
			set_page_dirty_lock(barrel.staves[i]);
			put_page(barrel.staves[i]);
		}
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
