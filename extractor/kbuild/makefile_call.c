// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "kbuild/makefile_call.h"
#include "kbuild/makefile_words.h"

#define CALLS_MAX 256

void make_call_free(void *data)
{
	struct make_call *call = data;

	g_free(call->folder);
	g_ptr_array_unref(call->names);
	g_ptr_array_unref(call->values);
	g_free(call);
}

/* The words as a shell has them, without its quotes; references stay whole. */
static GPtrArray *shell_words(const char *line)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	GString *word = g_string_new(NULL);
	char quote = 0;

	for (const char *p = line;; p++) {
		if (make_reference_starts(p)) {
			const char *end = make_reference_end(p + 2);

			g_string_append_len(word, p, end - p);
			p = end - 1;
		} else if (*p && (*p == quote || (!quote && strchr("'\"", *p)))) {
			quote = quote ? 0 : *p;
		} else if (!*p || (!quote && (g_ascii_isspace(*p) || *p == ';'))) {
			if (word->len)
				g_ptr_array_add(words, g_strdup(word->str));
			g_string_truncate(word, 0);
			if (!*p)
				break;
		} else {
			g_string_append_c(word, *p);
		}
	}
	g_string_free(word, TRUE);
	return words;
}

/* The name of "NAME=VALUE"; NULL for any other word. g_free() it. */
static char *assigned_name(const char *word)
{
	size_t length = strspn(word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-");

	return length && word[length] == '=' ? g_strndup(word, length) : NULL;
}

static void take_assignment(struct make_call *call, char *name, const char *value)
{
	if (!strcmp(name, "M") || !strcmp(name, "SUBDIRS")) {
		g_free(call->folder);
		call->folder = g_strdup(value);
		call->kbuild = true;
		g_free(name);
		return;
	}
	g_ptr_array_add(call->names, name);
	g_ptr_array_add(call->values, g_strdup(value));
}

static void take_folder(struct make_call *call, const char *folder)
{
	if (call->kbuild || !folder)
		return;
	g_free(call->folder);
	call->folder = g_strdup(folder);
}

void make_calls_add(struct makefile *mk, const char *line)
{
	g_autoptr(GPtrArray) words = shell_words(line + strspn(line, "\t @-+"));
	struct make_call *call = g_new0(struct make_call, 1);
	bool makes = false;

	call->names = g_ptr_array_new_with_free_func(g_free);
	call->values = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];
		char *name = assigned_name(word);

		makes |= !strcmp(word, "make") || !strcmp(word, "$(MAKE)") ||
			 !strcmp(word, "${MAKE}");
		if (name)
			take_assignment(call, name, strchr(word, '=') + 1);
		else if (!strcmp(word, "-C") && i + 1 < words->len)
			take_folder(call, words->pdata[++i]);
		else if (option_value(word, "-C"))
			take_folder(call, word + 2);
	}
	if (makes && call->folder && call->names->len && mk->calls->len < CALLS_MAX)
		g_ptr_array_add(mk->calls, call);
	else
		make_call_free(call);
}

/* Whether the call is one of the Makefile in that folder. */
static bool calls_folder(const struct makefile *caller, const struct make_call *call,
			 const struct makefile *mk)
{
	g_autofree char *folder = g_strstrip(makefile_expand(caller, call->folder));
	g_autofree char *from_top = g_canonicalize_filename(folder, "/");
	g_autofree char *joined = g_build_filename("/", caller->dir, folder, NULL);
	g_autofree char *from_caller = g_canonicalize_filename(joined, "/");
	const char *meant = call->kbuild ? mk->root : mk->dir;

	if (*folder == '/' || !*folder)
		return false;
	return !strcmp(from_top + 1, meant) || !strcmp(from_caller + 1, meant);
}

const char *make_call_value(const struct makefile *mk, const char *name, const char *after,
			    const struct makefile **caller)
{
	bool found = !after;

	for (*caller = mk; *caller; *caller = (*caller)->outer)
		for (guint i = 0; i < (*caller)->calls->len; i++) {
			const struct make_call *call = (*caller)->calls->pdata[i];

			for (guint k = 0; k < call->names->len; k++) {
				const char *value = call->values->pdata[k];

				if (strcmp(call->names->pdata[k], name))
					continue;
				if (found && calls_folder(*caller, call, mk))
					return value;
				found |= value == after;
			}
		}
	return NULL;
}
