// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "model/knowledge_form.h"

/**
 * struct knowledge_form - what may follow the name
 * @details: words that may, in any number; NULL: none
 * @needed: one of them has to
 * @arg: the argument where none is given; -1: no argument can be given; -2: one has to be
 */
struct knowledge_form {
	enum knowledge_kind kind;
	const char *details;
	bool needed;
	int arg;
};

#define NO_ARG (-1)
#define ARG_NEEDED (-2)
#define ARG_MAX 32

static const struct knowledge_form forms[] = {
	{ KNOW_ALLOC, "zeroed null", false, 0 },
	{ KNOW_FREE, NULL, false, 1 },
	{ KNOW_REF, NULL, false, NO_ARG },
	{ KNOW_DOWNGRADE, NULL, false, NO_ARG },
	{ KNOW_PRINT, NULL, false, NO_ARG },
	{ KNOW_IN_PLACE, NULL, false, NO_ARG },
	{ KNOW_BORROW, "zero one count shared weak", false, 0 },
	{ KNOW_DROPS, NULL, false, 1 },
	{ KNOW_INSERT, NULL, false, NO_ARG },
	{ KNOW_REMOVE, NULL, false, NO_ARG },
	{ KNOW_COPY, NULL, false, NO_ARG },
	{ KNOW_HEAD, NULL, false, NO_ARG },
	{ KNOW_ADDRESS, NULL, false, NO_ARG },
	{ KNOW_DIRTIES, NULL, false, NO_ARG },
	{ KNOW_PAGE_ALLOC, NULL, false, NO_ARG },
	{ KNOW_RESULT, "error count", true, NO_ARG },
	{ KNOW_ERROR, "make number test null", true, 1 },
	{ KNOW_NORETURN, NULL, false, NO_ARG },
	{ KNOW_LOCK, "enter leave try weak test", true, 1 },
	{ KNOW_PAGE_LOCK, "enter leave", true, 1 },
	{ KNOW_SLEEPER, NULL, false, NO_ARG },
	{ KNOW_HANDLER, NULL, false, ARG_NEEDED },
	{ KNOW_SLOT, "atomic process", true, NO_ARG },
	{ KNOW_CONTAINER, "one many array shared iter", true, NO_ARG },
	{ KNOW_GLOBAL, "memmap zero", true, NO_ARG },
	{ KNOW_SPELLING, NULL, false, NO_ARG },
	{ KNOW_LOCKED_MEMORY, NULL, false, NO_ARG },
	{ KNOW_REQUEST, NULL, false, NO_ARG },
	{ KNOW_COMMAND, NULL, false, NO_ARG },
	{ KNOW_CALLS_BACK, NULL, false, NO_ARG },
	{ KNOW_LOOKUP, NULL, false, NO_ARG },
	{ KNOW_OPENS, NULL, false, NO_ARG },
	{ KNOW_FROM_ITER, NULL, false, ARG_NEEDED },
	{ KNOW_KERNEL_ITER, NULL, false, NO_ARG },
	{ KNOW_ORDINARY, NULL, false, NO_ARG },
	{ KNOW_NEW_MM, NULL, false, NO_ARG },
	{ KNOW_PATH, "core mm public arch headers warning", true, NO_ARG },
};

static const struct knowledge_form *form_of(enum knowledge_kind kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (forms[i].kind == kind)
			return &forms[i];
	return NULL;
}

/*
 * An identifier, or a part of one with '*' for the rest; a member is behind its struct and a dot;
 * of a path, any text.
 */
static bool is_name(enum knowledge_kind kind, const char *word)
{
	bool member = kind == KNOW_KERNEL_ITER || kind == KNOW_NEW_MM;
	const char *letters = member ? "*." G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"
				     : "*" G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_";

	return kind == KNOW_PATH ||
	       (!g_ascii_isdigit(*word) && !word[strspn(word, letters)] &&
		(!member || strchr(word, '.')));
}

static bool is_number(const char *word)
{
	return *word && !word[strspn(word, G_CSET_DIGITS)];
}

/* "a, b or c" */
static char *in_words(const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);
	guint count = g_strv_length(words);
	g_autofree char *last = g_steal_pointer(&words[count - 1]), *head = g_strjoinv(", ", words);

	return count > 1 ? g_strdup_printf("%s or %s", head, last) : g_strdup(last);
}

static char *wrong_number(const struct knowledge_form *form, const char *const *words,
			  const char *number)
{
	if (form->arg == NO_ARG)
		return g_strdup_printf("'%s' takes no number of an argument; take %s out", words[0],
				       number);
	return g_ascii_strtoull(number, NULL, 10) - 1 < ARG_MAX ? NULL :
	       g_strdup_printf("there is no argument %s; they count from 1", number);
}

static char *wrong_word(const struct knowledge_form *form, const char *const *words,
			const char *word)
{
	g_autofree char *list = form->details ? in_words(form->details) : NULL;
	g_auto(GStrv) known = g_strsplit(form->details ? form->details : "", " ", -1);

	if (is_number(word))
		return wrong_number(form, words, word);
	if (!strcmp(word, "not") ||
	    (form->details && g_strv_contains((const char *const *)known, word)))
		return NULL;
	return form->details
		       ? g_strdup_printf("'%s' can not stand there; write %s", word, list)
		       : g_strdup_printf("'%s' is a word too many for '%s'; a remark begins with #",
					 word, words[0]);
}

static char *complaint(const struct knowledge_form *form, const char *const *words)
{
	g_autofree char *list = form->details ? in_words(form->details) : NULL;
	guint count = g_strv_length((char **)words);
	bool number = false, detail = false;

	if (count < 2)
		return g_strdup_printf("'%s' of what? A name has to follow", words[0]);
	if (!is_name(form->kind, words[1]))
		return g_strdup_printf(
			"'%s' is no name of C; write it without parentheses and arguments",
			words[1]);
	for (guint i = 2; i < count; i++) {
		char *wrong = wrong_word(form, words, words[i]);

		if (wrong)
			return wrong;
		if (is_number(words[i]) && number)
			return g_strdup_printf("'%s' takes one number of an argument", words[0]);
		number |= is_number(words[i]);
		detail |= !is_number(words[i]);
	}
	if (form->needed && !detail)
		return g_strdup_printf("'%s %s' wants a third word: %s", words[0], words[1], list);
	if (form->arg == ARG_NEEDED && !number && !detail)
		return g_strdup_printf(
			"'%s %s' wants a third word: the number of the argument, from 1", words[0],
			words[1]);
	return NULL;
}

struct knowledge_row *knowledge_row_read(char **words, char **wrong)
{
	const struct knowledge_form *form = form_of(knowledge_kind_find(words[0]));
	g_autoptr(GPtrArray) details = g_ptr_array_new();
	struct knowledge_row *row;

	*wrong = complaint(form, (const char *const *)words);
	if (*wrong)
		return NULL;
	row = g_new0(struct knowledge_row, 1);
	row->kind = form->kind;
	row->name = g_strdup(words[1]);
	row->arg = MAX(form->arg, 0);
	for (char **word = words + 2; *word; word++) {
		if (is_number(*word))
			row->arg = (int)g_ascii_strtoull(*word, NULL, 10);
		else
			g_ptr_array_add(details, *word);
	}
	g_ptr_array_add(details, NULL);
	row->detail = g_strjoinv(" ", (char **)details->pdata);
	return row;
}

void knowledge_row_free(struct knowledge_row *row)
{
	if (!row)
		return;
	g_free(row->name);
	g_free(row->detail);
	g_free(row);
}

bool knowledge_row_store(const struct knowledge_row *row, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "knowledge_add");

	db_bind_text(stmt, 1, knowledge_kind_word(row->kind));
	db_bind_text(stmt, 2, row->name);
	db_bind_int(stmt, 3, row->arg);
	db_bind_text(stmt, 4, row->detail);
	return db_run(db, stmt, error);
}
