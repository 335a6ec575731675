// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "audit/finding_diff.h"
#include "audit/finding.h"

static GHashTable *fingerprints(GPtrArray *findings)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < findings->len; i++)
		g_hash_table_add(set, ((struct finding *)findings->pdata[i])->fingerprint);
	return set;
}

static GPtrArray *without(GPtrArray *findings, GPtrArray *others)
{
	g_autoptr(GHashTable) known = fingerprints(others);
	GPtrArray *left = g_ptr_array_new();

	for (guint i = 0; i < findings->len; i++) {
		struct finding *finding = findings->pdata[i];

		if (!g_hash_table_contains(known, finding->fingerprint))
			g_ptr_array_add(left, finding);
	}
	return left;
}

static bool has_function(const struct side *side, const struct finding *finding)
{
	g_autofree char *key = g_strdup_printf("%s\t%s", finding->path, finding->function);

	return g_hash_table_contains(side->functions, key);
}

static bool is_moved(const struct side *before, const struct side *after,
		     const struct finding *from, const struct finding *to)
{
	if (strcmp(from->kind, to->kind) || strcmp(from->detail, to->detail) ||
	    strcmp(from->callee, to->callee))
		return false;
	if (strcmp(from->path, to->path))
		return !strcmp(from->function, to->function);
	return strcmp(from->function, to->function) && !has_function(after, from) &&
	       !has_function(before, to);
}

/* Takes it from both lists; each one that is gone stands for one that came. */
static void take_moved(const struct side *before, const struct side *after, GPtrArray *gone,
		       GPtrArray *came)
{
	guint kept = 0;

	for (guint i = 0; i < came->len; i++) {
		guint at = 0;

		while (at < gone->len && !is_moved(before, after, gone->pdata[at], came->pdata[i]))
			at++;
		if (at < gone->len)
			g_ptr_array_remove_index(gone, at);
		else
			came->pdata[kept++] = came->pdata[i];
	}
	g_ptr_array_set_size(came, kept);
}

GPtrArray *finding_diff(const struct side *before, const struct side *after, guint *gone)
{
	GPtrArray *came = without(after->findings, before->findings);
	g_autoptr(GPtrArray) left = without(before->findings, after->findings);

	take_moved(before, after, left, came);
	*gone = left->len;
	return came;
}
