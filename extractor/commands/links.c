// SPDX-License-Identifier: GPL-2.0-only
#include "commands/listing.h"

struct links_options {
	struct listing listing;
	gboolean wrappers;
};

static int run(const void *given, char **words)
{
	const struct links_options *options = given;

	(void)words;
	return listing_print(&options->listing, options->wrappers ? "links_wrappers" : "links",
			     NULL, 0);
}

static const GOptionEntry entries[] = {
	LISTING_OPTIONS,
	{ "wrappers", 0, 0, G_OPTION_ARG_NONE, OPTION_FIELD(struct links_options, wrappers),
	  "the functions that take or release pages for their callers instead", NULL },
	{ NULL },
};

const struct command command_links = {
	.name = "links",
	.summary = "list which release gives back the pages of which acquire",
	.words = "",
	.about = "Lists acquire and release pairs, decoys, mixed and unknown ones.",
	.options = entries, .size = sizeof(struct links_options),
	.run = run,
};
