static void tce_iommu_unuse_page(struct tce_container *container,
		unsigned long hpa)
{
	struct page *page;

	page = pfn_to_page(hpa >> PAGE_SHIFT);
	put_page(page);
}

static void tce_iommu_clear(struct tce_container *container)
{
	if (container->v2)
		tce_iommu_unuse_page_v2(container);
	else
		tce_iommu_unuse_page(container, oldhpa);
}

static int tce_iommu_use_page(unsigned long tce, unsigned long *hpa)
{
	struct page *page = NULL;

	return get_user_pages_fast(tce & PAGE_MASK, 1,
			FOLL_WRITE, &page);
}
