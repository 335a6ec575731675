/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_OBJECT_RULES_H
#define GUPCONV_KBUILD_OBJECT_RULES_H

#include <glib.h>
#include <stdbool.h>

#include "kbuild/makefile.h"

/**
 * struct object_rule - one variable of a Kbuild file, "tee-$(CONFIG_X)"
 * @name: "tee"
 * @config: "CONFIG_X", or ""
 * @words: of char *, with folders in variables written out
 */
struct object_rule {
	const char *variable;
	char *name;
	char *config;
	GPtrArray *words;
};

/**
 * struct rules - a Kbuild file
 * @all: of struct object_rule
 */
struct rules {
	struct makefile *mk;
	GPtrArray *all;
};

/* The assignments of a Kbuild file; takes mk. */
struct rules *object_rules_new(struct makefile *mk);
void object_rules_free(void *rules);

/* true for obj-y and the like: what is in it is built */
bool rule_is_list(const struct object_rule *rule);
/* true when one of the rule's words uses the other's variable: "$(gem-y)" */
bool rule_uses(const struct object_rule *user, const struct object_rule *rule);
bool has_word(const GPtrArray *words, const char *word);

#endif
