// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/frame_vector.h>

/* Its callers are all elsewhere, and give the vector back whole. */
int get_vaddr_frames(unsigned long start, unsigned int nr_frames, struct frame_vector *vec)
{
	long ret;
	int locked = 1;

	vec->got_ref = true;
	vec->is_pfns = false;
	ret = get_user_pages_locked(start, nr_frames, FOLL_WRITE, /* is acquired */
				    (struct page **)(vec->ptrs), &locked);
	if (ret > 0)
		vec->nr_frames = ret;
	return ret;
}

static struct page **vector_pages(struct frame_vector *vec)
{
	if (vec->is_pfns && frame_vector_to_pages(vec))
		return ERR_PTR(-EINVAL);
	return (struct page **)(vec->ptrs);
}

void put_vaddr_frames(struct frame_vector *vec)
{
	struct page **pages;
	unsigned int i;

	if (!vec->got_ref)
		return;
	pages = vector_pages(vec);
	if (IS_ERR(pages))
		return;
	for (i = 0; i < vec->nr_frames; i++)
		put_page(pages[i]); /* is released */
}
