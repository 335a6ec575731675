static void rds_message_purge(struct rds_message *rm)
{
	put_page(sg_page(&rm->data.op_sg[0]));
}

static int rds_message_zcopy_from_user(struct rds_message *rm, struct iov_iter *from)
{
	return iov_iter_get_pages(from, &pages, PAGE_SIZE, 1, &start);
}
