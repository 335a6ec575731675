// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/object_rules.h"
#include "kbuild/outside_object.h"

/* The absolute path of the object's source, without "..", when it is no file below the top. */
static char *source_above(const char *top, const char *directory, const char *word)
{
	g_autofree char *stem = g_strndup(word, strlen(word) - strlen(".o"));
	g_autofree char *name = g_strconcat(stem, ".c", NULL);
	g_autofree char *plain = g_build_filename(top, directory, name, NULL);
	g_autofree char *path = g_canonicalize_filename(plain, "/");
	g_autofree char *below = g_strconcat(top, "/", NULL);

	return g_str_has_prefix(path, below) || !g_file_test(path, G_FILE_TEST_IS_REGULAR) ?
		NULL : g_steal_pointer(&path);
}

/* Of two absolute paths. Caller frees. */
static char *common_folder(const char *a, const char *b)
{
	size_t end = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			end = i;
	return g_strndup(a, end ? end : 1);
}

static struct outside_object *find_in_rule(const char *top, const char *directory,
					   const struct object_rule *rule)
{
	for (guint i = 0; i < rule->words->len; i++) {
		const char *word = rule->words->pdata[i];
		g_autofree char *source =
			g_str_has_suffix(word, ".o") && strstr(word, "../") ?
			source_above(top, directory, word) : NULL;
		struct outside_object *object;

		if (!source)
			continue;
		object = g_new0(struct outside_object, 1);
		object->makefile_dir = g_strdup(directory);
		object->word = g_strdup(word);
		object->parent = common_folder(top, source);
		return object;
	}
	return NULL;
}

struct outside_object *outside_object_find(const char *top, const char *kernel,
					   const GPtrArray *directories)
{
	struct outside_object *found = NULL;

	for (guint d = 0; !found && d < directories->len; d++) {
		const char *directory = directories->pdata[d];
		struct makefile *mk = makefile_read(top, directory, kernel);
		struct rules *rules = mk ? object_rules_new(mk) : NULL;

		for (guint i = 0; rules && !found && i < rules->all->len; i++)
			found = find_in_rule(top, directory, rules->all->pdata[i]);
		if (rules)
			object_rules_free(rules);
	}
	return found;
}

void outside_object_free(struct outside_object *object)
{
	if (!object)
		return;
	g_free(object->makefile_dir);
	g_free(object->word);
	g_free(object->parent);
	g_free(object);
}
