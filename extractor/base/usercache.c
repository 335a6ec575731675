// SPDX-License-Identifier: GPL-2.0-only
#include <glib/gstdio.h>
#include <string.h>

#include "base/scratch.h"
#include "base/usercache.h"

/* A file whose date is older than these seconds is in use by no process. */
#define IN_USE 3600

char *usercache_path(const char *name)
{
	const char *given = g_getenv("GUPCONV_CACHE");

	return given ? g_build_filename(given, name, NULL) :
	       g_build_filename(g_get_user_cache_dir(), "gupconv", name, NULL);
}

struct thing {
	char *path;
	time_t used;
};

static int newest_first(const void *a, const void *b)
{
	const struct thing *left = a, *right = b;

	if (left->used != right->used)
		return left->used < right->used ? 1 : -1;
	return strcmp(left->path, right->path);
}

void usercache_trim(const char *name, unsigned int kept)
{
	g_autofree char *all = usercache_path(name);
	g_autoptr(GDir) entries = g_dir_open(all, 0, NULL);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct thing));
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries))) {
		struct thing thing = { .path = g_build_filename(all, entry, NULL) };
		GStatBuf st;

		thing.used = g_lstat(thing.path, &st) ? 0 : st.st_mtime;
		g_array_append_val(found, thing);
	}
	g_array_sort(found, newest_first);
	for (guint i = 0; i < found->len; i++) {
		struct thing *thing = &g_array_index(found, struct thing, i);

		if (i >= kept && thing->used < time(NULL) - IN_USE)
			remove_tree(thing->path);
		g_free(thing->path);
	}
}
