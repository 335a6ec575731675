void __rds_ib_teardown_mr(struct rds_ib_mr *ibmr)
{
	if (ibmr->sg_len) {
		unsigned int i;

		for (i = 0; i < ibmr->sg_len; ++i) {
			struct page *page = sg_page(&ibmr->sg[i]);

			set_page_dirty(page);
			put_page(page);
		}
		kfree(ibmr->sg);
	}
}

static void rds_ib_other(struct page *page)
{
	put_page(page);
}
