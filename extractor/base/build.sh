#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Prints a C file with two hashes of the sources named: of those that what is
# learnt from a file depends on, and of all. Run from the top of the project.
set -eu

hash_of() {
	LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -d ' ' -f 1
}

facts=$(printf '%s\n' "$@" | grep -E '^(extractor/(base|tree|ast)/|db/api\.sql$)' | hash_of)
all=$(printf '%s\n' "$@" | hash_of)
printf '#include "build.h"\n\nconst char build_of_facts[] = "%s";\nconst char build_of_all[] = "%s";\n' \
	"$facts" "$all"
