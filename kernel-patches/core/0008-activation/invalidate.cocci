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
