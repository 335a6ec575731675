static int rds_pin_pages(unsigned long user_addr, unsigned int nr_pages, struct page **pages)
{
	return get_user_pages_fast(user_addr, nr_pages, FOLL_WRITE, pages);
}

static int __rds_rdma_map(struct rds_sock *rs)
{
	rds_pin_pages(addr, nr_pages, pages);
	trans_private = rs->rs_transport->get_mr(sg, nents, rs, &mr->r_key);
	return 0;
}
