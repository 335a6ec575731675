int kvmppc_book3s_instantiate_page(struct kvm_vcpu *vcpu, bool kvm_ro)
{
	struct page *page = NULL;

	if (!kvm_ro && __get_user_pages_fast(hva, 1, 1, &page) == 1) {
		upgrade_write = true;
	} else {
		page = pfn_to_page(pfn);
	}
	put_page(page);
	return 0;
}
