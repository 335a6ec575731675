static int direct_pte_prefetch_many(struct kvm_vcpu *vcpu, u64 *start, u64 *end)
{
	struct page *pages[PTE_PREFETCH_NUM];
	int i, ret;

	ret = gfn_to_page_many_atomic(slot, gfn, pages, end - start);
	for (i = 0; i < ret; i++, gfn++, start++) {
		mmu_set_spte(vcpu, start, page_to_pfn(pages[i]));
		put_page(pages[i]);
	}
	return 0;
}
