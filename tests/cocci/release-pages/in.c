#include <linux/pagemap.h>

int reel_in(struct reel *reel, struct page **pages, unsigned long n)
{
	if (reel_full(reel))
		release_pages(pages, n);
	else
		reel_add(reel, pages, n);
	release_pages(reel->head->pages_that_were_taken_from_the_user[0], reel->nr);
	return 0;
}

/* Old kernels gave a third argument. */
void reel_out(struct reel *reel)
{
	release_pages(reel->pages, reel->nr, false);
}

void decoy_cache(struct page **pages, int n)
{
	release_pages(pages, n);
}
