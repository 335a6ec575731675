enum {
	PG_BUSY = 0,		/* taken */
	PG_REMOVE,		/* going away */
	PG_CONTENDED1,		/* waited for */
};

struct nfs_page {
	struct page		*wb_page;
	unsigned long		wb_flags;
};

#endif /* _LINUX_NFS_PAGE_H */
