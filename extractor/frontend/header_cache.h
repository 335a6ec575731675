/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_HEADER_CACHE_H
#define GUPCONV_FRONTEND_HEADER_CACHE_H

#include "frontend/pch.h"

/**
 * struct header_cache - what is made before an architecture's files are parsed
 * @dir: its subdirectory with the architecture's name holds the stub headers
 * @pch: the common headers, or NULL
 *
 * They are kept in the user's cache (base/usercache.h), each under a hash of all
 * that they are made from, and in a temporary directory where that cannot be
 * written. A file under its name is never changed, so that any number of
 * processes can use it.
 */
struct header_cache {
	char *dir;
	struct pch *pch;
};

/**
 * struct headers_input - of one architecture
 * @key: names the content; G_CHECKSUM_SHA256 in hex
 * @common: CONFIG_ symbols that the PCH is to be made with (char *), or NULL for no PCH
 * @scratch: directory to take when the cache cannot be used
 */
struct headers_input {
	const struct tree *tree;
	const struct arch *arch;
	char *key;
	GPtrArray *common;
	const char *scratch;
};

/* Those that are kept already, or NULL. */
struct header_cache *header_cache_kept(const struct headers_input *input);

/*
 * Makes them. The PCH is the work of header_cache_pch(), which may run in another
 * process; header_cache_end() is given what it returned ("" without a PCH).
 */
char *header_cache_begin(const struct headers_input *input, GError **error);
char *header_cache_pch(const struct headers_input *input, const char *dir);
struct header_cache *header_cache_end(const struct headers_input *input, const char *dir,
				      const char *symbols);
void header_cache_free(void *headers);

/* Only one process makes headers at a time: others wait, and find them made. -1 without a cache. */
int header_cache_lock(void);
void header_cache_unlock(int lock);

#endif
