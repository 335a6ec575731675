/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_HEADER_CACHE_H
#define GUPCONV_FRONTEND_HEADER_CACHE_H

#include "frontend/pch.h"

/**
 * struct headers - what is made before an architecture's files are parsed
 * @dir: its subdirectory with the architecture's name holds the stub headers
 * @pch: the common headers, or NULL
 *
 * They are kept in the user's cache (base/usercache.h), each under a hash of all
 * that they are made from, and in a temporary directory where that cannot be
* written. A file under its name is never changed, so that any number of
 * processes can use it.
 */
struct headers {
	char *dir;
	struct precompiled *pch;
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
struct headers *headers_kept(const struct headers_input *input);

/*
 * Makes them. The PCH is the work of headers_pch(), which may run in another
 * process; headers_end() is given what it returned ("" without a PCH).
 */
char *headers_begin(const struct headers_input *input, GError **error);
char *headers_pch(const struct headers_input *input, const char *dir);
struct headers *headers_end(const struct headers_input *input, const char *dir,
			    const char *symbols);
void headers_free(void *headers);

/* Only one process makes headers at a time: others wait, and find them made. -1 without a cache. */
int headers_lock(void);
void headers_unlock(int lock);

#endif
