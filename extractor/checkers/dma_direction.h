/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_DMA_DIRECTION_H
#define GUPCONV_CHECKERS_DMA_DIRECTION_H

#include "checkers/program.h"

/* enum dma_data_direction of the kernel, the same in all trees */
enum { DMA_BIDIRECTIONAL = 0, DMA_TO_DEVICE = 1, DMA_FROM_DEVICE = 2 };

/**
 * struct dma_direction - the direction that pages are mapped for a device in
 * @may: bit n for each value n that it has on some path
 * @known: it has no others
 */
struct dma_direction {
	unsigned int may;
	bool known;
};

/*
 * Of the mapping at a node: numbers, locals by their reaching definitions, parameters by what the
 * callers that are seen give, and members by what is stored in a member of that name in the same
 * file; a few of these one behind the other. A call without such an argument, as iommu_map(), has
 * any direction.
 */
struct dma_direction dma_direction_of(const struct program *program,
				      const struct function *function, int node);

/* Some direction that it may have, as far as is known, lets the device write. */
static inline bool dma_direction_writes(struct dma_direction direction)
{
	return direction.may & (1u << DMA_BIDIRECTIONAL | 1u << DMA_FROM_DEVICE);
}

#endif
