static int FNAME(cmpxchg_gpte)(struct kvm_vcpu *vcpu)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) == 1) {
		kvm_release_page_dirty(page);
	}
	return 0;
}
