// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fts.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/scratch.h"

#define PREFIX "gupconv-"

char *scratch_make(GError **error)
{
	g_autofree char *template = g_strdup_printf(PREFIX "%d-XXXXXX", (int)getpid());

	return g_dir_make_tmp(template, error);
}

void remove_tree(const char *dir)
{
	char *const roots[] = { (char *)dir, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)))
		if (entry->fts_info == FTS_DP)
			rmdir(entry->fts_accpath);
		else if (entry->fts_info != FTS_D)
			unlink(entry->fts_accpath);
	if (fts)
		fts_close(fts);
}

static bool is_of_dead(const char *name, const char *prefix)
{
	size_t length = strlen(prefix);
	char *end;
	gint64 pid;

	if (strncmp(name, prefix, length) || !g_ascii_isdigit(name[length]))
		return false;
	pid = g_ascii_strtoll(name + length, &end, 10);
	if ((*end && *end != '-') || pid < 2 || pid > G_MAXINT)
		return false;
	return kill(pid, 0) && errno == ESRCH;
}

void scratch_clean(const char *dir, const char *prefix)
{
	g_autoptr(GDir) entries = g_dir_open(dir, 0, NULL);
	const char *name;

	while (entries && (name = g_dir_read_name(entries))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		GStatBuf st;

		/* Another user's folder, or a link, is left alone. */
		if (is_of_dead(name, prefix) && !g_lstat(path, &st) && st.st_uid == geteuid() &&
		    (S_ISDIR(st.st_mode) || S_ISREG(st.st_mode)))
			remove_tree(path);
	}
}

void scratch_clean_tmp(void)
{
	scratch_clean(g_get_tmp_dir(), PREFIX);
}
