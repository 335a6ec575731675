#include <linux/mm.h>

void mud_up(struct mud *mud)
{
	int i;

	for (i = 0; i < mud->n; i++) {
		set_page_dirty_lock(mud->pages[i]);
		put_page(mud->pages[i]);
	}
}

void mud_local(struct mud *mud)
{
	struct page *page;
	int i;

	for (i = 0; i < mud->n; i++) {
		page = mud->pages[i];
		set_page_dirty_lock(page);
		put_page(page);
	}
}

void mud_down(struct page **pages, unsigned int n)
{
	int i;

	for (i = n - 1; i >= 0; i--) {
		struct page *page = pages[i];

		set_page_dirty_lock(page);
		put_page(page);
	}
}

void mud_while(struct page **pages, unsigned int n)
{
	while (n--) {
		set_page_dirty_lock(pages[n]);
		put_page(pages[n]);
	}
}

/* set_page_dirty() does not sleep; this function does. */
int mud_sleeps(struct mud *mud, void __user *to)
{
	int i;

	if (copy_to_user(to, mud->head, sizeof(*mud->head)))
		return -EFAULT;
	for (i = 0; i < mud->n; i++) {
		set_page_dirty(mud->pages[i]);
		put_page(mud->pages[i]);
	}
	return 0;
}

/* Nothing says that this one may. */
void mud_unsure(struct mud *mud)
{
	int i;

	for (i = 0; i < mud->n; i++) {
		set_page_dirty(mud->pages[i]);
		put_page(mud->pages[i]);
	}
}

/* And here it must not. */
void mud_locked(struct mud *mud)
{
	int i;

	mutex_lock(&mud->mutex);
	spin_lock(&mud->lock);
	if (!mud->n) {
		spin_unlock(&mud->lock);
		mutex_unlock(&mud->mutex);
		return;
	}
	for (i = 0; i < mud->n; i++) {
		set_page_dirty(mud->pages[i]);
		put_page(mud->pages[i]);
	}
	spin_unlock(&mud->lock);
	mutex_unlock(&mud->mutex);
}

/* Called with the lock held. */
static void mud_held(struct mud *mud)
{
	int i;

	for (i = 0; i < mud->n; i++) {
		SetPageDirty(mud->pages[i]);
		put_page(mud->pages[i]);
	}
}

void mud_holder(struct mud *mud)
{
	might_sleep();
	rcu_read_lock();
	mud_held(mud);
	rcu_read_unlock();
}

/* Every caller may sleep. */
static void mud_plain(struct mud *mud)
{
	int i;

	for (i = 0; i < mud->n; i++) {
		SetPageDirty(mud->pages[i]);
		put_page(mud->pages[i]);
	}
}

static int mud_release(struct inode *inode, struct file *file)
{
	mud_plain(file->private_data);
	return 0;
}

static const struct file_operations mud_fops = {
	.release = mud_release,
};

/* Other pages are dirtied than go back. */
void mud_other(struct page **pages, struct page **other, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		set_page_dirty_lock(other[i]);
		put_page(pages[i]);
	}
}

void silt_do(struct bag *bag, unsigned int n)
{
	might_sleep();
	do {
		struct page *page = bag->pages[--n];

		/* the device wrote to it */
		set_page_dirty_lock(page);
		put_page(page);
	} while (n);
	kfree(bag);
}

/* The rest of them. */
void mud_rest(struct page **pages, unsigned int i, unsigned int n)
{
	for (; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

void mud_step(struct page **pages, int n)
{
	while (n > 0) {
		n--;
		set_page_dirty_lock(pages[n]);
		put_page(pages[n]);
	}
}

void mud_part(struct page **pages, unsigned int from, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[from + i]);
		put_page(pages[from + i]);
	}
}

void mud_declared(struct page **pages, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

/* It would dirty one page, and give back another. */
void keep_mud_apart(struct page **pages, unsigned int n)
{
	while (n) {
		set_page_dirty_lock(pages[--n]);
		put_page(pages[--n]);
	}
}

/* A guard beside the dirtying is kept. */
void keep_mud_guard(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!pages[i])
			continue;
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
}

/* A comment keeps a request that is open; one that is done goes. */
void mud_fixme(struct mud *mud)
{
	int i;

	might_sleep();
	for (i = 0; i < mud->n; i++) {
		struct page *page = mud->pages[i];

		SetPageDirty(page);
		/* FIXME: cache flush missing for writes
		 * FIXME: call the correct reference counting function
		 */
		put_page(page);
	}
}
