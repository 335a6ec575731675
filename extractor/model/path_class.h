/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_PATH_CLASS_H
#define GUPCONV_MODEL_PATH_CLASS_H

#include "model/knowledge.h"

/*
 * The class of the code below a path of the kernel, by the rows of kind path: the only
 * place that decides it. Paths are relative to the kernel's top; those of a module which
 * look like the kernel's begin with "./".
 */

/* Memory management and what serves it: its functions look at pages, and keep none. */
bool path_is_core(const struct knowledge *knowledge, const char *path);
/* mm/ itself. */
bool path_is_mm(const struct knowledge *knowledge, const char *path);
/* A header of the whole kernel. */
bool path_is_public(const struct knowledge *knowledge, const char *path);
/* Of mm/ itself, or such a header: a module's path of this kind is told apart by "./". */
bool path_is_kernels(const struct knowledge *knowledge, const char *path);
/* Where the functions of table api may be defined: no other function of such a name is theirs. */
bool path_is_api(const struct knowledge *knowledge, const char *path);
/* A header that is made for other folders: of the kernel, an architecture or a driver. */
bool path_is_header(const struct knowledge *knowledge, const char *path);
/* A header with the macros that warn: WARN_ON(), VM_WARN_ON_ONCE(). */
bool path_is_warning(const struct knowledge *knowledge, const char *path);

#endif
