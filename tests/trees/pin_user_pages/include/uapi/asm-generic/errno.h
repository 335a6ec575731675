/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_ASM_GENERIC_ERRNO_H
#define _MINI_ASM_GENERIC_ERRNO_H

#define EPERM		1
#define ENOENT		2
#define EINTR		4
#define EIO		5
#define E2BIG		7
#define EAGAIN		11
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define EBUSY		16
#define ENODEV		19
#define EINVAL		22
#define ENOSPC		28
#define ENOTTY		25
#define EOVERFLOW	75
#define EOPNOTSUPP	95

#endif
