// SPDX-License-Identifier: GPL-2.0-only
#include "decide/decide_iterators.h"
#include "decide/era_rules.h"

typedef bool (*acquire_test)(const struct decision *acquire);

/* Pins: whatever drops them has to be for pins. */
static bool is_pinned(const struct decision *acquire)
{
	return acquire && family_is_pinned(acquire->call->family);
}

/* Ordinary references, and it stays so: whatever drops them has to be an ordinary release. */
static bool stays_ordinary(const struct decision *acquire)
{
	return acquire && acquire->decided && acquire->state == STATE_KEEP &&
	       !family_is_pinned(acquire->call->family) && acquire->call->family != FAMILY_VEC;
}

/* The first acquire of the release's pairs, where all of them stay as they are; else NULL. */
static const struct decision *acquires_stay(GHashTable *sites, const struct decision *release)
{
	const struct decision *first = NULL;

	for (guint i = 0; i < release->pairs->len; i++) {
		const struct pair *pair = release->pairs->pdata[i];
		const struct decision *acquire = g_hash_table_lookup(sites, pair->acquire);

		if (pair->kind == LINK_MIXED || !stays_ordinary(acquire))
			return NULL;
		first = first ? first : acquire;
	}
	return first;
}

/* The first of the acquires whose pages may come on a way that is not seen, where all pass. */
static const struct decision *acquires_near(GHashTable *sites, const struct decision *release,
					    acquire_test passes)
{
	const struct pair *pair = release->pairs->len == 1 ? release->pairs->pdata[0] : NULL;
	const struct decision *first = NULL;

	if (!pair || pair->acquire || pair->kind != LINK_UNKNOWN || !pair->near)
		return NULL;
	for (guint i = 0; i < pair->near->len; i++) {
		const struct decision *acquire = g_hash_table_lookup(sites, pair->near->pdata[i]);

		if (!passes(acquire))
			return NULL;
		first = first ? first : acquire;
	}
	return first;
}

/*
 * All acquires of the release's pairs, and those near, stay or are to be extracted: one of the
 * latter, else NULL.
 */
static const struct decision *acquires_extract(GHashTable *sites, const struct decision *release)
{
	const struct decision *first = NULL;

	for (guint i = 0; i < release->pairs->len; i++) {
		const struct pair *pair = release->pairs->pdata[i];
		guint near = !pair->acquire && pair->near ? pair->near->len : 0;

		for (guint n = 0; n < MAX(near, 1); n++) {
			const struct decision *acquire =
				g_hash_table_lookup(sites, near ? pair->near->pdata[n]
								: pair->acquire);

			if (!stays_ordinary(acquire) && !is_to_extract(acquire))
				return NULL;
			if (is_to_extract(acquire))
				first = first ? first : acquire;
		}
	}
	return first;
}

static struct reason *stays_reason(const struct deciding *d, enum reason_code code,
				   const struct decision *acquire)
{
	return reason_new(code, "rr",
			  reason_call(acquire->call->callee, path_of(d, acquire->call),
				      acquire->call->line),
			  reason_copy(acquire->reason));
}

static void put_decide(const struct deciding *d, GHashTable *sites, struct decision *release)
{
	const struct decision *acquire = acquires_stay(sites, release);
	const struct decision *extract = acquires_extract(sites, release);
	enum reason_code code = acquire ? REASON_ACQUIRES_STAY : REASON_NEAR_STAY;

	if (extract) {
		decision_set(release, STATE_MIXED, "",
			     reason_new(REASON_EXTRACT_MIXED, "r",
					reason_call(extract->call->callee,
						    path_of(d, extract->call),
						    extract->call->line)));
		return;
	}
	if (!acquire)
		acquire = acquires_near(sites, release, stays_ordinary);
	if (acquire)
		decision_set(release, STATE_KEEP, TARGET_KEEP, stays_reason(d, code, acquire));
}

static void unpin_decide(const struct deciding *d, GHashTable *sites, struct decision *release)
{
	const struct decision *acquire = acquires_near(sites, release, is_pinned);

	if (acquire)
		decision_set(release, STATE_CONVERTED, release->call->callee,
			     reason_new(REASON_NEAR_PINNED, "sr", release->call->callee,
					reason_call(acquire->call->callee,
						    path_of(d, acquire->call),
						    acquire->call->line)));
}

void decide_lone_releases(const struct deciding *d)
{
	g_autoptr(GHashTable) sites = deciding_by_call(d);

	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		if (site->call->role != ROLE_RELEASE || !site->decided ||
		    site->state != STATE_UNKNOWN || !site->pairs->len)
			continue;
		if (site->call->family == FAMILY_GET)
			put_decide(d, sites, site);
		else if (site->call->family == FAMILY_PIN)
			unpin_decide(d, sites, site);
	}
}
