enum {
	PG_BUSY = 0,		/* taken */
	PG_REMOVE,		/* going away */
	PG_CONTENDED1,		/* waited for */
};

#endif /* _LINUX_NFS_PAGE_H */
