struct fuse_io_priv {
	bool write;
	bool should_dirty;
	int err;
};
