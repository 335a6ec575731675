/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_HEADER_VALUES_H
#define GUPCONV_CONVERT_PATCH_SOURCE_HEADER_VALUES_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct header_value - a macro without parameters, or an enumerator
 * @text: the expression that it stands for; an enumerator without one has "BEFORE + 1" or "0"
 * @at: the byte of the text that it begins at, with the texts before it counted
 * @unclear: its value depends on the configuration: two definitions that differ, or an
 *	enumerator that counts on across an #if
 */
struct header_value {
	char *name, *text;
	gsize at;
	bool unclear;
};

/**
 * struct header_values - what headers define, by their text
 * @by_name: name -> struct header_value, which are the table's own
 * @code: the texts without comments and directives, for struct_member_bits()
 */
struct header_values {
	GHashTable *by_name;
	GString *code;
};

struct header_values *header_values_new(void);
void header_values_free(struct header_values *values);
typedef struct header_values header_values_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(header_values_t, header_values_free)

/* Adds what one header's text defines, whatever the configuration. */
void header_values_add(struct header_values *values, const char *text);
/*
 * The width in bits of a member of an integer type that every kernel has; the smallest that it
 * has anywhere (long: 32). 0: no such struct, member or type.
 */
unsigned int header_member_bits(const struct header_values *values, const char *structure,
				const char *member);

#endif
