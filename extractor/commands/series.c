// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"

const struct command command_series = {
	.name = "series",
	.summary = "write the converted sites as patches, ready to mail",
	.python = "series",
};
