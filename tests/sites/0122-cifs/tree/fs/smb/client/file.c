// SPDX-License-Identifier: GPL-2.0-only
struct cifs_writedata *cifs_writedata_direct_alloc(struct page **pages)
{
	struct cifs_writedata *wdata;

	wdata = kzalloc(sizeof(*wdata), GFP_NOFS);
	return wdata;
}

static void
cifs_uncached_writedata_release(struct cifs_writedata *wdata)
{
	for (i = 0; i < wdata->nr_pages; i++)
		put_page(wdata->pages[i]);
}

static int
cifs_write_from_iter(struct iov_iter *from, size_t len)
{
	do {
		if (direct_io) {
			result = iov_iter_get_pages_alloc2(
				from, &pagevec, cur_len, &start);
			wdata = cifs_writedata_direct_alloc(pagevec);
			if (!wdata) {
				for (i = 0; i < nr_pages; i++)
					put_page(pagevec[i]);
				break;
			}
			wdata->page_offset = start;
		} else {
			for ( ; nr_pages > num_pages; nr_pages--)
				put_page(wdata->pages[nr_pages - 1]);
		}
	} while (len > 0);
	return rc;
}

static struct cifs_readdata *cifs_readdata_direct_alloc(struct page **pages)
{
	struct cifs_readdata *rdata;

	rdata = kzalloc(sizeof(*rdata), GFP_KERNEL);
	return rdata;
}

static void
cifs_uncached_readdata_release(struct cifs_readdata *rdata)
{
	unsigned int i;

	for (i = 0; i < rdata->nr_pages; i++) {
		put_page(rdata->pages[i]);
	}
}

static int
uncached_fill_pages(struct cifs_readdata *rdata, unsigned int len)
{
	for (i = 0; i < nr_pages; i++) {
		if (len <= 0) {
			rdata->nr_pages--;
			put_page(page);
			continue;
		}
	}
	return result;
}

static int
cifs_send_async_read(struct iov_iter direct_iov, size_t len)
{
	unsigned int npages, rsize, i;

	do {
		if (direct_io) {
			result = iov_iter_get_pages_alloc2(
					&direct_iov, &pagevec,
					cur_len, &start);
			rdata = cifs_readdata_direct_alloc(pagevec);
			if (!rdata) {
				for (i = 0; i < npages; i++)
					put_page(pagevec[i]);
				break;
			}
			rdata->page_offset = start;
		}
	} while (len > 0);
	return rc;
}
