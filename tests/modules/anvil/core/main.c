// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "anvil.h"

static struct anvil anvil;

static int __init anvil_init(void)
{
	INIT_LIST_HEAD(&anvil.pins);
	INIT_LIST_HEAD(&anvil.dead);
	INIT_WORK(&anvil.reaper, anvil_reap);
	return 0;
}

static void __exit anvil_exit(void)
{
	anvil_unpin_all(&anvil);
	flush_work(&anvil.reaper);
}

module_init(anvil_init);
module_exit(anvil_exit);
MODULE_LICENSE("GPL");
