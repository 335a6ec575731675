// SPDX-License-Identifier: GPL-2.0-only
#include "command.h"
#include "python.h"

int command_report(int argc, char **argv)
{
	(void)argc;
	return python_become("report", argv);
}
