/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAKEFILE_UNKNOWN_H
#define GUPCONV_KBUILD_MAKEFILE_UNKNOWN_H

#include "kbuild/makefile.h"

/* Notes a construct of a module's Makefile that nothing is made of: see struct make_unknown. */
void make_unknown_add(struct makefile *mk, const char *path, guint line, const char *variable,
		      const char *text, size_t length);
/* The same of each command in the value of a variable, whatever it stands inside of. */
void make_unknown_commands(struct makefile *mk, const char *path, guint line, const char *variable,
			   const char *value);
void make_unknown_free(void *unknown);

#endif
