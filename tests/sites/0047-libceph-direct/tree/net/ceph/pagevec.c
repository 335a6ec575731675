// SPDX-License-Identifier: GPL-2.0
#include <linux/ceph/libceph.h>

/*
 * build a vector of user pages
 */
struct page **ceph_get_direct_page_vector(const void __user *data,
					  int num_pages)
{
	get_user_pages_fast(data, num_pages, 0, pages);
	return pages;
}
EXPORT_SYMBOL(ceph_get_direct_page_vector);

void ceph_put_page_vector(struct page **pages, int num_pages, bool dirty)
{
	put_page(pages[0]);
}
EXPORT_SYMBOL(ceph_put_page_vector);
