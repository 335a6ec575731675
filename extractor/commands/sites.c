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

struct sites_options {
	struct listing listing;
	char *role, *state, *site;
	gboolean wrappers;
};

static int run(const void *given, char **words)
{
	const char *const roles[] = { role_word(ROLE_ACQUIRE), role_word(ROLE_RELEASE), NULL };
	const struct sites_options *options = given;

	(void)words;
	if (!word_known(options->role, roles, "--role") ||
	    !word_known(options->state, state_words(), "--state"))
		return EXIT_USAGE;
	if (options->site)
		return explain_print(options->listing.db, options->site, true);
	return listing_print(&options->listing, options->wrappers ? "sites_wrappers" : "sites",
			     (const char *[]){ options->role, options->state }, 2);
}

#define FIELD(field) OPTION_FIELD(struct sites_options, field)

static const GOptionEntry entries[] = {
	LISTING_OPTIONS,
	{ "role", 0, 0, G_OPTION_ARG_STRING, FIELD(role), "acquire or release only", "ROLE" },
	{ "state", 0, 0, G_OPTION_ARG_STRING, FIELD(state), "sites of this state only", "STATE" },
	{ "wrappers", 0, 0, G_OPTION_ARG_NONE, FIELD(wrappers),
	  "calls of wrappers too, behind the others", NULL },
	{ "explain", 0, 0, G_OPTION_ARG_STRING, FIELD(site),
	  "say why one site is what it is, and what wraps it", "ID" },
	{ NULL },
};

const struct command command_sites = {
	.name = "sites",
	.summary = "list the acquire and release sites",
	.words = "",
	.about = "Lists every acquire and release call that the index saw.",
	.options = entries, .size = sizeof(struct sites_options),
	.run = run,
};
