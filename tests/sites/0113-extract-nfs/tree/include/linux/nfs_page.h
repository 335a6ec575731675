#ifndef _LINUX_NFS_PAGE_H
#define _LINUX_NFS_PAGE_H

enum {
	PG_BUSY = 0,
	PG_TEARDOWN,
	PG_REMOVE,
	PG_CONTENDED1,
	PG_CONTENDED2,
};

struct nfs_inode;
struct nfs_page {
	struct page *wb_page;
	unsigned long		wb_flags;
	struct nfs_page *wb_head;
};

#endif /* _LINUX_NFS_PAGE_H */
