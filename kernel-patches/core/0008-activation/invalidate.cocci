// A pinned page keeps its place in the page cache, and its buffers.
@@
symbol page, mapping;
@@
invalidate_complete_page(...)
{
	...
	if (page->mapping != mapping)
		return 0;
+
+	if (page_dma_pinned(page))
+		return 0;
	...
}

@@
symbol page, mapping;
@@
invalidate_complete_page2(...)
{
	...
	if (page->mapping != mapping)
		return 0;
+
+	if (page_dma_pinned(page))
+		return 0;
	...
}

// The buffers, whoever asks for them. The page is locked, and not mapped any
// more by those who ask: a pin that comes later has to fault first.
@@
symbol page;
@@
try_to_release_page(struct page *page, ...)
{
	<...
	if (PageWriteback(page))
		return 0;
+	if (page_dma_pinned(page))
+		return 0;
	...>
}
