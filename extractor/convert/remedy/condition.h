/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REMEDY_CONDITION_H
#define GUPCONV_CONVERT_REMEDY_CONDITION_H

#include "convert/remedy/remedy.h"

/*
 * On which condition the pages of a release were taken for writing, as an expression that holds
 * at the release. *condition is NULL for always; caller frees. The acquire says it:
 *
 *	FOLL_WRITE				always
 *	dir == FROM_DEVICE ? FOLL_WRITE : 0	dir == FROM_DEVICE, in the same function, if none of
 *						its variables is set in between
 *	the same, and req->dir = dir		req->dir == FROM_DEVICE, in another function that
 *						finds the pages in req
 *
 * Everything else refuses the remedy: a page that was taken for reading must not be dirtied.
 */
bool condition_of_write(struct remedy *remedy, struct remedy_context *context,
			const struct remedy_call *release, int token, char **condition);

#endif
