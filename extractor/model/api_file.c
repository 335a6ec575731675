// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "model/api_file.h"
#include "base/diag.h"

/**
 * struct statement - a line
 * @more: the third word, or what stands for it when there is none
 * @era: of a target
 */
struct statement {
	const struct form *form;
	char *name;
	char *more;
	char *era;
};

struct api_file {
	char *path;
	char *hash;
	GPtrArray *statements;
	GHashTable *seen;	/* what a line is about -> its number */
};

/**
 * struct form - what a line that begins with a word may say
 * @more: words that may stand third, space separated; "?" any identifier, "" none
 * @otherwise: when there is no third word; NULL: there has to be one
 */
struct form {
	const char *word;
	const char *more;
	const char *otherwise;
};

#define FAMILIES "get put_user pin iter extract vec"

static const struct form forms[] = {
	{ "acquire", FAMILIES, "get" },
	{ "release", FAMILIES, "get" },
	{ "dirty", "any sleeps flag", "any" },
	{ "source", "?", "" },
	{ "carry", "", "" },
	{ "use", "cpu dma phys direct-io scatter user-iter state", NULL },
	{ "lock", "enter leave", NULL },
	{ "notifier", "", "" },
	{ "param", "pages count flags write dirty vmas iter", NULL },
	{ "target", "?", NULL },
};

static const char eras[] = "none put_user_page pin_user_pages";

static void statement_free(void *data)
{
	struct statement *statement = data;

	g_free(statement->name);
	g_free(statement->more);
	g_free(statement->era);
	g_free(statement);
}

static bool is_listed(const char *list, const char *word)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	return *list && g_strv_contains((const char *const *)words, word);
}

static bool is_identifier(const char *word)
{
	return (g_ascii_isalpha(*word) || *word == '_') &&
	       !word[strspn(word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_")];
}

/* "a, b or c" */
static char *in_words(const char *list)
{
	char *text = g_strdup(list), *last = strrchr(text, ' ');
	g_auto(GStrv) words = NULL;
	g_autofree char *head = NULL;
	char *all;

	if (!last)
		return text;
	*last = 0;
	words = g_strsplit(text, " ", -1);
	head = g_strjoinv(", ", words);
	all = g_strdup_printf("%s or %s", head, last + 1);
	g_free(text);
	return all;
}

static const struct form *form_find(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (!strcmp(forms[i].word, word))
			return &forms[i];
	return NULL;
}

/* What is wrong with the words of a line and how to mend it; NULL when nothing is. */
static char *complaint(char **words)
{
	const struct form *form = form_find(words[0]);
	guint count = g_strv_length(words), most;
	bool target = form && !strcmp(form->word, "target");
	g_autofree char *list = form ? in_words(form->more) : NULL;

	if (!form)
		return g_strdup_printf("a line does not begin with '%s' but with one of acquire, release, dirty, "
				       "source, carry, use, lock, notifier, param, target", words[0]);
	if (count < 2)
		return g_strdup_printf("'%s' of what? A name has to follow", words[0]);
	if (!is_identifier(words[1]))
		return g_strdup_printf("'%s' is no name of C; write it without parentheses and arguments", words[1]);
	if (count < 3)
		return form->otherwise ? NULL :
			g_strdup_printf("'%s %s' wants a third word: %s", words[0], words[1],
					target ? "the function that it should become" : list);
	most = target ? 4 : *form->more ? 3 : 2;
	if (count > most)
		return g_strdup_printf("'%s' is a word too many for '%s'; a remark begins with #", words[most],
				       words[0]);
	if (strcmp(form->more, "?") ? !is_listed(form->more, words[2]) : !is_identifier(words[2]))
		return strcmp(form->more, "?") ?
			g_strdup_printf("'%s' can not stand there; write %s", words[2], list) :
			g_strdup_printf("'%s' is no name of a function", words[2]);
	if (count == 4 && !is_listed(eras, words[3])) {
		g_autofree char *known = in_words(eras);

		return g_strdup_printf("'%s' is no era; write %s, or nothing for all", words[3], known);
	}
	return NULL;
}

/* What no two lines may speak of: a function's role, a parameter, a target in an era. */
static char *subject_of(const struct statement *statement)
{
	const char *word = statement->form->word;

	if (!strcmp(word, "param") || !strcmp(word, "target"))
		return g_strdup_printf("%s %s %s", word, statement->name, statement->era);
	return g_strdup(statement->name);
}

static char *take_words(struct api_file *file, char **words, int line)
{
	struct statement *statement;
	char *wrong = complaint(words), *subject;
	int before;

	if (wrong)
		return wrong;
	statement = g_new0(struct statement, 1);
	statement->form = form_find(words[0]);
	statement->name = g_strdup(words[1]);
	statement->more = g_strdup(words[2] ? words[2] : statement->form->otherwise);
	statement->era = g_strdup(words[2] && words[3] ? words[3] : "");
	g_ptr_array_add(file->statements, statement);
	subject = subject_of(statement);
	before = GPOINTER_TO_INT(g_hash_table_lookup(file->seen, subject));
	g_hash_table_insert(file->seen, subject, GINT_TO_POINTER(line));
	return before ? g_strdup_printf("line %d speaks of '%s' already; take one of the two out", before,
					statement->name) : NULL;
}

static char *take_line(struct api_file *file, const char *text, int line)
{
	g_autofree char *said = g_strndup(text, strcspn(text, "#"));
	g_auto(GStrv) split = g_strsplit_set(said, " \t\r\f\v", -1);
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	if (!g_utf8_validate(text, -1, NULL))
		return g_strdup("this is no text in UTF-8");
	for (char **word = split; *word; word++)
		if (**word)
			g_ptr_array_add(words, *word);
	g_ptr_array_add(words, NULL);
	return words->len > 1 ? take_words(file, (char **)words->pdata, line) : NULL;
}

static struct api_file *api_file_new(void)
{
	struct api_file *file = g_new0(struct api_file, 1);

	file->path = g_strdup("");
	file->hash = g_strdup("");
	file->statements = g_ptr_array_new_with_free_func(statement_free);
	file->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return file;
}

struct api_file *api_file_parse(const char *path, const char *text, GError **error)
{
	struct api_file *file = api_file_new();
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	g_free(file->path);
	g_free(file->hash);
	file->path = g_canonicalize_filename(path, NULL);
	file->hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	for (int i = 0; lines[i]; i++) {
		g_autofree char *wrong = take_line(file, lines[i], i + 1);

		if (!wrong)
			continue;
		fail(error, EXIT_USAGE, "%s:%d: %s", path, i + 1, wrong);
		api_file_free(file);
		return NULL;
	}
	return file;
}

struct api_file *api_file_read(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	GError *failure = NULL;
	gsize size;

	if (!path)
		return api_file_new();
	if (!g_file_get_contents(path, &text, &size, &failure)) {
		fail(error, EXIT_INPUT, "%s", failure->message);
		g_error_free(failure);
		return NULL;
	}
	if (memchr(text, 0, size)) {
		fail(error, EXIT_USAGE, "%s: this is no text: it has a zero byte in it", path);
		return NULL;
	}
	return api_file_parse(path, text, error);
}

void api_file_free(struct api_file *file)
{
	if (!file)
		return;
	g_free(file->path);
	g_free(file->hash);
	g_ptr_array_free(file->statements, TRUE);
	g_hash_table_destroy(file->seen);
	g_free(file);
}

const char *api_file_path(const struct api_file *file)
{
	return file->path;
}

const char *api_file_hash(const struct api_file *file)
{
	return file->hash;
}

static bool store_one(const struct statement *statement, struct db *db, GError **error)
{
	const char *word = statement->form->word;
	sqlite3_stmt *stmt;

	if (!strcmp(word, "param")) {
		stmt = db_query(db, "param_role_add");
		db_bind_text(stmt, 1, statement->name);
		db_bind_text(stmt, 2, statement->more);
	} else if (!strcmp(word, "target")) {
		stmt = db_query(db, "api_target_add");
		db_bind_text(stmt, 1, statement->era);
		db_bind_text(stmt, 2, statement->name);
		db_bind_text(stmt, 3, statement->more);
	} else {
		bool family = !strcmp(statement->form->more, FAMILIES);

		stmt = db_query(db, "api_add");
		db_bind_text(stmt, 1, statement->name);
		db_bind_text(stmt, 2, word);
		db_bind_text(stmt, 3, family ? statement->more : "");
		db_bind_text(stmt, 4, family ? "" : statement->more);
	}
	return db_run(db, stmt, error);
}

bool api_file_store(const struct api_file *file, struct db *db, GError **error)
{
	for (guint i = 0; i < file->statements->len; i++)
		if (!store_one(file->statements->pdata[i], db, error))
			return false;
	return true;
}

void api_file_mark(const struct api_file *file, struct api_table *table)
{
	for (guint i = 0; i < file->statements->len; i++) {
		const struct statement *statement = file->statements->pdata[i];
		struct api *api = g_hash_table_lookup(table->by_name, statement->name);

		if (api && !strcmp(api->role, statement->form->word))
			api->own = true;
	}
}

void api_file_triggers(const struct api_file *file, GPtrArray *names)
{
	for (guint i = 0; i < file->statements->len; i++) {
		const struct statement *statement = file->statements->pdata[i];

		if (!strcmp(statement->form->word, "release"))
			g_ptr_array_add(names, g_strdup(statement->name));
	}
}
