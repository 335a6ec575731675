
/*
 * The types of iterators, for iov_iter_extract_pages(): each function looks up
 * the pages at the position, for at most @want bytes, which are there, and
 * returns how many bytes they have. The iterator stays where it is.
 */

static ssize_t extract_user_pages(const struct iov_iter *i,
				  struct page ***pages, size_t want,
				  unsigned int maxpages, size_t *offset)
{
	unsigned long addr = first_iovec_segment(i, &want);
	unsigned int flags = 0;
	int room, pinned;

	if (iov_iter_rw(i) == READ)
		flags |= FOLL_WRITE;
	if (i->nofault)
		flags |= FOLL_NOFAULT;

	*offset = offset_in_page(addr);
	room = want_pages_array(pages, want, *offset, maxpages);
	if (!room)
		return -ENOMEM;
	pinned = pin_user_pages_fast(addr & PAGE_MASK, room, flags, *pages);
	if (pinned <= 0)
		return pinned;
	return min_t(size_t, want, pinned * PAGE_SIZE - *offset);
}

static ssize_t extract_kvec_pages(const struct iov_iter *i,
				  struct page ***pages, size_t want,
				  unsigned int maxpages, size_t *offset)
{
	void *addr = i->kvec->iov_base + i->iov_offset;
	unsigned int room, k;

	want = min(want, i->kvec->iov_len - i->iov_offset);
	*offset = offset_in_page(addr);
	room = want_pages_array(pages, want, *offset, maxpages);
	if (!room)
		return -ENOMEM;
	addr -= *offset;
	for (k = 0; k < room; k++, addr += PAGE_SIZE)
		(*pages)[k] = is_vmalloc_or_module_addr(addr) ?
				vmalloc_to_page(addr) : kmap_to_page(addr);
	return min_t(size_t, want, room * PAGE_SIZE - *offset);
}

static ssize_t extract_bvec_pages(const struct iov_iter *i,
				  struct page ***pages, size_t want,
				  unsigned int maxpages, size_t *offset)
{
	struct page *first = first_bvec_segment(i, &want, offset);
	unsigned int room = want_pages_array(pages, want, *offset, maxpages);
	unsigned int k;

	if (!room)
		return -ENOMEM;
	for (k = 0; k < room; k++)
		(*pages)[k] = first + k;
	return min_t(size_t, want, room * PAGE_SIZE - *offset);
}

static ssize_t extract_xarray_pages(const struct iov_iter *i,
				    struct page ***pages, size_t want,
				    unsigned int maxpages, size_t *offset)
{
	loff_t pos = i->xarray_start + i->iov_offset;
	pgoff_t index = pos >> PAGE_SHIFT;
	unsigned int room, k;

	*offset = offset_in_page(pos);
	room = want_pages_array(pages, want, *offset, maxpages);
	if (!room)
		return -ENOMEM;
	for (k = 0; k < room; k++) {
		struct page *page = xa_load(i->xarray, index + k);

		if (!page || xa_is_value(page))
			break;
		(*pages)[k] = find_subpage(page, index + k);
	}
	return k ? min_t(size_t, want, k * PAGE_SIZE - *offset) : 0;
}

/* The references of pipe_get_pages() become pins; it has advanced the iterator. */
static ssize_t extract_pipe_pages(struct iov_iter *i, struct page ***pages,
				  size_t want, unsigned int maxpages,
				  size_t *offset)
{
	ssize_t bytes = pipe_get_pages(i, pages, want, maxpages, offset);
	size_t k, count;

	if (bytes <= 0)
		return bytes;
	count = DIV_ROUND_UP(*offset + bytes, PAGE_SIZE);
	for (k = 0; k < count; k++) {
		dup_user_page((*pages)[k]);
		put_page((*pages)[k]);
	}
	return bytes;
}

/**
 * iov_iter_extract_pages() - get at the pages of an iterator, for I/O
 * @i: the iterator; it is advanced by what is returned
 * @pages: the array that the pages go to. If it points to NULL, an array is
 *	allocated, for which the caller calls kvfree(), unless it is an error
 *	or 0 that is returned
 * @maxsize: how many bytes are wanted at most
 * @maxpages: how many pages are wanted at most, or fit into the array
 * @extraction_flags: must be 0
 * @offset0: where the offset into the first page goes
 *
 * User memory (ITER_IOVEC, ITER_UBUF) may go away or be written back while
 * the I/O is under way. So its pages are pinned by pin_user_pages_fast(), for
 * writing if @i is the destination. unpin_user_page() has to release each.
 *
 * The kernel's own memory (ITER_KVEC, ITER_BVEC, ITER_XARRAY) has an owner,
 * who keeps it until the I/O is complete. No reference is taken to its pages,
 * and they must not be released. They may be slab pages or part of a stack.
 *
 * iov_iter_extract_will_pin() tells which of the two it is.
 *
 * The pages of a pipe (ITER_PIPE) are the kernel's, but they have to be held:
 * iov_iter_revert() frees them, which a file system may call while they are
 * still being read into. So they are pinned as well, which is a reference that
 * tells what it is for. ITER_DISCARD has no pages, and is an error.
 *
 * Return: the number of bytes that the pages have, from @offset0 on: at most
 * those of the first segment; or a negative error number.
 */
ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages,
			       size_t maxsize, unsigned int maxpages,
			       iov_iter_extraction_t extraction_flags,
			       size_t *offset0)
{
	bool allocated = !*pages;
	ssize_t bytes = -EFAULT;

	if (WARN_ON_ONCE(extraction_flags))
		return -EINVAL;
	maxsize = min3(maxsize, i->count, (size_t)MAX_RW_COUNT);
	if (!maxsize || !maxpages)
		return 0;

	if (user_backed_iter(i)) {
		bytes = extract_user_pages(i, pages, maxsize, maxpages,
					   offset0);
	} else if (iov_iter_is_kvec(i)) {
		iov_iter_advance(i, 0);	/* to a segment that is not empty */
		bytes = extract_kvec_pages(i, pages, maxsize, maxpages,
					   offset0);
	} else if (iov_iter_is_bvec(i)) {
		iov_iter_advance(i, 0);
		bytes = extract_bvec_pages(i, pages, maxsize, maxpages,
					   offset0);
	} else if (iov_iter_is_xarray(i)) {
		bytes = extract_xarray_pages(i, pages, maxsize, maxpages,
					     offset0);
	} else if (iov_iter_is_pipe(i)) {
		bytes = extract_pipe_pages(i, pages, maxsize, maxpages,
					   offset0);
	}

	if (bytes > 0) {
		if (!iov_iter_is_pipe(i))
			iov_iter_advance(i, bytes);
	} else if (allocated) {
		kvfree(*pages);
		*pages = NULL;
	}
	return bytes;
}
EXPORT_SYMBOL_GPL(iov_iter_extract_pages);
