// SPDX-License-Identifier: GPL-2.0-only
/*
 * Either request is already in userspace, or it was forced.
 */
static int fuse_copy_page(struct fuse_copy_state *cs, struct page *page)
{
	while (cs->len) {
		if (cs->pipebufs) {
			if (cs->req->args->user_pages) {
				fuse_copy_fill(cs);
			}
		}
	}
	return 0;
}
