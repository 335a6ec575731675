// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"

const struct command command_report = {
	.name = "report",
	.summary = "write a status page or a table of all sites",
	.python = "report",
};
