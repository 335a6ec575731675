#include <linux/mm.h>

static int file_scope_i;

void rope_free(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
}

/* Braces, an unsigned count, and another use of the list of variables. */
int rope_cut(struct rope *rope, unsigned int n)
{
	unsigned int i, cut = 0;

	rope_lock(rope);
	for (i = 0; i != n; ++i) {
		put_page(rope->pages[i]);
	}
	while (cut < n)
		cut += rope_step(rope);
	return cut;
}

/* Part of a longer array. */
void rope_tail(struct page **pages, unsigned long head, unsigned long n)
{
	unsigned long i;

	if (n) {
		for (i = 0; i < n; i++)
			put_page(pages[head + i]);
	}
}

/* A page of its own in the loop; the else branch stays as it is. */
void rope_local(struct rope *rope, bool all)
{
	int i;

	if (all)
		for (i = 0; i < rope->n; i++) {
			struct page *page = rope->pages[i];

			put_page(page);
		}
	else
            rope_note(rope);
}

/* The index is set again before it is read. */
int rope_twice(struct rope *rope)
{
	int i, sum = 0;

	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
	for (i = 0; i < rope->n; i++)
		sum += rope->weight[i];
	return sum;
}

/* The count was checked on the way. */
int rope_checked(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		return got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* Here it was not: a negative count must not become a huge one. */
int rope_unchecked(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(pages[i]);
		return -EFAULT;
	}
	return 0;
}

/* A check that leads to the loop is none. */
int rope_goto(unsigned long addr, int n, struct page **pages)
{
	int got, i;

	got = get_user_pages_fast(addr, n, 0, pages);
	if (got < 0)
		goto out;
	rope_use(pages, got);
out:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* The index is read later. */
int rope_index(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
	return i;
}

/* A comment in the loop moves up. */
void rope_comment(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++) {
		/* the last reference, most of the time */
		put_page(rope->pages[i]);
	}
}

/* Only so far as the first hole. */
void rope_hole(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n && pages[i]; i++)
		put_page(pages[i]);
}

/* A variable of the file stays, whoever uses it. */
void rope_global(struct page **pages, unsigned int n)
{
	for (file_scope_i = 0; file_scope_i < n; file_scope_i++)
		put_page(pages[file_scope_i]);
}

void decoy_vmalloc(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

/* An index of the loop's own. */
void rope_own(struct page **pages, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		put_page(pages[i]);
}

/* A macro with the index as its last argument sets it. */
int rope_each(struct rope *rope, struct scatterlist *list)
{
	struct scatterlist *sg;
	int i, sum = 0;

	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
	for_each_sg(list, sg, rope->n, i)
		sum += i;
	return sum;
}

/* Behind a label, and reached with a count of another meaning. */
int rope_label(struct rope *rope, int n)
{
	int i, ret;

	ret = get_user_pages_fast(rope->addr, n, 0, rope->pages);
	if (ret < 0)
		return ret;
	if (ret < n)
		goto err;
	ret = -EINVAL;
	if (rope_bad(rope))
		goto err;
	return 0;
err:
	for (i = 0; i < ret; i++)
		put_page(rope->pages[i]);
	return -EFAULT;
}

void change_and_move_comments(struct rope *rope, int bad)
{
	int i;

	for (i = 0; i < rope->n; i++) {
		/*
		 * Nobody else has them by now,
		 *   so this frees them.
		 */
		put_page(rope->pages[i]);	/* as put_page() does */
	}
	if (bad) {
		for (i = 0; i < rope->n; i++)
			put_page(rope->more[i]); // late
	}
}

void keep_comment_of_a_variable(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++) {
		/* i is where the rope ends */
		put_page(rope->pages[i]);
	}
}

void keep_comment_without_a_block(struct rope *rope)
{
	int i;

	if (rope->n > 0)
		for (i = 0; i < rope->n; i++) {
			/* nowhere to go */
			put_page(rope->pages[i]);
		}
}

void keep_directive(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++) {
#ifdef CONFIG_ROPE
		put_page(rope->pages[i]);
#endif
	}
}

/* Does put_page() of every page, and lets go. */
void change_what_is_said(struct rope *rope)
{
	int i;

	/* put_page() is enough */
	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
}

/* Ends in put_page() here and there. */
void change_what_is_said_of_both(struct rope *rope)
{
	int i;

	for (i = 0; i < rope->n; i++)
		put_page(rope->pages[i]);
	/* and put_page() for the end */
	put_page(rope->end);
}
