/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_WORKQUEUE_H
#define _MINI_LINUX_WORKQUEUE_H

#include <linux/types.h>

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	work_func_t func;
};

#define INIT_WORK(w, f) ((w)->func = (f))
#define DECLARE_WORK(name, f) struct work_struct name = { f }

bool schedule_work(struct work_struct *work);
void flush_work(struct work_struct *work);

#endif
