/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_MODULE_H
#define _MINI_LINUX_MODULE_H

#include <linux/export.h>
#include <linux/kernel.h>

struct module;
#define THIS_MODULE	((struct module *)0)

#define __init
#define __exit
#define __mini_info(tag, text) \
	static const char __mini_info_##tag[] __used = #tag "=" text

#define MODULE_LICENSE(x)	__mini_info(license, x)
#define MODULE_DESCRIPTION(x)	__mini_info(description, x)
#define MODULE_AUTHOR(x)	__mini_info(author, x)

#define module_init(fn)	static int (*const __mini_init)(void) __used = fn
#define module_exit(fn)	static void (*const __mini_exit)(void) __used = fn

#endif
