/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_FRAME_VECTOR_H
#define _MINI_LINUX_FRAME_VECTOR_H

#include <linux/mm.h>

struct frame_vector {
	unsigned int nr_allocated;
	unsigned int nr_frames;
	bool got_ref;
	bool is_pfns;
	void *ptrs[];
};

int get_vaddr_frames(unsigned long start, unsigned int nr_frames, struct frame_vector *vec);
void put_vaddr_frames(struct frame_vector *vec);
int frame_vector_to_pages(struct frame_vector *vec);

#endif
