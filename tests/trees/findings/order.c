// SPDX-License-Identifier: GPL-2.0
/* The order of stores, counts of 0, macros' variables, warnings; and twins that are right. */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

/* Wrong: nothing is released, as the count is 0. */
int knot_try(struct page **pages);

int knot(unsigned long uaddr)
{
	struct page *pages[4];
	int done = 0, got;

	got = get_user_pages_fast(uaddr, 4, FOLL_WRITE, pages);
	if (got != 4) {
		release_pages(pages, done);		/* finding: unreleased */
		return -EFAULT;
	}
	release_pages(pages, 4);
	return 0;
}

/* Right: the mended form of s17. */
int knotf_try(struct page **pages);

int knotf(unsigned long uaddr)
{
	struct page *pages[4];
	int got;

	got = get_user_pages_fast(uaddr, 4, FOLL_WRITE, pages);
	if (got != 4) {
		if (got > 0)
			release_pages(pages, got);
		return -EFAULT;
	}
	release_pages(pages, 4);
	return 0;
}

/* Wrong: the array comes from a helper with its pages; when the mapping fails only the array is freed. */

static struct page **sack_pin(unsigned long uaddr, unsigned long n, int *count)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got == n) {
		*count = n;
		return pages;
	}
	if (got > 0)
		release_pages(pages, got);
	kfree(pages);
	return ERR_PTR(-EFAULT);
}

void *sack_map(struct page ***out, unsigned long uaddr, unsigned long n)
{
	struct page **pages;
	void *at;
	int count = 0;

	pages = sack_pin(uaddr, n, &count);
	if (IS_ERR(pages))
		return pages;
	at = vmap(pages, count, 0, PAGE_KERNEL);
	if (at) {
		*out = pages;
		return at;
	}
	kfree(pages);		/* finding: unreleased */
	return NULL;
}

void sack_unmap(struct page **pages, int count)
{
	release_pages(pages, count);
	kfree(pages);
}

/* Right: the mended form of s23. */

static struct page **sackf_pin(unsigned long uaddr, unsigned long n, int *count)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got == n) {
		*count = n;
		return pages;
	}
	if (got > 0)
		release_pages(pages, got);
	kfree(pages);
	return ERR_PTR(-EFAULT);
}

void *sackf_map(struct page ***out, unsigned long uaddr, unsigned long n)
{
	struct page **pages;
	void *at;
	int count = 0;

	pages = sackf_pin(uaddr, n, &count);
	if (IS_ERR(pages))
		return pages;
	at = vmap(pages, count, 0, PAGE_KERNEL);
	if (at) {
		*out = pages;
		return at;
	}
	release_pages(pages, count);
	kfree(pages);
	return NULL;
}

void sackf_unmap(struct page **pages, int count)
{
	release_pages(pages, count);
	kfree(pages);
}

/* Wrong, as s22 with accounting on the way out: a later step fails, the pages stay in the object, and the caller frees the object. */

struct hoop { struct page **pgs; unsigned long *addrs; u32 npgs; unsigned long address; void *user; };
void hoop_sub(u32 n, void *user);
void hoop_put(void *user);


static void hoop_unpin(struct hoop *hoop)
{
	release_pages(hoop->pgs, hoop->npgs);
	kfree(hoop->pgs);
	hoop->pgs = NULL;
}

static int hoop_pin(struct hoop *hoop)
{
	long got;
	int err;

	hoop->pgs = kcalloc(hoop->npgs, sizeof(*hoop->pgs), GFP_KERNEL);
	if (!hoop->pgs)
		return -ENOMEM;
	got = get_user_pages_fast(hoop->address, hoop->npgs, FOLL_WRITE, &hoop->pgs[0]);
	if (got != hoop->npgs) {
		if (got >= 0) {
			hoop->npgs = got;
			err = -ENOMEM;
			goto out_pin;
		}
		err = got;
		goto out_pgs;
	}
	return 0;
out_pin:
	hoop_unpin(hoop);
out_pgs:
	kfree(hoop->pgs);
	hoop->pgs = NULL;
	return err;
}

static void hoop_unaccount(struct hoop *hoop)
{
	if (hoop->user) {
		hoop_sub(hoop->npgs, hoop->user);
		hoop_put(hoop->user);
	}
}

static int hoop_setup(struct hoop *hoop, unsigned long uaddr, u32 n)
{
	int err;

	hoop->address = uaddr;
	hoop->npgs = n;
	err = hoop_pin(hoop);
	if (err)
		goto out_account;
	hoop->addrs = kcalloc(n, sizeof(*hoop->addrs), GFP_KERNEL);
	if (!hoop->addrs) {
		err = -ENOMEM;
		goto out_account;		/* finding: unreleased */
	}
	return 0;
out_account:
	hoop_unaccount(hoop);
	return err;
}

struct hoop *hoop_create(unsigned long uaddr, u32 n)
{
	struct hoop *hoop = kzalloc(sizeof(*hoop), GFP_KERNEL);
	int err;

	if (!hoop)
		return ERR_PTR(-ENOMEM);
	err = hoop_setup(hoop, uaddr, n);
	if (err) {
		kfree(hoop);		/* with the pages */
		return ERR_PTR(err);
	}
	return hoop;
}

void hoop_destroy(struct hoop *hoop)
{
	hoop_unpin(hoop);
	kfree(hoop->addrs);
	kfree(hoop);
}

/* Right: the mended form of s25. */

struct hoopf { struct page **pgs; unsigned long *addrs; u32 npgs; unsigned long address; void *user; };
void hoopf_sub(u32 n, void *user);
void hoopf_put(void *user);


static void hoopf_unpin(struct hoopf *hoopf)
{
	release_pages(hoopf->pgs, hoopf->npgs);
	kfree(hoopf->pgs);
	hoopf->pgs = NULL;
}

static int hoopf_pin(struct hoopf *hoopf)
{
	long got;
	int err;

	hoopf->pgs = kcalloc(hoopf->npgs, sizeof(*hoopf->pgs), GFP_KERNEL);
	if (!hoopf->pgs)
		return -ENOMEM;
	got = get_user_pages_fast(hoopf->address, hoopf->npgs, FOLL_WRITE, &hoopf->pgs[0]);
	if (got != hoopf->npgs) {
		if (got >= 0) {
			hoopf->npgs = got;
			err = -ENOMEM;
			goto out_pin;
		}
		err = got;
		goto out_pgs;
	}
	return 0;
out_pin:
	hoopf_unpin(hoopf);
out_pgs:
	kfree(hoopf->pgs);
	hoopf->pgs = NULL;
	return err;
}

static void hoopf_unaccount(struct hoopf *hoopf)
{
	if (hoopf->user) {
		hoopf_sub(hoopf->npgs, hoopf->user);
		hoopf_put(hoopf->user);
	}
}

static int hoopf_setup(struct hoopf *hoopf, unsigned long uaddr, u32 n)
{
	int err;

	hoopf->address = uaddr;
	hoopf->npgs = n;
	err = hoopf_pin(hoopf);
	if (err)
		goto out_account;
	hoopf->addrs = kcalloc(n, sizeof(*hoopf->addrs), GFP_KERNEL);
	if (!hoopf->addrs) {
		err = -ENOMEM;
		hoopf_unpin(hoopf);
		goto out_account;
	}
	return 0;
out_account:
	hoopf_unaccount(hoopf);
	return err;
}

struct hoopf *hoopf_create(unsigned long uaddr, u32 n)
{
	struct hoopf *hoopf = kzalloc(sizeof(*hoopf), GFP_KERNEL);
	int err;

	if (!hoopf)
		return ERR_PTR(-ENOMEM);
	err = hoopf_setup(hoopf, uaddr, n);
	if (err) {
		kfree(hoopf);		/* with the pages */
		return ERR_PTR(err);
	}
	return hoopf;
}

void hoopf_destroy(struct hoopf *hoopf)
{
	hoopf_unpin(hoopf);
	kfree(hoopf->addrs);
	kfree(hoopf);
}

/* Wrong: an error is returned before the pages are stored in the object, which is done at the end only. */
struct tank { struct page **pages; int n; };
int tank_check(int n);

int tank_fill(struct tank *tank, unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got != n) {
		if (got > 0)
			release_pages(pages, got);
		kfree(pages);
		return -EFAULT;
	}
	ret = tank_check(n);
	if (ret)
		return ret;		/* finding: unreleased */
	tank->pages = pages;
	tank->n = n;
	return 0;
}

void tank_drain(struct tank *tank)
{
	release_pages(tank->pages, tank->n);
	kfree(tank->pages);
}

/* Right: the mended form of s26. */
struct tankf { struct page **pages; int n; };
int tankf_check(int n);

int tankf_fill(struct tankf *tankf, unsigned long uaddr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);
	if (got != n) {
		if (got > 0)
			release_pages(pages, got);
		kfree(pages);
		return -EFAULT;
	}
	ret = tankf_check(n);
	if (ret) {
		release_pages(pages, n);
		kfree(pages);
		return ret;
	}
	tankf->pages = pages;
	tankf->n = n;
	return 0;
}

void tankf_drain(struct tankf *tankf)
{
	release_pages(tankf->pages, tankf->n);
	kfree(tankf->pages);
}

/* Wrong: as the allocators are since 6.10, each a statement with a variable of one and the same name. */
#define with_tag(call) ({ void *_old = NULL; void *_res = call; (void)_old; _res; })
#define tag_kcalloc(...) with_tag(kcalloc(__VA_ARGS__))
#define tag_kmalloc(...) with_tag(kmalloc(__VA_ARGS__))
struct urn { void *list; };

static int urn_pin(unsigned long uaddr, int n, struct page **pages)
{
	int got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got >= 0 && got < n) {
		release_pages(pages, got);
		got = -EFAULT;
	}
	return got;
}

int urn_map(struct urn *urn, unsigned long uaddr, int n)
{
	struct page **pages = NULL;
	void *list, *name = NULL;
	int ret;

	pages = tag_kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	name = tag_kmalloc(16, GFP_KERNEL);
	if (!name) {
		ret = -ENOMEM;
		goto out;
	}
	ret = urn_pin(uaddr, n, pages);
	if (ret <= 0)
		goto out;
	list = tag_kmalloc(n * 16, GFP_KERNEL);
	if (!list) {
		ret = -ENOMEM;
		goto out;		/* finding: unreleased */
	}
	release_pages(pages, n);
	urn->list = list;
	ret = 0;
out:
	kfree(name);
	kfree(pages);
	return ret;
}

/* Right: the mended form of s28. */
struct urnf { void *list; };

static int urnf_pin(unsigned long uaddr, int n, struct page **pages)
{
	int got = get_user_pages_fast(uaddr, n, FOLL_WRITE, pages);

	if (got >= 0 && got < n) {
		release_pages(pages, got);
		got = -EFAULT;
	}
	return got;
}

int urnf_map(struct urnf *urnf, unsigned long uaddr, int n)
{
	struct page **pages = NULL;
	void *list, *name = NULL;
	int ret;

	pages = tag_kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	name = tag_kmalloc(16, GFP_KERNEL);
	if (!name) {
		ret = -ENOMEM;
		goto out;
	}
	ret = urnf_pin(uaddr, n, pages);
	if (ret <= 0)
		goto out;
	list = tag_kmalloc(n * 16, GFP_KERNEL);
	if (!list) {
		release_pages(pages, n);
		ret = -ENOMEM;
		goto out;
	}
	release_pages(pages, n);
	urnf->list = list;
	ret = 0;
out:
	kfree(name);
	kfree(pages);
	return ret;
}

/* Wrong: the page is lost. The test before is the negation of the expected one. */

int dish_take(unsigned long uaddr, int *size)
{
	struct page *page;

	if (WARN_ON_ONCE(!size))
		return -EINVAL;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (*size < 4)
		return -EINVAL;		/* finding: unreleased */
	put_page(page);
	return 0;
}

int dish_take_too(unsigned long uaddr, int *size)
{
	struct page *page;

	if (WARN_ON_ONCE(size == NULL))
		return -EINVAL;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (*size < 4)
		return -EINVAL;		/* finding: unreleased */
	put_page(page);
	return 0;
}

/* Right: the mended form of s30. */

int dishf_take(unsigned long uaddr, int *size)
{
	struct page *page;

	if (WARN_ON_ONCE(!size))
		return -EINVAL;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (*size < 4) {
		put_page(page);
		return -EINVAL;
	}
	put_page(page);
	return 0;
}

int dishf_take_too(unsigned long uaddr, int *size)
{
	struct page *page;

	if (WARN_ON_ONCE(size == NULL))
		return -EINVAL;
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (*size < 4) {
		put_page(page);
		return -EINVAL;
	}
	put_page(page);
	return 0;
}

/* Right, as mended: the last step fails after the page's address was written into a table; nobody unpins. */

struct slotf { unsigned long where; int users; };
struct rackf { struct slotf slots[4]; };
int slotf_arm(int number);

int slotf_enable(struct rackf *rackf, unsigned long uaddr, int number)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) < 1)
		return -EIO;
	ret = slotf_arm(0);
	if (ret)
		goto unpin;
	rackf->slots[number].where = page_to_phys(page);
	rackf->slots[number].users++;
	ret = slotf_arm(number);
	if (!ret)
		return 0;
	rackf->slots[number].users--;
unpin:
	put_page(page);
	return ret;
}

void slotf_disable(struct rackf *rackf, int number)
{
	if (!--rackf->slots[number].users)
		put_page(pfn_to_page(rackf->slots[number].where >> PAGE_SHIFT));
}

/* Right, as mended: what was pinned in an earlier round is known by first and last frame number alone, and is lost. */

int bookf_map(unsigned long first, unsigned long count);

int bookf_add(unsigned long uaddr, unsigned long n)
{
	struct page **list = (struct page **)kmalloc(64 * sizeof(*list), GFP_KERNEL);
	unsigned long first = 0, last = 0;
	long got = 0;
	int ret = 0;

	if (!list)
		return -ENOMEM;
	while (n) {
		unsigned long want = n > 64 ? 64 : n;

		got = get_user_pages_fast(uaddr, want, FOLL_WRITE, list);
		if (got != want) {
			if (got > 0)
				release_pages(list, got);
			ret = -ENOMEM;
			goto out;
		}
		if (!first)
			first = page_to_pfn(list[0]);
		last = page_to_pfn(list[got - 1]);
		n -= got;
		uaddr += got * PAGE_SIZE;
	}
	ret = bookf_map(first, last - first + 1);
out:
	if (ret && first)
		for (; first <= last; first++)
			put_page(pfn_to_page(first));
	kfree(list);
	return ret;
}
