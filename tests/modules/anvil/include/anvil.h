/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANVIL_H
#define ANVIL_H

#include <linux/list.h>
#include <linux/mm.h>
#include <linux/workqueue.h>

#ifndef ANVIL_SLOTS
#error "the Kbuild file says how many"
#endif

struct anvil_pin {
	struct list_head node;
	struct page **pages;
	int count;
};

struct anvil {
	struct list_head pins;
	struct list_head dead;
	struct work_struct reaper;
	struct page *slots[ANVIL_SLOTS];
};

int anvil_pin_user(struct anvil *anvil, unsigned long start, int count, int write);
void anvil_unpin_all(struct anvil *anvil);
void anvil_reap(struct work_struct *work);
int anvil_peek(struct anvil *anvil, unsigned long start, int slot);

#endif
