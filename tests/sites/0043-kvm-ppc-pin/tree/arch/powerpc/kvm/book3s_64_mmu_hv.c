void *kvmppc_pin_guest_page(struct kvm *kvm, unsigned long gpa)
{
	struct page *pages[1];
	int npages;

	npages = get_user_pages_fast(hva, 1, FOLL_WRITE, pages);
	return npages ? page_address(pages[0]) : NULL;
}

void kvmppc_unpin_guest_page(struct kvm *kvm, void *va)
{
	struct page *page = virt_to_page(va);

	put_page(page);
}

void kvmppc_other_page(struct page *page)
{
	if (page)
		put_page(page);
}
