#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build.sh "ROOM ..." SOURCE...: prints a C file with two hashes of the sources: of those that
# the facts of a file depend on (those rooms' and the API table), and of all.
# Run from the top of the project.
set -eu

rooms=$(echo "$1" | tr -s ' ' '|')
shift

hash_of() {
	LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -d ' ' -f 1
}

facts=$(printf '%s\n' "$@" | grep -E "^((extractor/)?($rooms)/[^/]*\.[ch]|db/api\.sql)\$" | hash_of)
all=$(printf '%s\n' "$@" | hash_of)
printf '#include "base/build.h"\n\nconst char build_of_facts[] = "%s";\nconst char build_of_all[] = "%s";\n' \
	"$facts" "$all"
