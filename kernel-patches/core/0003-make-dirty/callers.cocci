// Callers of put_user_pages_dirty_lock(pages, npages) get the third argument.
// First the pairs "dirty and release" / "just release", which become one call;
// then whatever call is left, which dirtied always, and still does.

// The called routine itself looks whether the page is dirty already.
@pagedirty_first@
expression p, c;
@@
- if (!PageDirty(*p) && c)
+ if (c)
	put_user_pages_dirty_lock(p, 1);
  else
	put_user_page(*p);

@pagedirty_last@
expression p, c;
@@
- if (c && !PageDirty(*p))
+ if (c)
	put_user_pages_dirty_lock(p, 1);
  else
	put_user_page(*p);

@pair_array@
expression p, n, c;
@@
- if (c)
-	put_user_pages_dirty_lock(p, n);
- else
-	put_user_pages(p, n);
+ put_user_pages_dirty_lock(p, n, c);

@pair_address@
expression page, c;
@@
- if (c)
-	put_user_pages_dirty_lock(&page, 1);
- else
-	put_user_page(page);
+ put_user_pages_dirty_lock(&page, 1, c);

@pair_pointer@
expression p, c;
@@
- if (c)
-	put_user_pages_dirty_lock(p, 1);
- else
-	put_user_page(*p);
+ put_user_pages_dirty_lock(p, 1, c);

@rest@
expression p, n;
@@
- put_user_pages_dirty_lock(p, n)
+ put_user_pages_dirty_lock(p, n, true)

@unlocked@
expression p, n;
@@
- put_user_pages_dirty(p, n)
+ put_user_pages_dirty_lock(p, n, true)
