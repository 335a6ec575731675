			 * @lru: Pageout list, eg. active_list protected by
			 * the lru_lock of the node.  Sometimes used as a
			 * generic list by the page owner.
			 *
			 * @dma_pinned_flags, @dma_pinned_count: while the page
			 * is pinned and for that off its LRU list, see
			 * PageDmaPinned().
			 */
			union {
				struct list_head lru;
				struct {
					unsigned long dma_pinned_flags;
					atomic_t dma_pinned_count;
				};
			};
