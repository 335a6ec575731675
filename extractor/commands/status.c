// SPDX-License-Identifier: GPL-2.0-only
#include "commands/listing.h"

static int run(const void *listing, char **words)
{
	(void)words;
	return listing_print(listing, "status", NULL, 0);
}

static const GOptionEntry entries[] = { LISTING_OPTIONS, { NULL } };

const struct command command_status = {
	.name = "status",
	.summary = "how far the conversion is, subsystem by subsystem",
	.words = "",
	.about = "Counts sites by state, one row a subsystem.",
	.options = entries, .size = sizeof(struct listing),
	.run = run,
};
