struct ceph_aio_request {
	bool write;
	bool should_dirty;
	int error;
};

static ssize_t __iter_get_bvecs(struct iov_iter *iter, struct bio_vec *bvecs)
{
	return iov_iter_get_pages(iter, pages, size, count, &start);
}

static void put_bvecs(struct bio_vec *bvecs, int num_bvecs, bool should_dirty)
{
	int i;

	for (i = 0; i < num_bvecs; i++) {
		if (should_dirty)
			set_page_dirty_lock(bvecs[i].bv_page);
		put_page(bvecs[i].bv_page);
	}
}

static ssize_t ceph_sync_read(struct kiocb *iocb, struct iov_iter *to)
{
	if (unlikely(iov_iter_is_pipe(to)))
		return -EIO;
	return 0;
}

static void ceph_aio_complete_req(struct ceph_aio_request *aio_req)
{
	put_bvecs(aio_req->bvecs, aio_req->num, aio_req->should_dirty);
}

static ssize_t ceph_direct_read_write(struct kiocb *iocb, struct iov_iter *iter,
				      struct ceph_aio_request *aio_req)
{
	bool write = iov_iter_rw(iter) == WRITE;
	bool should_dirty = !write && iter_is_iovec(iter);

	aio_req->write = write;
	aio_req->should_dirty = should_dirty;
	put_bvecs(bvecs, num_pages, should_dirty);
	return 0;
}
