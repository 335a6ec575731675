// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"
#include "base/diag.h"
#include "commands/listing.h"

int command_status(int argc, char **argv)
{
	struct listing listing = { 0 };
	const GOptionEntry entries[] = { LISTING_OPTIONS(listing), { NULL } };

	if (!command_options(&argc, &argv, entries, "",
			     "Counts sites by state, one row a subsystem.", 0, 0))
		return EXIT_USAGE;
	return listing_print(&listing, "status", NULL, 0);
}
