// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "commands/command.h"
#include "base/diag.h"
#include "commands/explain.h"
#include "commands/listing.h"
#include "model/role.h"
#include "model/state.h"

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
	const char *const roles[] = { role_word(ROLE_ACQUIRE), role_word(ROLE_RELEASE), NULL };
	g_autofree char *role = NULL, *state = NULL, *site = NULL;
	gboolean wrappers = FALSE;
	struct listing listing = { 0 };
	const GOptionEntry entries[] = {
		LISTING_OPTIONS(listing),
		{ "role", 0, 0, G_OPTION_ARG_STRING, &role, "acquire or release only", "ROLE" },
		{ "state", 0, 0, G_OPTION_ARG_STRING, &state, "sites of this state only", "STATE" },
		{ "wrappers", 0, 0, G_OPTION_ARG_NONE, &wrappers, "calls of wrappers too, behind the others", NULL },
		{ "explain", 0, 0, G_OPTION_ARG_STRING, &site, "say why one site is what it is, and what wraps it", "ID" },
		{ NULL },
	};

	if (!command_options(&argc, &argv, entries, "",
			     "Lists every acquire and release call that the index saw.", 0, 0) ||
	    !word_known(role, roles, "--role") || !word_known(state, state_words(), "--state"))
		return EXIT_USAGE;
	if (site)
		return explain_print(listing.db, site, true);
	return listing_print(&listing, wrappers ? "sites_wrappers" : "sites",
			     (const char *[]){ role, state }, 2);
}
