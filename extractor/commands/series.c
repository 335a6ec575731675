// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"
#include "commands/python.h"

int command_series(int argc, char **argv)
{
	(void)argc;
	return python_become("series", argv);
}
