/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_DEVICE_H
#define _MINI_LINUX_DEVICE_H

#include <linux/types.h>
#include <linux/kernel.h>

struct device {
	struct device *parent;
	void *driver_data;
};

__printf(2, 3) void dev_err(const struct device *dev, const char *fmt, ...);
__printf(2, 3) void dev_warn(const struct device *dev, const char *fmt, ...);

#endif
