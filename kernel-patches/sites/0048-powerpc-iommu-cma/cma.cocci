@@
identifier page, ret;
@@
mm_iommu_move_page_from_cma(struct page *page)
{
	...
+	if (IS_ENABLED(CONFIG_GUP_PIN_TRACKING)) {
+		/* A pinned page is on no list, and is not migrated */
+		user_page_to_ref(page);
+		lru_add_drain_all();
+	}
	lru_add_drain();
	ret = isolate_lru_page(page);
-	if (ret)
+	if (ret && !IS_ENABLED(CONFIG_GUP_PIN_TRACKING))
		return ret;
+	if (ret) {
+		/* The caller takes it once more, as it is */
+		put_page(page);
+		return 0;
+	}
	...
}
