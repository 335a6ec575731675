// SPDX-License-Identifier: GPL-2.0
/* A helper that acquires pages for several functions, and which of them dirty what is written. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

struct vault_command {
	unsigned long address;
	unsigned long len;
};

int vault_issue(int number, struct vault_command *command);

static struct page **vault_lock(unsigned long uaddr, int n, int write)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	got = get_user_pages_fast(uaddr, n, write ? FOLL_WRITE : 0, pages);
	if (got == n)
		return pages;
	if (got > 0)
		put_user_pages(pages, got);
	kfree(pages);
	return ERR_PTR(-EFAULT);
}

static void vault_unlock(struct page **pages, int n)
{
	put_user_pages(pages, n);
	kfree(pages);
}

int vault_seal(unsigned long uaddr, int n)
{
	struct vault_command command = {};
	struct page **pages = vault_lock(uaddr, n, 1);
	int i, ret;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	command.address = page_to_pfn(pages[0]) << PAGE_SHIFT;
	ret = vault_issue(1, &command);
	for (i = 0; i < n; i++)
		set_page_dirty_lock(pages[i]);
	vault_unlock(pages, n);
	return ret;
}

int vault_send(unsigned long uaddr, int n)
{
	struct vault_command command = {};
	struct page **pages = vault_lock(uaddr, n, 0);
	int ret;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	command.address = page_to_pfn(pages[0]) << PAGE_SHIFT;
	ret = vault_issue(2, &command);
	vault_unlock(pages, n);
	return ret;
}

/* It is written as in vault_seal(). */
int vault_receive(unsigned long uaddr, int n)
{
	struct vault_command command = {};
	struct page **pages = vault_lock(uaddr, n, 1);
	int ret;

	if (IS_ERR(pages))
		return PTR_ERR(pages);
	command.address = page_to_pfn(pages[0]) << PAGE_SHIFT;
	ret = vault_issue(3, &command);
	vault_unlock(pages, n);					/* finding: clean */
	return ret;
}

struct vault {
	struct page **pages;
	int n;
};

/* Kept: others may dirty them before they are released. */
int vault_open(struct vault *vault, unsigned long uaddr, int n)
{
	vault->pages = vault_lock(uaddr, n, 1);
	vault->n = n;
	return IS_ERR(vault->pages) ? PTR_ERR(vault->pages) : 0;
}

void vault_close(struct vault *vault)
{
	vault_unlock(vault->pages, vault->n);
}
