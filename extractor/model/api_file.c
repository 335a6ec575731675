// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "model/api_file.h"
#include "model/knowledge_form.h"
#include "base/diag.h"
#include "model/own_text.h"
#include "model/era.h"

/**
 * struct statement - a line
 * @more: the third word, or what stands for it when there is none
 * @era: of a target
 */
struct statement {
	const struct api_form *form;
	char *name;
	char *more;
	char *era;
};

struct api_file {
	char *path;
	char *hash;
	GPtrArray *statements;
	GPtrArray *knowledge;	/* of struct knowledge_row */
	GHashTable *seen;	/* what a line is about -> its number */
};

/* The statement that a line makes. */
enum about { ABOUT_FUNCTION, ABOUT_PARAM, ABOUT_TARGET };

/* The meaning of its third word. */
enum third { THIRD_NONE, THIRD_NAME, THIRD_FAMILY, THIRD_DETAIL, THIRD_PARAM_ROLE };

/**
 * struct api_form - what a line that begins with a word may say
 * @role: of ABOUT_FUNCTION
 * @details: of THIRD_DETAIL, by bits
 * @otherwise: when there is no third word; NULL: there has to be one
 */
struct api_form {
	enum about about;
	enum role role;
	enum third third;
	unsigned int details;
	const char *otherwise;
};

#define BIT(detail) (1u << DETAIL_##detail)

static const struct api_form forms[] = {
	{ ABOUT_FUNCTION, ROLE_ACQUIRE, THIRD_FAMILY, 0, "get" },
	{ ABOUT_FUNCTION, ROLE_RELEASE, THIRD_FAMILY, 0, "get" },
	{ ABOUT_FUNCTION, ROLE_DIRTY, THIRD_DETAIL, BIT(ANY) | BIT(SLEEPS) | BIT(FLAG), "any" },
	{ ABOUT_FUNCTION, ROLE_SOURCE, THIRD_NAME, 0, "" },
	{ ABOUT_FUNCTION, ROLE_CARRY, THIRD_NONE, 0, "" },
	{ ABOUT_FUNCTION, ROLE_USE, THIRD_DETAIL, BIT(CPU) | BIT(DMA) | BIT(PHYS) | BIT(DIRECT_IO) |
	  BIT(SCATTER) | BIT(USER_ITER) | BIT(STATE), NULL },
	{ ABOUT_FUNCTION, ROLE_NOTIFIER, THIRD_NONE, 0, "" },
	{ .about = ABOUT_PARAM, .third = THIRD_PARAM_ROLE },
	{ .about = ABOUT_TARGET, .third = THIRD_NAME },
};

static const char *form_word(const struct api_form *form)
{
	return form->about == ABOUT_FUNCTION ? role_word(form->role) :
	       form->about == ABOUT_PARAM ? "param" : "target";
}

static void statement_free(void *data)
{
	struct statement *statement = data;

	g_free(statement->name);
	g_free(statement->more);
	g_free(statement->era);
	g_free(statement);
}

static bool is_identifier(const char *word)
{
	return (g_ascii_isalpha(*word) || *word == '_') &&
	       !word[strspn(word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_")];
}

static GPtrArray *list_of(const char *const *words)
{
	GPtrArray *list = g_ptr_array_new();

	for (; *words; words++)
		if (**words)
			g_ptr_array_add(list, (char *)*words);
	return list;
}

/* The words that may stand third; a name is in no list. */
static GPtrArray *third_words(const struct api_form *form)
{
	GPtrArray *list;

	if (form->third == THIRD_FAMILY)
		return list_of(family_words());
	if (form->third == THIRD_PARAM_ROLE)
		return list_of(param_role_words());
	list = g_ptr_array_new();
	for (int i = 0; detail_words()[i]; i++)
		if (form->details & 1u << i)
			g_ptr_array_add(list, (char *)detail_words()[i]);
	return list;
}

static bool is_listed(const GPtrArray *list, const char *word)
{
	return g_ptr_array_find_with_equal_func((GPtrArray *)list, word, g_str_equal, NULL);
}

/* "a, b or c" */
static char *in_words(const GPtrArray *list)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < list->len; i++)
		g_string_append_printf(text, "%s%s",
				       i == 0		    ? ""
				       : i + 1 == list->len ? " or "
							    : ", ",
				       (char *)list->pdata[i]);
	return g_string_free(text, FALSE);
}

static char *first_words(void)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		g_string_append_printf(text, "%s%s", i ? ", " : "", form_word(&forms[i]));
	return g_string_free(text, FALSE);
}

static const struct api_form *form_find(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (!strcmp(form_word(&forms[i]), word))
			return &forms[i];
	return NULL;
}

static char *complaint_of_third(const struct api_form *form, char **words)
{
	g_autoptr(GPtrArray) list = third_words(form);
	g_autofree char *known = in_words(list);

	if (!words[2])
		return form->otherwise
			       ? NULL
			       : g_strdup_printf("'%s %s' wants a third word: %s", words[0],
						 words[1],
						 form->third == THIRD_NAME
							 ? "the function that it should become"
							 : known);
	if (form->third == THIRD_NAME)
		return is_identifier(words[2]) ? NULL :
			g_strdup_printf("'%s' is no name of a function", words[2]);
	return is_listed(list, words[2]) ? NULL :
		g_strdup_printf("'%s' can not stand there; write %s", words[2], known);
}

static char *complaint_of_era(const char *word)
{
	g_autoptr(GPtrArray) eras = list_of(era_words());
	g_autofree char *known = in_words(eras);

	return is_listed(eras, word) ? NULL :
		g_strdup_printf("'%s' is no era; write %s, or nothing for all", word, known);
}

/* The error in the words of a line and its remedy; NULL when there is none. */
static char *complaint(char **words)
{
	const struct api_form *form = form_find(words[0]);
	guint count = g_strv_length(words), most;
	char *wrong;

	if (!form) {
		g_autofree char *first = first_words();

		return g_strdup_printf("a line does not begin with '%s' but with one of %s, or a "
				       "kind of knowledge such as alloc, free, lock", words[0], first);
	}
	if (count < 2)
		return g_strdup_printf("'%s' of what? A name has to follow", words[0]);
	if (!is_identifier(words[1]))
		return g_strdup_printf(
			"'%s' is no name of C; write it without parentheses and arguments",
			words[1]);
	most = form->about == ABOUT_TARGET ? 4 : form->third != THIRD_NONE ? 3 : 2;
	if (count > most)
		return g_strdup_printf("'%s' is a word too many for '%s'; a remark begins with #",
				       words[most], words[0]);
	wrong = complaint_of_third(form, words);
	return wrong || count < 4 ? wrong : complaint_of_era(words[3]);
}

/* The key of a line, unique in a file: a function's role, a parameter, a target in an era. */
static char *subject_of(const struct statement *statement)
{
	if (statement->form->about != ABOUT_FUNCTION)
		return g_strdup_printf("%s %s %s", form_word(statement->form), statement->name,
				       statement->era);
	return g_strdup(statement->name);
}

/* No two lines may speak of the same. Takes the subject. */
static char *note_subject(struct api_file *file, char *subject, const char *name, int line)
{
	int before = GPOINTER_TO_INT(g_hash_table_lookup(file->seen, subject));

	g_hash_table_insert(file->seen, subject, GINT_TO_POINTER(line));
	return before ? g_strdup_printf("line %d speaks of '%s' already; take one of the two out",
					before, name)
		      : NULL;
}

static char *take_knowledge(struct api_file *file, char **words, int line)
{
	char *wrong;
	struct knowledge_row *row = knowledge_row_read(words, &wrong);

	if (!row)
		return wrong;
	g_ptr_array_add(file->knowledge, row);
	return note_subject(file, g_strjoin(" ", words[0], words[1], NULL), words[1], line);
}

static char *take_words(struct api_file *file, char **words, int line)
{
	struct statement *statement;
	char *wrong;

	if (knowledge_kind_find(words[0]) >= 0)
		return take_knowledge(file, words, line);
	wrong = complaint(words);
	if (wrong)
		return wrong;
	statement = g_new0(struct statement, 1);
	statement->form = form_find(words[0]);
	statement->name = g_strdup(words[1]);
	statement->more = g_strdup(words[2] ? words[2] : statement->form->otherwise);
	statement->era = g_strdup(words[2] && words[3] ? words[3] : "");
	g_ptr_array_add(file->statements, statement);
	return note_subject(file, subject_of(statement), statement->name, line);
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
	file->knowledge = g_ptr_array_new_with_free_func((GDestroyNotify)knowledge_row_free);
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

	if (!path)
		return api_file_new();
	text = own_text_read(path, error);
	return text ? api_file_parse(path, text, error) : NULL;
}

void api_file_free(struct api_file *file)
{
	if (!file)
		return;
	g_free(file->path);
	g_free(file->hash);
	g_ptr_array_free(file->statements, TRUE);
	g_ptr_array_free(file->knowledge, TRUE);
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
	const struct api_form *form = statement->form;
	sqlite3_stmt *stmt;

	if (form->about == ABOUT_PARAM) {
		stmt = db_query(db, "param_role_add");
		db_bind_text(stmt, 1, statement->name);
		db_bind_text(stmt, 2, statement->more);
	} else if (form->about == ABOUT_TARGET) {
		stmt = db_query(db, "api_target_add");
		db_bind_text(stmt, 1, statement->era);
		db_bind_text(stmt, 2, statement->name);
		db_bind_text(stmt, 3, statement->more);
	} else {
		bool family = form->third == THIRD_FAMILY;

		stmt = db_query(db, "api_add");
		db_bind_text(stmt, 1, statement->name);
		db_bind_text(stmt, 2, role_word(form->role));
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
	for (guint i = 0; i < file->knowledge->len; i++)
		if (!knowledge_row_store(file->knowledge->pdata[i], db, error))
			return false;
	return true;
}

static bool statement_has_role(const struct statement *statement, enum role role)
{
	return statement->form->about == ABOUT_FUNCTION && statement->form->role == role;
}

void api_file_mark(const struct api_file *file, struct api_table *table)
{
	for (guint i = 0; i < file->statements->len; i++) {
		const struct statement *statement = file->statements->pdata[i];
		struct api *api = g_hash_table_lookup(table->by_name, statement->name);

		if (api && statement_has_role(statement, api->role))
			api->own = true;
	}
}

void api_file_triggers(const struct api_file *file, GPtrArray *names)
{
	for (guint i = 0; i < file->statements->len; i++) {
		const struct statement *statement = file->statements->pdata[i];

		if (statement_has_role(statement, ROLE_RELEASE))
			g_ptr_array_add(names, g_strdup(statement->name));
	}
}
