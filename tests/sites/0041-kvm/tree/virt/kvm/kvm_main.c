static bool hva_to_pfn_fast(unsigned long addr, kvm_pfn_t *pfn)
{
	struct page *page[1];

	if (__get_user_pages_fast(addr, 1, 1, page) == 1) {
		*pfn = page_to_pfn(page[0]);
		return true;
	}
	return false;
}

static int hva_to_pfn_slow(unsigned long addr, bool *writable, kvm_pfn_t *pfn)
{
	struct page *page;
	int npages = get_user_pages_unlocked(addr, 1, &page, 0);

	if (writable) {
		struct page *wpage;

		if (__get_user_pages_fast(addr, 1, 1, &wpage) == 1) {
			put_page(page);
			page = wpage;
		}
	}
	*pfn = page_to_pfn(page);
	return npages;
}

int gfn_to_page_many_atomic(struct kvm_memory_slot *slot, gfn_t gfn,
			    struct page **pages, int nr_pages)
{
	unsigned long addr;
	gfn_t entry = 0;

	addr = gfn_to_hva_many(slot, gfn, &entry);
	return __get_user_pages_fast(addr, nr_pages, 1, pages);
}

void kvm_release_pfn_clean(kvm_pfn_t pfn)
{
	put_page(pfn_to_page(pfn));
}
