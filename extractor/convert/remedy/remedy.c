// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <string.h>

#include "convert/remedy/remedy.h"

/**
 * struct remedy_kind - what mends findings of a kind and detail
 * @detail: NULL: any
 * @why: where @make is NULL: why nothing local mends these
 */
struct remedy_kind {
	const char *kind, *detail;
	remedy_fn make;
	const char *why;
};

/* The first that fits counts. */
static const struct remedy_kind kinds[] = {
	{ "mismatched", "", remedy_mismatched, NULL },
	{ "mismatched", "freed", remedy_freed, NULL },
	{ "flags", "boolean", remedy_boolean, NULL },
	{ "flags", "no-longterm", remedy_longterm, NULL },
	{ "flags", "no-write", remedy_no_write, NULL },
	{ "flags", "longterm-get", NULL,
	  "FOLL_LONGTERM wants a pin, so that the acquire and all its releases have to change" },
	{ "dirty", "clean", remedy_clean, NULL },
	{ "dirty", "unlocked", remedy_unlocked, NULL },
	{ "unreleased", NULL, remedy_unreleased, NULL },
	{ "bad-count", "negative-count", remedy_negative, NULL },
	{ "bad-count", "uninitialised-entry", remedy_short_count, NULL },
	{ "bad-pointer", "no-page", remedy_compare, NULL },
	{ "dirty", "atomic", NULL,
	  "the release has to move to where it may sleep, which is a matter of the driver's locks" },
	{ "missed", NULL, NULL, "the acquire has to be converted with all its releases" },
};

void remedy_free(void *data)
{
	struct remedy *remedy = data;

	if (!remedy)
		return;
	g_free(remedy->path);
	g_free(remedy->after);
	g_free(remedy->why);
	g_free(remedy->was);
	g_free(remedy->became);
	g_free(remedy);
}

bool remedy_refuse(struct remedy *remedy, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!remedy->why)
		remedy->why = g_strdup_vprintf(format, args);
	va_end(args);
	return false;
}

void remedy_done(struct remedy *remedy, const char *rule, const char *path, char *after)
{
	if (!after) {
		remedy_refuse(remedy, "the statement shares its line, or is the branch of an if "
				      "with an else: it is to be written by hand");
		return;
	}
	remedy->rule = rule;
	remedy->path = g_strdup(path);
	remedy->after = after;
}

bool remedy_is_due(const struct finding *finding)
{
	const struct finding_kind *kind = finding_kind_find(finding->kind);

	return kind && !strcmp(kind->level, "error");
}

struct remedy *remedy_make(struct remedy_context *context, const struct finding *finding)
{
	struct remedy *remedy = g_new0(struct remedy, 1);

	remedy->finding = finding;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const struct remedy_kind *kind = &kinds[i];

		if (strcmp(kind->kind, finding->kind) ||
		    (kind->detail && strcmp(kind->detail, finding->detail)))
			continue;
		if (kind->make)
			kind->make(remedy, context);
		else
			remedy_refuse(remedy, "%s", kind->why);
		break;
	}
	if (!remedy->after)
		remedy_refuse(remedy, "no rule mends this kind");
	else if (!strncmp(remedy->path, "mm/", 3) || !strncmp(remedy->path, "include/", 8))
		remedy_refuse(remedy, "what is shared by all of the tree is not mended by rule");
	if (remedy->why)
		g_clear_pointer(&remedy->after, g_free);
	return remedy;
}
