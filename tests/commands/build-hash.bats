#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Facts of an earlier build are not taken over by a build of other sources.
load helper

sources() {
	mkdir -p extractor/frontend extractor/convert db
	echo 'int a;' >extractor/frontend/a.c
	echo 'int b;' >extractor/convert/b.c
	echo 'SELECT 1;' >db/api.sql
}

hashes() {
	"$ROOT/extractor/base/build.sh" "base db frontend" "$@" |
		sed -n 's/.*"\([0-9a-f]\{64\}\)";/\1/p'
}

of() { hashes extractor/frontend/a.c extractor/convert/b.c db/api.sql; }

@test "the same sources, the same hashes, in any order" {
	sources
	of >one && [ "$(wc -l <one)" = 2 ]
	touch extractor/frontend/a.c
	hashes db/api.sql extractor/convert/b.c extractor/frontend/a.c | cmp - one
}

@test "a change where files are parsed changes both, elsewhere that of all alone" {
	sources
	of >one
	echo >>extractor/convert/b.c
	of >two
	[ "$(sed -n 1p one)" = "$(sed -n 1p two)" ] && [ "$(sed -n 2p one)" != "$(sed -n 2p two)" ]
	echo "-- more" >>db/api.sql
	of >three
	[ "$(sed -n 1p two)" != "$(sed -n 1p three)" ] && [ "$(sed -n 2p two)" != "$(sed -n 2p three)" ]
}

@test "a file of another name is another source" {
	sources
	of >one
	mv extractor/frontend/a.c extractor/frontend/c.c
	hashes extractor/frontend/c.c extractor/convert/b.c db/api.sql >two
	! cmp -s one two
}

# The list of rooms once named rooms that had moved: facts of an older program stayed in use.
@test "a change of any source up to room frontend is one of the facts" {
	rooms=$(sed -n 's/^FACT_ROOMS := //p' "$ROOT/Makefile")
	all=$(sed -n '/^ROOMS := /,/[^\\]$/p' "$ROOT/Makefile" | tr -d '\\\n' | sed 's/ROOMS := //')
	case $(echo $all) in "$(echo $rooms) "*) ;; *) echo "$rooms is no beginning of $all"; return 1 ;; esac
	cp -r "$ROOT/extractor" "$ROOT/db" .
	list=$(find extractor db -name '*.[ch]' -o -name api.sql)
	facts() { "$ROOT/extractor/base/build.sh" "$rooms" $list | sed -n 's/.*build_of_facts.*"\(.*\)";/\1/p'; }
	old=$(facts)
	[ -n "$old" ]
	for room in $rooms; do
		for file in "$room"/*.[ch] extractor/"$room"/*.[ch]; do
			[ -f "$file" ] || continue
			cp "$file" kept && echo >>"$file"
			[ "$(facts)" != "$old" ] || { echo "$file is not hashed"; return 1; }
			cp kept "$file"
		done
	done
}

@test "the program has them" {
	strings "$GUPCONV" >words
	[ "$(grep -cx '[0-9a-f]\{64\}' words)" -ge 2 ]
}
