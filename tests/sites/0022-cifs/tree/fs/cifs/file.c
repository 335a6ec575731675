static void cifs_uncached_writedata_release(struct cifs_writedata *wdata)
{
	int i;

	for (i = 0; i < wdata->nr_pages; i++)
		put_page(wdata->pages[i]);
}

static int cifs_read_allocate_pages(struct cifs_readdata *rdata)
{
	put_page(rdata->pages[0]);
	return -ENOMEM;
}

static void cifs_uncached_readdata_release(struct cifs_readdata *rdata)
{
	unsigned int i;

	for (i = 0; i < rdata->nr_pages; i++)
		put_page(rdata->pages[i]);
}

static int uncached_fill_pages(struct server *server,
			       struct cifs_readdata *rdata, unsigned int len)
{
	struct page *page = rdata->pages[len];

	put_page(page);
	return 0;
}

static int cifs_write_from_iter(struct iov_iter *from, struct cifs_aio_ctx *ctx)
{
	struct cifs_writedata *wdata;
	struct page **pagevec;
	ssize_t result = iov_iter_get_pages_alloc(from, &pagevec, len, &start);

	if (result < 0)
		return result;
	wdata = cifs_writedata_direct_alloc(pagevec, complete);
	if (!wdata) {
		return -ENOMEM;
	}
	wdata->tailsz = 0;
	return 0;
}

static int cifs_send_async_read(struct cifs_aio_ctx *ctx)
{
	struct cifs_readdata *rdata;
	struct iov_iter direct_iov = ctx->iter;
	struct page **pagevec;
	ssize_t result;

	result = iov_iter_get_pages_alloc(&direct_iov, &pagevec, len, &start);
	rdata = cifs_readdata_direct_alloc(pagevec, complete);
	if (!rdata) {
		return -ENOMEM;
	}
	rdata->tailsz = result;
	return 0;
}
