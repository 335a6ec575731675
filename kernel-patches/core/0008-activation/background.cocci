// Loops over the dirty pages of a mapping: writeback that is not for data
// integrity passes over a page that is pinned. The page is locked here, and
// stays dirty.

// mm: write_cache_pages(), and those who were modelled on it
@@
identifier f, mapping, wbc, l;
expression page;
@@
f(..., struct address_space *mapping, struct writeback_control *wbc, ...)
{
	<...
+	if (wbc_skip_pinned(wbc, page))
+		goto l;
	if (!clear_page_dirty_for_io(page))
		goto l;
	...>
}

// ext4 prepares an extent first, and clears the dirty bit later
@ext4@
symbol mpd, page, mapping;
@@
mpage_prepare_extent_to_map(...)
{
	<...
+	if (wbc_skip_pinned(mpd->wbc, page)) {
+		unlock_page(page);
+		continue;
+	}
	wait_on_page_writeback(page);
	...>
}
