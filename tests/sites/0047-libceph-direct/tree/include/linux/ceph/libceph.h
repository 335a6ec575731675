extern void ceph_release_page_vector(struct page **pages, int num_pages);
extern struct page **ceph_get_direct_page_vector(const void __user *data,
						 int num_pages);
extern void ceph_put_page_vector(struct page **pages, int num_pages, bool dirty);
