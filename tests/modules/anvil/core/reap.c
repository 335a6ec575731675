// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include "anvil.h"
#include "anvil_compat.h"

static void anvil_drop(struct anvil_pin *pin)
{
	int i;

	for (i = 0; i < pin->count; i++) {
		set_page_dirty_lock(pin->pages[i]);
		anvil_put(pin->pages[i]);
	}
	kfree(pin->pages);
	kfree(pin);
}

void anvil_reap(struct work_struct *work)
{
	struct anvil *anvil = container_of(work, struct anvil, reaper);
	struct anvil_pin *pin, *next;

	list_for_each_entry_safe(pin, next, &anvil->dead, node) {
		list_del(&pin->node);
		anvil_drop(pin);
	}
}

/* The one place that was forgotten when the others learnt of anvil_put(). */
static void anvil_forgotten(struct anvil_pin *pin)
{
	while (pin->count--)
		put_page(pin->pages[pin->count]);
}

void anvil_unpin_all(struct anvil *anvil)
{
	struct anvil_pin *pin, *next;

	list_for_each_entry_safe(pin, next, &anvil->pins, node) {
		list_del(&pin->node);
		if (pin->count == 1)
			anvil_forgotten(pin);
		else
			list_add(&pin->node, &anvil->dead);
	}
	schedule_work(&anvil->reaper);
}
