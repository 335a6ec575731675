// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "audit/baseline.h"
#include "base/diag.h"
#include "audit/finding.h"

struct baseline_entry {
	char *fingerprint;
	char *reason;
	char *at;	/* "FILE:LINE" */
	bool used;
};

struct baseline {
	GPtrArray *entries;	/* of struct baseline_entry */
	GHashTable *index;	/* fingerprint -> struct baseline_entry */
};

static void entry_free(void *data)
{
	struct baseline_entry *entry = data;

	g_free(entry->fingerprint);
	g_free(entry->reason);
	g_free(entry->at);
	g_free(entry);
}

struct baseline *baseline_new(void)
{
	struct baseline *accepted = g_new0(struct baseline, 1);

	accepted->entries = g_ptr_array_new_with_free_func(entry_free);
	accepted->index = g_hash_table_new(g_str_hash, g_str_equal);
	return accepted;
}

void baseline_free(struct baseline *accepted)
{
	if (!accepted)
		return;
	g_hash_table_destroy(accepted->index);
	g_ptr_array_unref(accepted->entries);
	g_free(accepted);
}

bool baseline_is_empty(const struct baseline *accepted)
{
	return !accepted->entries->len;
}

/* The line is not printed: the file is the tree's, and may be a link to any other. */
static bool take_line(struct baseline *accepted, const char *path, unsigned int number, char *line,
		      GError **error)
{
	size_t length = strcspn(g_strstrip(line), " \t");
	const char *reason = line + length + strspn(line + length, " \t");
	struct baseline_entry *entry;

	if (!*line || *line == '#')
		return true;
	if (!*reason) {
		fail(error, EXIT_INPUT, "%s:%u: no reason stands behind the fingerprint", path,
		     number);
		return false;
	}
	entry = g_new0(struct baseline_entry, 1);
	entry->fingerprint = g_strndup(line, length);
	entry->reason = g_utf8_make_valid(reason, -1);
	entry->at = g_strdup_printf("%s:%u", path, number);
	if (g_hash_table_contains(accepted->index, entry->fingerprint)) {
		entry_free(entry);
		return true;
	}
	g_ptr_array_add(accepted->entries, entry);
	g_hash_table_insert(accepted->index, entry->fingerprint, entry);
	return true;
}

bool baseline_take(struct baseline *accepted, const char *name, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (unsigned int i = 0; lines[i]; i++)
		if (!take_line(accepted, name, i + 1, lines[i], error))
			return false;
	return true;
}

bool baseline_read(struct baseline *accepted, const char *path, GError **error)
{
	GError *failure = NULL;
	g_autofree char *text = NULL;

	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		fail(error, EXIT_INPUT, "%s: is a folder, not a file of accepted findings", path);
		return false;
	}
	if (!g_file_get_contents(path, &text, NULL, &failure)) {
		fail(error, EXIT_INPUT, "%s", failure->message);
		g_error_free(failure);
		return false;
	}
	return baseline_take(accepted, path, text, error);
}

bool baseline_read_tree(struct baseline *accepted, const char *tree, GError **error)
{
	g_autofree char *path = tree ? g_build_filename(tree, ACCEPTED_NAME, NULL) : NULL;

	return !path || !g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	       baseline_read(accepted, path, error);
}

void baseline_apply(struct baseline *accepted, GPtrArray *findings)
{
	for (guint i = 0; i < findings->len; i++) {
		struct finding *finding = findings->pdata[i];
		struct baseline_entry *entry = g_hash_table_lookup(accepted->index,
								   finding->fingerprint);

		if (!entry)
			continue;
		entry->used = true;
		finding->reason = entry->reason;
	}
}

guint baseline_warn_stale(const struct baseline *accepted)
{
	guint stale = 0;

	for (guint i = 0; i < accepted->entries->len; i++) {
		const struct baseline_entry *entry = accepted->entries->pdata[i];

		if (entry->used)
			continue;
		diag_warn("%s: stale entry: there is no such finding now", entry->at);
		stale++;
	}
	return stale;
}

bool baseline_write(const char *path, GPtrArray *findings, GHashTable *kinds, const char *reason,
		    GError **error)
{
	g_autoptr(GString) text = g_string_new("# Accepted findings of gupconv audit: "
					       "a fingerprint, white space, the reason.\n");
	GError *failure = NULL;

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->pdata[i];

		if (finding->reason || g_hash_table_contains(kinds, finding->kind))
			g_string_append_printf(text, "%s\t%s\n", finding->fingerprint,
					       finding->reason ? finding->reason : reason);
	}
	if (g_file_set_contents(path, text->str, text->len, &failure))
		return true;
	fail(error, EXIT_INPUT, "%s", failure->message);
	g_error_free(failure);
	return false;
}
