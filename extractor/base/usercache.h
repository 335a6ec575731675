/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_USERCACHE_H
#define GUPCONV_BASE_USERCACHE_H

/*
 * Files that may be lost at any time, and only make the next run faster: GUPCONV_CACHE,
 * or gupconv/ below XDG_CACHE_HOME.
 */

/* The path of something in it; g_free() it. */
char *usercache_path(const char *name);

/*
 * Removes from a directory in it what was used longest ago, by its date, until
 * kept are left; nothing that was used in the last hour.
 */
void usercache_trim(const char *name, unsigned int kept);

#endif
