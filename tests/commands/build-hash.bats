#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What an earlier build has learnt is not taken over by one of other sources.
load helper

sources() {
	mkdir -p extractor/ast extractor/convert db
	echo 'int a;' >extractor/ast/a.c
	echo 'int b;' >extractor/convert/b.c
	echo 'SELECT 1;' >db/api.sql
}

hashes() {
	"$ROOT/extractor/base/build.sh" "$@" |
		sed -n 's/.*"\([0-9a-f]\{64\}\)";/\1/p'
}

of() { hashes extractor/ast/a.c extractor/convert/b.c db/api.sql; }

@test "the same sources, the same hashes, in any order" {
	sources
	of >one && [ "$(wc -l <one)" = 2 ]
	touch extractor/ast/a.c
	hashes db/api.sql extractor/convert/b.c extractor/ast/a.c | cmp - one
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
	mv extractor/ast/a.c extractor/ast/c.c
	hashes extractor/ast/c.c extractor/convert/b.c db/api.sql >two
	! cmp -s one two
}

@test "the program has them" {
	strings "$GUPCONV" >words
	[ "$(grep -cx '[0-9a-f]\{64\}' words)" -ge 2 ]
}
