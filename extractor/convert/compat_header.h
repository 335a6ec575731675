/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_COMPAT_HEADER_H
#define GUPCONV_CONVERT_COMPAT_HEADER_H

#include "convert/context.h"

/*
 * A module that is also for kernels before 5.6 gets gup_compat.h, in its own folder, by which the
 * names of the pins mean what it did there before; each file that has changed includes it. Whether
 * it is for such kernels is told by the versions that it compares with, and taken for granted where
 * it asks for features of the kernel (HAVE_...).
 *
 * Changes the new texts of the plan's files. Stores the header as a file of the conversion, inside
 * of the caller's transaction. Nothing happens to a tree. Fails with EXIT_INPUT when the module has
 * a file of that name that gupconv did not make.
 */
bool compat_header_add(struct convert *convert, GError **error);

#endif
