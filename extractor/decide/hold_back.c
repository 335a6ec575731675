// SPDX-License-Identifier: GPL-2.0-only
#include "decide/hold_back.h"

/* The pair that speaks against converting any of the acquire's releases. */
static const struct pair *first_obstacle(const struct decision *site)
{
	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if ((pair->kind == LINK_UNKNOWN && !pair->other) || pair->kind == LINK_MIXED)
			return pair;
	}
	return NULL;
}

/* The other end of each link is kept back as well; true when one was not yet. */
static bool spread(GHashTable *sites, const struct decision *site)
{
	bool more = false;

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];
		const struct call_info *other = pair->acquire == site->call ? pair->release
									    : pair->acquire;
		struct decision *end = other ? g_hash_table_lookup(sites, other) : NULL;

		if (pair->kind != LINK_LINK || !end || end->because)
			continue;
		end->because = site->because;
		more = true;
	}
	return more;
}

void hold_back_halves(const struct deciding *d)
{
	g_autoptr(GHashTable) sites = deciding_by_call(d);
	bool more = true;

	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		if (site->call->role == ROLE_ACQUIRE)
			site->because = first_obstacle(site);
	}
	while (more) {
		more = false;
		for (guint i = 0; i < d->sites->len; i++) {
			const struct decision *site = d->sites->pdata[i];

			if (site->because)
				more |= spread(sites, site);
		}
	}
}
