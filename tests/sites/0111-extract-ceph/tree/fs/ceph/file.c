#define ITER_GET_BVECS_PAGES	8

/*
 * iov_iter_get_pages() only considers one iov_iter segment, no matter
 * how much is asked for.
 */
static ssize_t __iter_get_bvecs(struct iov_iter *iter, size_t maxsize,
				struct bio_vec *bvecs)
{
	size_t size = 0;

	while (size < maxsize) {
		struct page *pages[ITER_GET_BVECS_PAGES];
		ssize_t bytes;
		size_t start;

		bytes = iov_iter_get_pages2(iter, pages, maxsize - size,
					   ITER_GET_BVECS_PAGES, &start);
		if (bytes < 0)
			return size ?: bytes;
		size += bytes;
		bvecs_fill(bvecs, pages, bytes, start);
	}
	return size;
}

static void put_bvecs(struct bio_vec *bvecs, int num_bvecs, bool should_dirty)
{
	int i;

	for (i = 0; i < num_bvecs; i++) {
		if (bvecs[i].bv_page) {
			if (should_dirty)
				set_page_dirty_lock(bvecs[i].bv_page);
			put_page(bvecs[i].bv_page);
		}
	}
	kvfree(bvecs);
}

struct ceph_aio_request {
	struct kiocb *iocb;
	bool should_dirty;
	int error;
};

static void ceph_aio_complete_req(struct ceph_osd_request *req)
{
	struct ceph_aio_request *aio_req = req->r_priv;

	put_bvecs(req->bvecs, req->num_bvecs,
		  aio_req->should_dirty);
}

static ssize_t
ceph_direct_read_write(struct kiocb *iocb, struct iov_iter *iter)
{
	struct ceph_aio_request *aio_req = NULL;
	struct bio_vec *bvecs;
	int num_pages = 0;
	bool write = iov_iter_rw(iter) == WRITE;
	bool should_dirty = !write && user_backed_iter(iter);

	aio_req = kzalloc(sizeof(*aio_req), GFP_KERNEL);
	if (aio_req) {
		aio_req->iocb = iocb;
		aio_req->should_dirty = should_dirty;
		return ceph_submit(aio_req);
	}
	put_bvecs(bvecs, num_pages, should_dirty);
	return 0;
}
