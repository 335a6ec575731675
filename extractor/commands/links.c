// SPDX-License-Identifier: GPL-2.0-only
#include "command.h"
#include "diag.h"
#include "listing.h"

int command_links(int argc, char **argv)
{
	struct listing listing = { 0 };
	const GOptionEntry entries[] = { LISTING_OPTIONS(listing), { NULL } };

	if (!command_options(&argc, &argv, entries, "",
			     "Lists acquire and release pairs, decoys, mixed and unknown ones.", 0, 0))
		return EXIT_USAGE;
	return listing_print(&listing, "links", NULL, 0);
}
