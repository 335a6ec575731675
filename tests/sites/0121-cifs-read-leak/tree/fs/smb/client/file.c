// SPDX-License-Identifier: GPL-2.0-only
static int
cifs_send_async_read(struct iov_iter direct_iov, size_t len)
{
	unsigned int npages, rsize;

	do {
		if (direct_io) {
			result = iov_iter_get_pages_alloc2(
					&direct_iov, &pagevec,
					cur_len, &start);
			cur_len = (size_t)result;

			rdata = cifs_readdata_direct_alloc(
					pagevec, cifs_uncached_readv_complete);
			if (!rdata) {
				add_credits_and_wake_if(server, credits, 0);
				rc = -ENOMEM;
				break;
			}

			npages = (cur_len + start + PAGE_SIZE-1) / PAGE_SIZE;
			rdata->page_offset = start;
		}
	} while (len > 0);
	return rc;
}
