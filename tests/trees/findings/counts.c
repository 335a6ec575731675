// SPDX-License-Identifier: GPL-2.0
/* More is released than came: errnos as counts, unfilled entries, bad pointers. */
#include <linux/err.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct hopper {
	struct page **pages;
	struct page *single;
	int wanted;
	void *at;
};

/* An unsigned loop bound: an errno is a huge one. */
static void hopper_drop(struct page **pages, u64 n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

int hopper_errno_to_helper(struct hopper *hopper, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, hopper->wanted, FOLL_WRITE, hopper->pages);

	if (got < hopper->wanted) {
		hopper_drop(hopper->pages, got);		/* finding: negative-count */
		return -EFAULT;
	}
	return 0;
}

int hopper_positive_to_helper(struct hopper *hopper, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, hopper->wanted, FOLL_WRITE, hopper->pages);

	if (got < hopper->wanted) {
		if (got > 0)
			hopper_drop(hopper->pages, got);
		return -EFAULT;
	}
	return 0;
}

/* The errno is put in an unsigned variable, which is not less than anything. */
int hopper_unsigned_result(unsigned long uaddr, int n)
{
	struct page *pages[16];
	u32 got, i;

	got = get_user_pages_fast(uaddr, n, 0, pages);
	if (got < n) {
		if (got > 0)
			put_user_pages(pages, got);
		return -EINVAL;
	}
	for (i = 0; i < n; i++)					/* finding: uninitialised-entry */
		put_page(pages[i]);
	return 0;
}

int hopper_signed_result(unsigned long uaddr, int n)
{
	struct page *pages[16];
	int got, i;

	got = get_user_pages_fast(uaddr, n, 0, pages);
	if (got < n) {
		if (got > 0)
			put_user_pages(pages, got);
		return -EINVAL;
	}
	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return 0;
}

/* All requested pages are released, whatever came. */
int hopper_all(unsigned long uaddr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int got, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, n, 0, pages);
	if (got != n)
		ret = -EFAULT;
	put_user_pages(pages, n);				/* finding: uninitialised-entry */
	kfree(pages);
	return ret;
}

/* Nothing came, and the array is zero. */
int hopper_none(unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, n, 0, pages);
	if (got == n) {
		put_user_pages(pages, n);
		kfree(pages);
		return 0;
	}
	if (got < 0)
		for (i = 0; i < n; i++)				/* finding: null-entry */
			put_page(pages[i]);
	else
		put_user_pages(pages, got);
	kfree(pages);
	return -EFAULT;
}

/* The helper is given the count of all requested pages. */
static void hopper_empty(struct hopper *hopper, unsigned int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(hopper->pages[i]);
}

int hopper_all_to_helper(struct hopper *hopper, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, hopper->wanted, FOLL_WRITE, hopper->pages);

	if (got != hopper->wanted) {
		if (got < 0)
			got = 0;
		hopper_empty(hopper, hopper->wanted);		/* finding: uninitialised-entry */
		return -ENOMEM;
	}
	return 0;
}

int hopper_got_to_helper(struct hopper *hopper, unsigned long uaddr)
{
	int got = get_user_pages_fast(uaddr, hopper->wanted, FOLL_WRITE, hopper->pages);

	if (got != hopper->wanted) {
		if (got < 0)
			got = 0;
		hopper_empty(hopper, got);
		return -ENOMEM;
	}
	return 0;
}

/* The second call goes on where the first has ended: its failure leaves the pages of that. */
int hopper_two_calls(unsigned long uaddr, int n)
{
	struct page *pages[16];
	int first = get_user_pages_fast(uaddr, n, 0, pages), second;

	if (first < 0)
		return first;
	second = get_user_pages_fast(uaddr, n, 0, pages + n);
	if (second < 0) {
		put_user_pages(pages, first);
		return second;
	}
	put_user_pages(pages, first + second);
	return 0;
}

/* -- pages that are added behind others -- */

static void hopper_drop_from(struct page **pages, unsigned int from, unsigned int n)
{
	put_user_pages(pages + from, n);
	kfree(pages);
}

static void hopper_drop_front(struct page **pages, unsigned int from, unsigned int n)
{
	put_user_pages(pages, n);
	kfree(pages);
}

int hopper_add(struct hopper *hopper, struct page **pages, unsigned long uaddr, int n)
{
	int got = get_user_pages_fast(uaddr, n, 0, pages + hopper->wanted);

	if (got < 0) {
		kfree(pages);
		return got;
	}
	if (got != n) {
		hopper_drop_from(pages, hopper->wanted, got);
		return -EFAULT;
	}
	hopper->pages = pages;
	return 0;
}

int hopper_add_wrong(struct hopper *hopper, struct page **pages, unsigned long uaddr, int n)
{
	int got = get_user_pages_fast(uaddr, n, 0, pages + hopper->wanted);

	if (got < 0) {
		kfree(pages);
		return got;
	}
	if (got != n) {
		hopper_drop_front(pages, hopper->wanted, got);	/* finding: range */
		return -EFAULT;
	}
	hopper->pages = pages;
	return 0;
}

/* The first round fills the array from its start. */
int hopper_rounds(struct page **pages, unsigned long uaddr, int n)
{
	int done = 0, got;

	while (done < n) {
		got = get_user_pages_fast(uaddr + done * PAGE_SIZE, n - done, 0, pages + done);
		if (got <= 0) {
			put_user_pages(pages, done);
			return -EFAULT;
		}
		done += got;
	}
	put_user_pages(pages, done);
	return 0;
}

/* The variable is NULL where there is no page. */
int hopper_shown_by_null(unsigned long uaddr)
{
	struct page *page = NULL;
	int got = get_user_pages_fast(uaddr, 1, 0, &page);

	if (page)
		put_page(page);
	return got == 1 ? 0 : -EFAULT;
}

int hopper_null(unsigned long uaddr)
{
	struct page *page = NULL;
	int got = get_user_pages_fast(uaddr, 1, 0, &page), ret = 0;

	if (got != 1)
		ret = -EFAULT;
	put_page(page);						/* finding: null-entry */
	return ret;
}

/* -- a helper that returns ERR_PTR() -- */

static struct page **hopper_get(unsigned long uaddr, unsigned long *n)
{
	struct page **pages = kcalloc(8, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = get_user_pages_fast(uaddr, 8, FOLL_WRITE, pages);
	if (got != 8) {
		if (got > 0)
			put_user_pages(pages, got);
		kfree(pages);
		return ERR_PTR(-EFAULT);
	}
	*n = 8;
	return pages;
}

int hopper_tests_for_null(unsigned long uaddr)
{
	unsigned long n = 0;
	struct page **pages = hopper_get(uaddr, &n);

	if (!pages)						/* finding: error-pointer */
		return -EFAULT;
	put_user_pages(pages, n);
	kfree(pages);
	return 0;
}

int hopper_tests_for_error(unsigned long uaddr)
{
	unsigned long n = 0;
	struct page **pages = hopper_get(uaddr, &n);

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	put_user_pages(pages, n);
	kfree(pages);
	return 0;
}

/* -- a result that is never tested -- */

int hopper_untested(struct hopper *hopper, unsigned long uaddr)
{
	struct page *page;
	int got;

	got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page);
	hopper->single = page;					/* finding: no-page */
	hopper->at = kmap(hopper->single);
	return got;
}

int hopper_tested(struct hopper *hopper, unsigned long uaddr)
{
	struct page *page;
	int got;

	got = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page);
	if (got != 1)
		return -EFAULT;
	hopper->single = page;
	hopper->at = kmap(hopper->single);
	return 0;
}

void hopper_close(struct hopper *hopper)
{
	kunmap(hopper->single);
	set_page_dirty_lock(hopper->single);
	put_page(hopper->single);
}

MODULE_LICENSE("GPL");
