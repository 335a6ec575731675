/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_PASSED_OVER_H
#define GUPCONV_PIPELINE_PASSED_OVER_H

#include "pipeline/indexer.h"

/*
 * Takes out of a module's candidates the programs and libraries of user space that its repository
 * has besides, and adds a note for each. A source stays when a rule compiles it, when it includes
 * a header that only the kernel has, by itself or by headers of the module, or when it names a
 * function that takes or releases pages (names, of char *). A header stays when a source that
 * stays includes it, or when it names such a function. Sets ix->includers.
 */
void passed_over_drop(struct indexer *ix, GPtrArray *names);

#endif
