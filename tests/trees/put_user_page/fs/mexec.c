// SPDX-License-Identifier: GPL-2.0
/*
 * Argument pages of a new program
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>

struct mexec {
	struct mm_struct *mm;
	unsigned long p;
};

static struct page *mexec_get_arg_page(struct mexec *prog, unsigned long pos,
				       int write)
{
	unsigned int gup_flags = FOLL_FORCE;
	struct page *page;
	int ret;

	if (write)
		gup_flags |= FOLL_WRITE;

	/* The new mm is ours alone, so nobody else takes its lock. */
	ret = get_user_pages_remote(current, prog->mm, pos, 1, gup_flags,
				    &page, NULL, NULL);
	if (ret <= 0)
		return NULL;
	return page;
}

static void mexec_put_arg_page(struct page *page)
{
	put_page(page);
}

int mexec_copy_string(struct mexec *prog, const char *str, size_t len)
{
	size_t room = offset_in_page(prog->p) ? offset_in_page(prog->p)
					      : PAGE_SIZE;
	struct page *page;
	char *kaddr;

	if (len > room)
		return -E2BIG;
	prog->p -= len;
	page = mexec_get_arg_page(prog, prog->p, 1);
	if (!page)
		return -E2BIG;
	kaddr = kmap(page);
	memcpy(kaddr + offset_in_page(prog->p), str, len);
	kunmap(page);
	mexec_put_arg_page(page);
	return 0;
}
EXPORT_SYMBOL(mexec_copy_string);

int mexec_remove_arg_zero(struct mexec *prog)
{
	struct page *page;
	char *kaddr;

	page = mexec_get_arg_page(prog, prog->p, 0);
	if (!page)
		return -EFAULT;
	kaddr = kmap_atomic(page);
	while (kaddr[offset_in_page(prog->p)])
		prog->p++;
	kunmap_atomic(kaddr);
	mexec_put_arg_page(page);
	return 0;
}
EXPORT_SYMBOL(mexec_remove_arg_zero);
