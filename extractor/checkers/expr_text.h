/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_EXPR_TEXT_H
#define GUPCONV_CHECKERS_EXPR_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Expressions as table path_node has them: canonical text. */

/* What a name, or a key that the walk of paths makes, consists of. */
#define NAME_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_:?@"

/* "&pages[i]", "(pages + n)", "*page": the array or variable itself. Caller frees. */
char *words_base(const char *text);
/* Which entry that is: "i" of "&pages[i]", "n" of "(pages + n)"; "0" of an array. Caller frees. */
char *words_offset(const char *text);
/* The name that an access begins with: "obj" of "obj->umem.pages". Caller frees. */
char *words_root(const char *text);
/* The name or access stands in the text, as a whole. */
bool words_have(const char *text, const char *key);
/* A variable's name, nothing more. */
bool words_plain(const char *text);
/* "pages[i]", "(pages + i)": one of many. */
bool words_element(const char *text);
/* "(a OP b)" with one of these operators: its two sides; caller frees both. */
bool words_sides(const char *text, const char *operators, char *op, char **left, char **right);
/* "a, f(b, c)" -> { "a", "f(b, c)" } */
char **words_arguments(const char *text);
/* The text with one name, where it begins an access, replaced. Caller frees. */
char *words_replace_root(const char *text, const char *root, const char *with);

#endif
