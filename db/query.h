/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_QUERY_H
#define GUPCONV_QUERY_H

/* The texts of db/, built in: "schema", "views", "api", and db/queries/NAME.sql as NAME. */
struct query {
	const char *name;
	const char *text;
};

extern const struct query query_table[];

/* NULL when there is none of that name: a programming error. */
const char *query_text(const char *name);

#endif
