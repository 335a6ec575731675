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

/* The whole of it is done. */
void lamp_todo(struct lamp *lamp)
{
	lamp_note(lamp);
	unpin_user_page(lamp->page);
}

/* A part of it is, and the item that goes on in the next line is left alone. */
void lamp_todos(struct lamp *lamp)
{
	/*
	 * The last user is gone.
	 */
	unpin_user_page(lamp->page);
	/*
	 * FIXME: a reference count that
	 * is ours alone
	 */
	unpin_user_page(lamp->other);
}

/* Continuation lines stay where the parenthesis is. */
int lamp_lines(struct lamp *lamp, struct page *page)
{
	if (!lamp->page)
		lamp_note(lamp);
	else unpin_user_page(lamp_page_of_the_row(lamp,
			 lamp->row));
	unpin_user_page(page ? page : lamp_page_of_the_row(lamp,
							   lamp->row));
	return lamp_check(lamp) ? lamp_put(lamp, put_page,
					   page) : 0;
}

/* Blanks at the front, as some files have them. */
void lamp_blanks(struct lamp *lamp)
{
        if (lamp->page)
                unpin_user_page(lamp->page);
        else lamp_note(lamp);
}
