static int mm_iommu_move_page_from_cma(struct page *page)
{
	int ret = 0;
	LIST_HEAD(pages);

	if (PageCompound(page))
		return -EBUSY;

	lru_add_drain();
	ret = isolate_lru_page(page);
	if (ret)
		return ret;

	list_add(&page->lru, &pages);
	put_page(page); /* Drop the gup reference */
	ladle_move(&pages);
	return 0;
}

long mm_iommu_get(struct mm_struct *mm, unsigned long ua)
{
	struct page *page = NULL;

	if (1 != get_user_pages_fast(ua, 1, 1, &page))
		return -EFAULT;
	if (ladle_is_movable(page)) {
			if (mm_iommu_move_page_from_cma(page))
				return 0;
			return get_user_pages_fast(ua, 1, 1, &page);
	}
	return 0;
}
