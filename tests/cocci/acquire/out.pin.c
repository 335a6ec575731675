#include <linux/mm.h>

long hook_catch(struct hook *hook, unsigned long addr, unsigned long n)
{
	long got;

	mmap_read_lock(current->mm);
	got = pin_user_pages(addr, n,
			     hook->write ? FOLL_WRITE : 0,
			     hook->pages, NULL);
	mmap_read_unlock(current->mm);
	if (got < 0)
		return got;
	hook->n = got;
	return pin_user_pages_fast(addr, 1, 0, &hook->spare) == 1 ? 0 : -EFAULT;
}

void hook_free(struct hook *hook)
{
	unpin_user_pages(hook->pages, hook->n);
	unpin_user_page(hook->spare);
}

long decoy_look(unsigned long addr, struct page **page)
{
	return get_user_pages_fast(addr, 1, 0, page);
}

/*
 * hook_retry() - pin_user_pages_fast() until it works
 *
 * The error of get_user_pages() does not matter.
 */
long hook_retry(struct hook *hook, unsigned long addr)
{
	pr_debug("pin_user_pages_fast: again, not my_get_user_pages_fast\n");
	/* pin_user_pages_fast() may be interrupted, my_get_user_pages_fast() not */
	while (pin_user_pages_fast(addr, 1, 0, &hook->spare) != 1)
		cond_resched();	// put_page() undoes it
	return 0;
}
