// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"
#include "base/diag.h"
#include "commands/listing.h"

int command_links(int argc, char **argv)
{
	struct listing listing = { 0 };
	gboolean wrappers = FALSE;
	const GOptionEntry entries[] = {
		LISTING_OPTIONS(listing),
		{ "wrappers", 0, 0, G_OPTION_ARG_NONE, &wrappers,
		  "the functions that take or release pages for their callers instead", NULL },
		{ NULL },
	};

	if (!command_options(&argc, &argv, entries, "",
			     "Lists acquire and release pairs, decoys, mixed and unknown ones.", 0, 0))
		return EXIT_USAGE;
	return listing_print(&listing, wrappers ? "links_wrappers" : "links", NULL, 0);
}
