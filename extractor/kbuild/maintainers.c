// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "kbuild/maintainers.h"

#define MAINTAINERS_LINE_MAX 4096	/* a longer line is no line of MAINTAINERS */
#define MAINTAINERS_REGEX_MAX 512

/**
 * struct pattern - one F:, X:, N: or K: line
 * @type: that letter
 * @text: the rest of the line
 * @depth: how specific an F: is, as get_maintainer.pl counts
 * @regex: compiled at the first use, for N: and K:
 * @dead: does not compile, or gave up on some input
 */
struct pattern {
	char type, *text;
	int depth;
	GRegex *regex;
	bool dead;
};

struct maintainers {
	GPtrArray *sections;
};

static void contact_free(void *data)
{
	struct maintainers_contact *contact = data;

	g_free(contact->value);
	g_free(contact);
}

static void pattern_free(void *data)
{
	struct pattern *pattern = data;

	g_clear_pointer(&pattern->regex, g_regex_unref);
	g_free(pattern->text);
	g_free(pattern);
}

static void section_free(void *data)
{
	struct maintainers_section *section = data;

	g_free(section->name);
	g_free(section->status);
	g_ptr_array_unref(section->contacts);
	g_ptr_array_unref(section->patterns);
	g_free(section);
}

static struct maintainers_section *section_new(const char *name)
{
	struct maintainers_section *section = g_new0(struct maintainers_section, 1);

	section->name = g_strdup(name);
	section->status = g_strdup("");
	section->contacts = g_ptr_array_new_with_free_func(contact_free);
	section->patterns = g_ptr_array_new_with_free_func(pattern_free);
	section->rest = g_str_equal(name, "THE REST");
	return section;
}

static int slashes(const char *text)
{
	int count = 0;

	for (; *text; text++)
		count += *text == '/';
	return count;
}

static int pattern_depth(const char *text)
{
	int depth = slashes(text);

	if (text[0] == '*')
		return -1;
	return g_str_has_suffix(text, "/") ? depth : depth + 1;
}

static void section_add_pattern(struct maintainers_section *section, char type, const char *text)
{
	struct pattern *pattern;

	if (!*text || ((type == 'N' || type == 'K') && strlen(text) > MAINTAINERS_REGEX_MAX))
		return;
	pattern = g_new0(struct pattern, 1);
	pattern->type = type;
	pattern->text = g_strdup(text);
	pattern->depth = pattern_depth(text);
	g_ptr_array_add(section->patterns, pattern);
}

static void section_add_contact(struct maintainers_section *section, enum contact_kind kind,
				const char *text)
{
	struct maintainers_contact *contact = g_new(struct maintainers_contact, 1);

	contact->kind = kind;
	contact->value = g_strdup(text);
	g_ptr_array_add(section->contacts, contact);
}

static void section_add_line(struct maintainers_section *section, char letter, const char *value)
{
	switch (letter) {
	case 'S':
		g_free(section->status);
		section->status = g_strdup(value);
		break;
	case 'M':
		section_add_contact(section, CONTACT_MAINTAINER, value);
		break;
	case 'R':
		section_add_contact(section, CONTACT_REVIEWER, value);
		break;
	case 'L':
		section_add_contact(section, CONTACT_LIST, value);
		break;
	case 'T':
		section_add_contact(section, CONTACT_TREE, value);
		break;
	case 'F': case 'X': case 'N': case 'K':
		section_add_pattern(section, letter, value);
		break;
	}
}

/* A line as valid UTF-8 without the white space around it; NULL when absurd. */
static char *line_clean(const char *line, gsize length)
{
	char *text;

	if (length > MAINTAINERS_LINE_MAX)
		return NULL;
	text = g_utf8_make_valid(line, length);
	return g_strstrip(text);
}

/*
 * A section begins where an upper level "X:<tab>" line follows a line that is
 * none: so the name is kept until such a line turns up.
 */
struct maintainers_reader {
	struct maintainers *m;
	struct maintainers_section *section;
	char *title;
};

static void reader_field(struct maintainers_reader *reader, const char *line)
{
	g_autofree char *value = g_strstrip(g_strdup(line + 2));

	if (reader->title) {
		reader->section = section_new(reader->title);
		g_ptr_array_add(reader->m->sections, reader->section);
		g_clear_pointer(&reader->title, g_free);
	}
	if (reader->section)
		section_add_line(reader->section, line[0], value);
}

static void reader_line(struct maintainers_reader *reader, const char *line, gsize length)
{
	g_autofree char *text = line_clean(line, length);

	if (!text)
		return;
	if (g_ascii_isupper(line[0]) && text[1] == ':') {
		reader_field(reader, text);
		return;
	}
	/* A blank line ends nothing: some sections have one inside. */
	if (!*text || g_ascii_isspace(line[0]))
		return;
	g_free(reader->title);
	reader->title = g_strdup(text);
}

struct maintainers *maintainers_parse(const char *text, gsize length)
{
	struct maintainers *m = g_new0(struct maintainers, 1);
	struct maintainers_reader reader = { .m = m };
	const char *end = text + length;

	m->sections = g_ptr_array_new_with_free_func(section_free);
	while (text < end) {
		const char *eol = memchr(text, '\n', end - text);

		if (!eol)
			eol = end;
		reader_line(&reader, text, eol - text);
		text = eol < end ? eol + 1 : end;
	}
	g_free(reader.title);
	return m;
}

struct maintainers *maintainers_read(const char *tree, GError **error)
{
	g_autofree char *path = g_build_filename(tree, "MAINTAINERS", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) failure = NULL;
	gsize length;

	if (g_file_get_contents(path, &text, &length, &failure))
		return maintainers_parse(text, length);
	fail(error, EXIT_INPUT, "%s", failure->message);
	return NULL;
}

void maintainers_free(struct maintainers *m)
{
	if (!m)
		return;
	g_ptr_array_unref(m->sections);
	g_free(m);
}

const GPtrArray *maintainers_sections(const struct maintainers *m)
{
	return m->sections;
}

/*
 * get_maintainer.pl takes a pattern as a prefix, of a path with as many slashes
 * as it has; a directory named without its last slash is what is below it.
 */
static bool glob_ends(const char *whole, const char *rest)
{
	if (g_str_has_suffix(whole, "/"))
		return true;
	return !strchr(rest, '/') || (*rest == '/' && !strpbrk(whole, "*?["));
}

/*
 * Whether the pattern's first element takes the character; *next is what
 * follows the element. "[ch]" is a class, as it is for get_maintainer.pl.
 */
static bool glob_takes(const char *pattern, char c, const char **next)
{
	const char *end = *pattern == '[' ? strchr(pattern, ']') : NULL;

	*next = pattern + 1;
	if (!c || !*pattern)
		return false;
	if (!end)
		return *pattern == c || (*pattern == '?' && c != '/');
	*next = end + 1;
	return c != '/' && memchr(pattern + 1, c, end - pattern - 1);
}

/* '*' and '?' do not cross a slash. Linear: only the last star is retried. */
static bool glob_matches(const char *pattern, const char *path)
{
	const char *whole = pattern, *star = NULL, *retry = NULL, *next;

	for (;;) {
		if (!*pattern && glob_ends(whole, path))
			return true;
		if (*pattern == '*') {
			star = ++pattern;
			retry = path;
			continue;
		}
		if (glob_takes(pattern, *path, &next)) {
			pattern = next;
			path++;
			continue;
		}
		if (!star || !*retry || *retry == '/')
			return false;
		path = ++retry;
		pattern = star;
	}
}

static bool regex_matches(struct pattern *pattern, const char *text, gssize length)
{
	GError *error = NULL;
	bool found;

	if (pattern->dead)
		return false;
	if (!pattern->regex)
		pattern->regex = g_regex_new(pattern->text, G_REGEX_RAW | G_REGEX_EXTENDED, 0,
					     NULL);
	if (!pattern->regex) {
		pattern->dead = true;
		return false;
	}
	found = g_regex_match_full(pattern->regex, text, length, 0, 0, NULL, &error);
	if (error) {
		pattern->dead = true;
		g_error_free(error);
	}
	return found;
}

static bool section_excludes(const struct maintainers_section *section, const char *path)
{
	for (guint i = 0; i < section->patterns->len; i++) {
		const struct pattern *pattern = section->patterns->pdata[i];

		if (pattern->type == 'X' && glob_matches(pattern->text, path))
			return true;
	}
	return false;
}

/* How well the pattern names the path, more is better; -1 for not at all. */
static long pattern_score(struct pattern *pattern, const char *path)
{
	size_t length = MIN(strlen(pattern->text), MAINTAINERS_LINE_MAX);

	if (pattern->type == 'F' && glob_matches(pattern->text, path))
		return (pattern->depth + 1L) * 2 * MAINTAINERS_LINE_MAX + length;
	/* N: counts as depth 0, below any F: that names a directory. */
	if (pattern->type == 'N' && regex_matches(pattern, path, -1))
		return 2 * MAINTAINERS_LINE_MAX - 1;
	return -1;
}

static long section_score(const struct maintainers_section *section, const char *path)
{
	long best = -1;

	for (guint i = 0; i < section->patterns->len; i++) {
		long score = pattern_score(section->patterns->pdata[i], path);

		best = MAX(best, score);
	}
	return best >= 0 && section_excludes(section, path) ? -1 : best;
}

static bool section_wants_text(const struct maintainers_section *section, const char *path,
			       const char *text, gsize length)
{
	for (guint i = 0; i < section->patterns->len; i++) {
		struct pattern *pattern = section->patterns->pdata[i];

		if (pattern->type == 'K' && regex_matches(pattern, text, length))
			return !section_excludes(section, path);
	}
	return false;
}

static const struct maintainers_section *owner_by_text(struct maintainers *m, const char *path,
						       const char *text, gsize length)
{
	for (guint i = 0; i < m->sections->len; i++)
		if (section_wants_text(m->sections->pdata[i], path, text, length))
			return m->sections->pdata[i];
	return NULL;
}

const struct maintainers_section *maintainers_owner_of_text(struct maintainers *m, const char *path,
							    const char *text, gsize length)
{
	const struct maintainers_section *owner = NULL, *rest = NULL;
	long best = -1;

	for (guint i = 0; i < m->sections->len; i++) {
		const struct maintainers_section *section = m->sections->pdata[i];
		long score;

		if (section->rest) {
			rest = section;
			continue;
		}
		score = section_score(section, path);
		if (score > best) {
			best = score;
			owner = section;
		}
	}
	if (!owner && text)
		owner = owner_by_text(m, path, text, length);
	return owner ? owner : rest;
}

const struct maintainers_section *maintainers_owner(struct maintainers *m, const char *path)
{
	return maintainers_owner_of_text(m, path, NULL, 0);
}

/*
 * true for one folder with all below it, and for what names the path itself. Several folders
 * ("net/any/netfilter/" with '*') are none of the section's own, nor is one without a slash.
 */
static bool pattern_holds(const struct pattern *pattern, const char *path)
{
	bool folder = g_str_has_suffix(pattern->text, "/");

	if (pattern->type != 'F' || !glob_matches(pattern->text, path))
		return false;
	return folder ? !strpbrk(pattern->text, "*?[") : slashes(pattern->text) == slashes(path);
}

/* The shortest F: pattern of the section that holds the path, or NULL. */
static const char *broadest_pattern(const struct maintainers_section *section, const char *path)
{
	const char *found = NULL;

	for (guint i = 0; i < section->patterns->len; i++) {
		const struct pattern *pattern = section->patterns->pdata[i];

		if (pattern_holds(pattern, path) &&
		    (!found || strlen(pattern->text) < strlen(found)))
			found = pattern->text;
	}
	return found;
}

static bool has_pattern_below(const struct maintainers_section *section, const char *folder)
{
	for (guint i = 0; i < section->patterns->len; i++) {
		const struct pattern *pattern = section->patterns->pdata[i];

		if (pattern->type == 'F' && g_str_has_prefix(pattern->text, folder) &&
		    !g_str_equal(pattern->text, folder))
			return true;
	}
	return false;
}

bool maintainers_is_umbrella(const struct maintainers *m, const struct maintainers_section *section,
			     const char *path)
{
	const char *folder = section->rest ? NULL : broadest_pattern(section, path);

	if (!folder)
		return true;
	if (!g_str_has_suffix(folder, "/"))
		return false;
	for (guint i = 0; i < m->sections->len; i++) {
		const struct maintainers_section *other = m->sections->pdata[i];

		if (!g_str_equal(other->name, section->name) && has_pattern_below(other, folder))
			return true;
	}
	return false;
}
