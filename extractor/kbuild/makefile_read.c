// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <sys/stat.h>

#include "kbuild/makefile.h"
#include "source/path_escape.h"

#define MAKEFILE_SIZE_MAX (1 << 20)

static const char *const names[] = { "Kbuild", "Makefile", "Kbuild.in", "Makefile.in" };
#define MAKEFILE 1
/* The kernel has no configure step. */
#define NAMES_OF_KERNEL 2

static char *text_of(const struct makefile_place *place, const char *path, gsize *length)
{
	g_autofree char *full = path_full(place->tree, path);
	char *text = NULL;
	struct stat st;

	if (stat(full, &st) || !S_ISREG(st.st_mode) || st.st_size > MAKEFILE_SIZE_MAX ||
	    !g_file_get_contents(full, &text, length, NULL))
		return NULL;
	return text;
}

/* The way from a folder of the tree up to its top: "../.." of "a/b" */
static char *way_up(const char *dir)
{
	GString *way = g_string_new(*dir ? ".." : ".");

	for (const char *p = dir; (p = strchr(p, '/')); p++)
		g_string_append(way, "/..");
	return g_string_free(way, FALSE);
}

/* A word that a configure script replaces, and what it does by. */
struct substitution {
	const char *word, *value;
};

/* A Makefile that is to be configured, with the folders that are known; other words stay. */
static char *configured(const struct makefile_place *place, char *text)
{
	g_autofree char *up = way_up(place->dir);
	const char *dir = *place->dir ? place->dir : ".";
	const struct substitution known[] = {
		{ "@top_srcdir@", up }, { "@top_builddir@", up }, { "@abs_top_srcdir@", "." },
		{ "@abs_top_builddir@", "." }, { "@srcdir@", "." }, { "@builddir@", "." },
		{ "@abs_srcdir@", dir }, { "@abs_builddir@", dir },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		g_auto(GStrv) parts = g_strsplit(text, known[i].word, -1);

		g_free(text);
		text = g_strjoinv(known[i].value, parts);
	}
	return text;
}

static struct makefile *read_name(const struct makefile_place *place, const char *name)
{
	g_autofree char *path = g_build_filename(place->dir, name, NULL);
	g_autofree char *text = NULL;
	gsize length;

	text = text_of(place, path, &length);
	if (text && g_str_has_suffix(name, ".in") && strchr(text, '@')) {
		text = configured(place, text);
		length = strlen(text);
	}
	return text ? makefile_parse_at(place, path, text, length) : NULL;
}

/* A module's Kbuild is called by the Makefile beside it, which hands its variables over. */
static struct makefile *read_kbuild(const struct makefile_place *place, const char *name)
{
	struct makefile *beside = place->kernel ? read_name(place, names[MAKEFILE]) : NULL;
	struct makefile_place below = *place;
	struct makefile *mk;

	if (beside)
		below.outer = beside;
	mk = read_name(&below, name);
	if (mk)
		mk->beside = beside;
	else
		makefile_free(beside);
	return mk;
}

struct makefile *makefile_read_at(const struct makefile_place *place)
{
	size_t count = place->kernel ? G_N_ELEMENTS(names) : NAMES_OF_KERNEL;

	for (size_t i = 0; i < count; i++) {
		g_autofree char *path = g_build_filename(place->tree, place->dir, names[i], NULL);
		struct makefile *mk;

		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		mk = i == MAKEFILE ? read_name(place, names[i]) : read_kbuild(place, names[i]);
		if (mk)
			return mk;
	}
	return NULL;
}

struct makefile *makefile_read(const char *tree, const char *dir, const char *kernel)
{
	const struct makefile_place place = { .tree = tree, .dir = dir, .kernel = kernel };

	return makefile_read_at(&place);
}

void makefile_free(struct makefile *mk)
{
	if (!mk)
		return;
	makefile_free(mk->beside);
	g_free(mk->path);
	g_free(mk->dir);
	g_free(mk->root);
	g_free(mk->top);
	g_hash_table_destroy(mk->index);
	g_ptr_array_unref(mk->variables);
	g_ptr_array_unref(mk->calls);
	g_ptr_array_unref(mk->unknown);
	g_free(mk);
}
