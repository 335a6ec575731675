#include <linux/mm.h>

/* The only page. */
void lamp_off(struct lamp *lamp)
{
	unpin_user_page(lamp->page);	/* back to its owner */
}

int lamp_swap(struct lamp *lamp, struct page *page)
{
	if (lamp->page)
		unpin_user_page(lamp->page);
	else
		lamp_note(lamp);
	lamp->page = page;
	return lamp_check(lamp) ? (unpin_user_page(page), -EIO) : 0;
}

void decoy_alloc(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	put_page(page);
}

/* spatch has no do loops: it is shown a while loop. */
void lamp_do(struct page **pages, unsigned int n)
{
	unpin_user_pages(pages, n);
}
