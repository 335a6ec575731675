/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAKEFILE_CALL_H
#define GUPCONV_KBUILD_MAKEFILE_CALL_H

#include <stdbool.h>

#include "kbuild/makefile.h"

/**
 * struct make_call - a line of a recipe that calls make with variables
 * @folder: as written, of M= or SUBDIRS=, else of -C
 * @kbuild: it is one of M= or SUBDIRS=
 * @names: of the variables (char *), and @values, as written
 */
struct make_call {
	char *folder;
	bool kbuild;
	GPtrArray *names, *values;
};

/* Notes the call that a line of a recipe makes: "$(MAKE) -C $(KDIR) M=$(PWD) EXTRA_CFLAGS=-DX". */
void make_calls_add(struct makefile *mk, const char *line);
void make_call_free(void *call);
/*
 * The value of a variable that a caller of the Makefile hands over, as written there, or NULL.
 * *caller: whose it is, to expand it with. after: the last value found, or NULL for the first.
 */
const char *make_call_value(const struct makefile *mk, const char *name, const char *after,
			    const struct makefile **caller);

#endif
