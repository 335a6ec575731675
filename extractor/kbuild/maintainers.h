/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAINTAINERS_H
#define GUPCONV_KBUILD_MAINTAINERS_H

#include <glib.h>
#include <stdbool.h>

#include "model/contact_kind.h"

/* A line of a section. */
struct maintainers_contact {
	enum contact_kind kind;
	char *value;
};

/**
 * struct maintainers_section - one section of MAINTAINERS
 * @name: its first line
 * @status: its S: line, "" when there is none
 * @contacts: of struct maintainers_contact, in file order
 * @rest: the section of last resort, "THE REST"
 * @patterns: private
 */
struct maintainers_section {
	char *name;
	char *status;
	GPtrArray *contacts;
	bool rest;
	GPtrArray *patterns;
};

struct maintainers;

/* TREE/MAINTAINERS; fails with EXIT_INPUT when it cannot be read. */
struct maintainers *maintainers_read(const char *tree, GError **error);
/* From memory: any bytes will do. */
struct maintainers *maintainers_parse(const char *text, gsize length);
void maintainers_free(struct maintainers *m);

/* All sections, of struct maintainers_section, in file order. */
const GPtrArray *maintainers_sections(const struct maintainers *m);

/*
 * The section that owns the path by get_maintainer.pl's rules: deepest F:
 * pattern first, then N:, then THE REST; X: excludes. NULL when none does.
 */
const struct maintainers_section *maintainers_owner(struct maintainers *m, const char *path);

/*
 * As above, but before THE REST the file's text is matched against the K:
 * patterns. text may be NULL.
 */
const struct maintainers_section *maintainers_owner_of_text(struct maintainers *m, const char *path,
							    const char *text, gsize length);

/*
 * true when the section owns the path by a folder in which others own parts: DRM DRIVERS,
 * MEMORY MANAGEMENT and THE REST hold several drivers, a section of a driver's own is one.
 */
bool maintainers_is_umbrella(const struct maintainers *m, const struct maintainers_section *section,
			     const char *path);

#endif
