/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CISTERN_H
#define _CISTERN_H

struct page;

struct page **cistern_get_direct_vector(unsigned long addr, int num);
struct page **cistern_alloc_vector(int num);
void cistern_put_vector(struct page **pages, int num, bool dirty);
int cistern_fill(struct page **pages, int num);
int cistern_read(unsigned long addr, int num);
int cistern_sync_read(int num);

#endif
