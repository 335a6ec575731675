/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_INTERRUPT_H
#define _MINI_LINUX_INTERRUPT_H

#include <linux/types.h>

typedef int irqreturn_t;
#define IRQ_NONE	0
#define IRQ_HANDLED	1

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev);

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev);
void free_irq(unsigned int irq, void *dev);

struct tasklet_struct {
	struct tasklet_struct *next;
	void (*func)(unsigned long data);
	unsigned long data;
};

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long data),
		  unsigned long data);
void tasklet_schedule(struct tasklet_struct *t);

#endif
