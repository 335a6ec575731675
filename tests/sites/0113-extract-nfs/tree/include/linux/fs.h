ssize_t copy_splice_read(struct file *in, loff_t *ppos,
