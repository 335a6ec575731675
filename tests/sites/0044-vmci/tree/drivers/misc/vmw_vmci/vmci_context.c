void vmci_ctx_unset_notify(struct vmci_ctx *context)
{
	struct page *notify_page = context->notify_page;

	if (notify_page) {
		kunmap(notify_page);
		put_page(notify_page);
	}
}
