		/* Off the LRU before somebody pinned it: as if referenced. */
		if (unlikely(page_dma_pinned(page)))
			goto activate_locked;

