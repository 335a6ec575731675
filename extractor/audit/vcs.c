// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "base/file_kind.h"
#include "audit/baseline.h"
#include "base/diag.h"
#include "audit/vcs.h"
#include "base/subprocess.h"

/* Nothing that the repository's configuration names is run by these. */
#define GIT "git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"

static GBytes *git_run(const char *top, const char *const *args, GBytes *input, GError **error)
{
	const struct subprocess program = { .folder = top, .args = args, .input = input };
	g_autofree char *said = NULL;
	g_autoptr(GBytes) out = NULL;
	int status;

	out = subprocess_run(&program, &status, &said, error);
	if (!out || !status)
		return g_steal_pointer(&out);
	fail(error, EXIT_USAGE, "git in %s: %s", top, *said ? said : "failed");
	return NULL;
}

char *vcs_commit(const char *top, const char *rev, GError **error)
{
	g_autofree char *name = g_strconcat(rev, "^{commit}", NULL);
	const char *const args[] = { GIT, "rev-parse", "--verify", "--end-of-options", name, NULL };
	const struct subprocess program = { .folder = top, .args = args };
	g_autofree char *said = NULL;
	g_autoptr(GBytes) out = NULL;
	const char *text;
	size_t size;
	int status;

	out = subprocess_run(&program, &status, &said, error);
	if (!out)
		return NULL;
	text = g_bytes_get_data(out, &size);
	if (!status && text)
		return g_strchomp(g_strndup(text, size));
	fail(error, EXIT_USAGE, "no commit '%s' in %s: %s", rev, top, said);
	return NULL;
}

char *vcs_prefix(const char *top)
{
	static const char *const args[] = { GIT, "rev-parse", "--show-prefix", NULL };
	g_autoptr(GBytes) out = git_run(top, args, NULL, NULL);
	const char *text;
	size_t size;

	text = out ? g_bytes_get_data(out, &size) : NULL;
	return text ? g_strchomp(g_strndup(text, size)) : g_strdup("");
}

static bool is_ours(const char *path)
{
	g_autofree char *name = g_path_get_basename(path);

	return file_is_c(name) ||
	       g_str_equal(name, "Makefile") || g_str_equal(name, "Kbuild") ||
	       g_str_has_prefix(name, "Kconfig") || g_str_equal(path, ACCEPTED_NAME);
}

/* Of names that end with NUL each */
static void take_names(GBytes *names, GPtrArray *into)
{
	size_t size;
	const char *at = g_bytes_get_data(names, &size);
	const char *end = at ? at + size : NULL;

	for (; at < end; at += strlen(at) + 1)
		if (is_ours(at) && !strchr(at, '\n'))
			g_ptr_array_add(into, g_strdup(at));
}

static bool names_of(const char *top, const char *const *args, GPtrArray *into, GError **error)
{
	g_autoptr(GBytes) out = git_run(top, args, NULL, error);

	if (out)
		take_names(out, into);
	return out;
}

/* The next answer of cat-file --batch, "NAME TYPE SIZE\nBYTES\n" or "NAME missing\n". */
static bool take_blob(struct source_overlay *change, const char *path, const char **at,
		      const char *end)
{
	const char *line = *at, *stop = memchr(line, '\n', end - line);
	const char *space;
	size_t size;

	if (!stop)
		return false;
	*at = stop + 1;
	if (stop - line > 8 && !memcmp(stop - 8, " missing", 8)) {
		source_overlay_remove(change, path);
		return true;
	}
	space = memrchr(line, ' ', stop - line);
	if (!space || sscanf(space, "%zu", &size) != 1 || size >= (size_t)(end - *at))
		return false;
	if (g_strstr_len(line, space - line, " blob"))
		source_overlay_put(change, path, g_strndup(*at, size), size);
	*at += size + 1;
	return true;
}

static bool take_blobs(const char *top, const char *commit, GPtrArray *paths,
		       struct source_overlay *change, GError **error)
{
	static const char *const args[] = { GIT, "cat-file", "--batch", NULL };
	g_autoptr(GString) asked = g_string_new(NULL);
	g_autoptr(GBytes) input = NULL, out = NULL;
	const char *at, *end;
	size_t size;

	for (guint i = 0; i < paths->len; i++)
		g_string_append_printf(asked, "%s:./%s\n", commit ? commit : "",
				       (char *)paths->pdata[i]);
	input = g_bytes_new(asked->str, asked->len);
	out = git_run(top, args, input, error);
	if (!out)
		return false;
	at = g_bytes_get_data(out, &size);
	end = at ? at + size : NULL;
	for (guint i = 0; i < paths->len; i++) {
		if (at < end && take_blob(change, paths->pdata[i], &at, end))
			continue;
		fail(error, EXIT_TOOL, "git in %s: no answer about %s", top,
		     (char *)paths->pdata[i]);
		return false;
	}
	return true;
}

struct source_overlay *vcs_change(const char *top, const char *commit, GError **error)
{
	const char *const differing[] = { GIT, "diff", "--name-only", "-z", "--no-renames",
					  "--no-ext-diff", "--no-textconv", "--relative",
					  "--ignore-submodules", commit ? commit : "--no-color", "--",
					  NULL };
	const char *const untracked[] = { GIT, "ls-files", "-z", "--others", "--exclude-standard", NULL };
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) strange = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(source_overlay_t) change = source_overlay_new();

	if (!names_of(top, differing, paths, error) || !names_of(top, untracked, strange, error) ||
	    (paths->len && !take_blobs(top, commit, paths, change, error)))
		return NULL;
	for (guint i = 0; i < strange->len; i++)
		source_overlay_remove(change, strange->pdata[i]);
	return g_steal_pointer(&change);
}
