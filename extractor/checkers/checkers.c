// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <string.h>

#include "checkers/checker.h"

const struct finding_kind hazard_kind = {
	.word = "hazard",
	.title = "A conversion of this release has to look at this",
	.help = "See that the release is right for every value which is possible here.",
	.level = "note", .sarif = "fail",
};

const struct checker *const checkers[] = {
#define X(name) &name,
	CHECKERS(X)
#undef X
	NULL
};

const struct finding_kind *finding_kind_at(int index)
{
	int count = -1;

	for (int i = 0; checkers[i]; i++) {
		count += !i || checkers[i]->kind != checkers[i - 1]->kind;
		if (count == index)
			return checkers[i]->kind;
	}
	return NULL;
}

int finding_kind_index(const struct finding_kind *kind)
{
	int index = 0;

	while (finding_kind_at(index) != kind)
		index++;
	return index;
}

const struct finding_detail *finding_detail_at(int index, const struct finding_kind **kind)
{
	for (int i = 0; checkers[i]; i++)
		for (const struct finding_detail *d = checkers[i]->details; d && d->word; d++)
			if (!index--) {
				*kind = checkers[i]->kind;
				return d;
			}
	return NULL;
}

int finding_detail_index(const char *kind, const char *word)
{
	const struct finding_kind *of;
	const struct finding_detail *detail;

	for (int i = 0; (detail = finding_detail_at(i, &of)); i++)
		if (!strcmp(of->word, kind) && !strcmp(detail->word, word))
			return i;
	return -1;
}

const struct finding_kind *finding_kind_find(const char *word)
{
	for (int i = 0; checkers[i]; i++)
		if (!strcmp(checkers[i]->kind->word, word))
			return checkers[i]->kind;
	return NULL;
}

char *finding_kinds_list(void)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (int i = 0; finding_kind_at(i); i++)
		g_ptr_array_add(words, (char *)finding_kind_at(i)->word);
	g_ptr_array_add(words, NULL);
	return g_strjoinv(", ", (char **)words->pdata);
}
