/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_ERRNO_H
#define _MINI_LINUX_ERRNO_H

#include <uapi/linux/errno.h>

#define ERESTARTSYS	512

#endif
