// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <utime.h>
#include <unistd.h>

#include "frontend/header_cache.h"
#include "base/scratch.h"
#include "kbuild/generated_headers.h"
#include "base/usercache.h"

/* Architectures of the trees that one user may have; each takes some twenty megabytes. */
#define KEPT 24

/* Written last: what it stands beside is complete. */
static char *symbols_path(const struct headers_input *input, const char *dir)
{
	return g_strdup_printf("%s/%s/common.symbols", dir, input->arch->name);
}

int header_cache_lock(void)
{
	g_autofree char *dir = usercache_path("headers"), *path = usercache_path("lock");
	int lock;

	if (g_mkdir_with_parents(dir, 0700))
		return -1;
	lock = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (lock >= 0 && flock(lock, LOCK_EX)) {
		close(lock);
		lock = -1;
	}
	return lock;
}

void header_cache_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}

static struct header_cache *header_cache_new(const struct headers_input *input, const char *dir,
					     const char *symbols)
{
	struct header_cache *headers = g_new0(struct header_cache, 1);

	headers->dir = g_strdup(dir);
	headers->pch = pch_new(input->arch, dir, symbols);
	return headers;
}

void header_cache_free(void *data)
{
	struct header_cache *headers = data;

	pch_free(headers->pch);
	g_free(headers->dir);
	g_free(headers);
}

static char *kept_dir(const struct headers_input *input)
{
	g_autofree char *all = usercache_path("headers");

	return g_build_filename(all, input->key, NULL);
}

struct header_cache *header_cache_kept(const struct headers_input *input)
{
	g_autofree char *dir = kept_dir(input), *path = symbols_path(input, dir), *symbols = NULL;

	if (!g_file_get_contents(path, &symbols, NULL, NULL))
		return NULL;
	g_utime(dir, NULL);
	return header_cache_new(input, dir, symbols);
}

/* -- making -- */

char *header_cache_begin(const struct headers_input *input, GError **error)
{
	g_autofree char *dir = kept_dir(input);

	remove_tree(dir);
	if (!g_mkdir_with_parents(dir, 0700) &&
	    generated_headers_make(input->tree, input->arch, dir, NULL))
		return g_steal_pointer(&dir);
	remove_tree(dir);
	return generated_headers_make(input->tree, input->arch, input->scratch, error) ?
		g_strdup(input->scratch) : NULL;
}

char *header_cache_pch(const struct headers_input *input, const char *dir)
{
	return pch_make(input->tree, input->arch, dir, input->common);
}

struct header_cache *header_cache_end(const struct headers_input *input, const char *dir,
				      const char *symbols)
{
	g_autofree char *path = symbols_path(input, dir);

	/* Without it they are made again the next time, as when the disk was full. */
	if (*symbols || !input->common)
		g_file_set_contents(path, symbols, -1, NULL);
	usercache_trim("headers", KEPT);
	return header_cache_new(input, dir, symbols);
}
