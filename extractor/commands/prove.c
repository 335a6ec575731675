// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"

const struct command command_prove = {
	.name = "prove",
	.summary = "build what the patches touch, before and after them",
	.python = "prove",
};
