static int madvise_inject_error(int behavior, unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	if (behavior == MADV_SOFT_OFFLINE) {
		ret = soft_offline_page(page, MF_COUNT_INCREASED);
		return ret;
	}
	put_page(page);
	return ret;
}
