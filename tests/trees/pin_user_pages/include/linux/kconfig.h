/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_KCONFIG_H
#define _MINI_LINUX_KCONFIG_H

#include <generated/autoconf.h>

/* 1 if the option is set to y (IS_BUILTIN), m (IS_MODULE), either of them */
#define __mini_set_1			0,
#define __mini_second(_a, _b, ...)	_b
#define __mini_pick(_maybe)		__mini_second(_maybe 1, 0, 0)
#define __mini_paste(_value)		__mini_pick(__mini_set_##_value)
#define __mini_is(_value)		__mini_paste(_value)

#define IS_BUILTIN(option)	__mini_is(option)
#define IS_MODULE(option)	__mini_is(option##_MODULE)
#define IS_ENABLED(option)	(IS_BUILTIN(option) || IS_MODULE(option))

#endif
