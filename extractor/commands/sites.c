// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "command.h"
#include "diag.h"
#include "listing.h"

static bool word_known(const char *word, const char *const *known, const char *option)
{
	if (!word || g_strv_contains(known, word))
		return true;
	g_autofree char *list = g_strjoinv(", ", (char **)known);

	diag_error("%s %s: give one of %s", option, word, list);
	return false;
}

int command_sites(int argc, char **argv)
{
	static const char *const roles[] = { "acquire", "release", NULL };
	static const char *const states[] = { "unconverted", "converted", "keep", "mixed",
					      "mismatched", "unknown", NULL };
	g_autofree char *role = NULL, *state = NULL;
	struct listing listing = { 0 };
	const GOptionEntry entries[] = {
		LISTING_OPTIONS(listing),
		{ "role", 0, 0, G_OPTION_ARG_STRING, &role, "acquire or release only", "ROLE" },
		{ "state", 0, 0, G_OPTION_ARG_STRING, &state, "sites of this state only", "STATE" },
		{ NULL },
	};

	if (!command_options(&argc, &argv, entries, "",
			     "Lists every acquire and release call that the index saw.", 0, 0) ||
	    !word_known(role, roles, "--role") || !word_known(state, states, "--state"))
		return EXIT_USAGE;
	return listing_print(&listing, "sites", (const char *[]){ role, state }, 2);
}
