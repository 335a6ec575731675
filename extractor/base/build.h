/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_BUILD_H
#define GUPCONV_BASE_BUILD_H

/*
 * SHA-256 over the sources that this program was built from, made by
 * base/build.sh: what an earlier build has learnt is learnt again, whether or
 * not the version number was changed. The same sources, the same hash.
 */
extern const char build_of_facts[];	/* of what reads and parses a file */
extern const char build_of_all[];

#endif
