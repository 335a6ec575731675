// It could not be moved, so do not unmap it. The page is locked.
@@
symbol page, rc, mode, force;
@@
__unmap_and_move(...)
{
	...
	if (!trylock_page(page)) { ... }
+
+	if (page_dma_pinned(page)) {
+		rc = -EBUSY;
+		goto out_unlock;
+	}
	...
}
