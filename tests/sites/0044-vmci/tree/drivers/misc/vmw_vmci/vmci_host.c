static int vmci_host_setup_notify(struct vmci_ctx *context, unsigned long uva)
{
	return get_user_pages_fast(uva, 1, FOLL_WRITE, &context->notify_page);
}
