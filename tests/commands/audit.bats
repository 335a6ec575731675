#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# explain and audit: the chain of a site, and counts that add up.
load helper

# The three eras' mini kernels
mini_era() {
	"$GUPCONV" index "$ROOT/tests/trees/$1" --db "$T/x.db" 2>/dev/null
}

@test "explain: from the acquire to its release, line by line" {
	mini_db
	gc explain drivers/misc/pawl.c:71 --db x.db
	[ "$code" = 0 ] && [ -z "$err" ]
	grep -q '^#[0-9]* drivers/misc/pawl.c:71:' .out
	grep -q '^  link #[0-9]* drivers/misc/pawl.c:33 ' .out
	grep -q '^      drivers/misc/pawl.c:33 ' .out
	[ "$(wc -l <.out)" -lt 50 ]
}

@test "explain: an id and path:line name the same site" {
	mini_db
	id=$("$GUPCONV" sql "SELECT id FROM site WHERE path = 'drivers/misc/pawl.c' AND line = 71" \
		--db x.db --format tsv | tail -n 1)
	gc explain drivers/misc/pawl.c:71 --db x.db
	cp .out by-line
	gc explain "$id" --db x.db
	cmp by-line .out
}

@test "explain: no site there, and no site's name" {
	mini_db
	gc explain drivers/misc/pawl.c:1 --db x.db
	failed 2 "no acquire or release is at drivers/misc/pawl.c:1"
	gc explain pawl --db x.db
	failed 2 "give the id of a site, or path:line"
}

@test "audit: every finding has a kind and a reason, and exit 1 says that there are some" {
	mini_db
	gc audit --db x.db --format tsv
	[ "$code" = 1 ] && [ -z "$err" ]
	[ "$(head -n 1 .out | cut -f1)" = finding ]
	[ -z "$(tail -n +2 .out | cut -f1 | grep -vxE 'missed|mismatched|mixed|unknown')" ]
	[ -z "$(tail -n +2 .out | awk -F'\t' '$NF == ""')" ]
}

@test "audit: the parts add up to the sites" {
	mini_db
	gc audit --db x.db
	all=$("$GUPCONV" sites --db x.db --format tsv | tail -n +2 | wc -l)
	awk -v all="$all" '
		$1 == "total" { found = 1; exit !($2 == a && $3 == r && a + r == all) }
		seen { a += $2; r += $3 }
		$1 == "acquires" && NF == 2 { seen = 1 }
		END { if (!found) exit 1 }' .out
}

@test "audit: --kind is one of the kinds" {
	mini_db
	gc audit --db x.db --kind mixed --format tsv
	[ "$(tail -n +2 .out | cut -f1 | sort -u)" = mixed ]
	gc audit --db x.db --kind wrong
	failed 2 "--kind wrong: give one of"
}

@test "audit: a pin that put_page() drops is mismatched, a release left over is missed" {
	mini_era pin_user_pages
	gc audit --db x.db --kind mismatched --format tsv
	[ "$code" = 1 ]
	grep -q 'drivers/misc/wicket.c.*put_page' .out
	mini_era put_user_page
	gc audit --db x.db --kind missed --format tsv
	[ "$code" = 1 ]
	grep -q 'drivers/misc/trellis.c' .out
}

@test "audit: --completeness compares the text with what was parsed" {
	mini_db
	gc audit --db x.db --completeness --format tsv
	[ "$(head -n 1 .out | cut -f1-3 | tr '\t' ' ')" = "role text resolved" ]
	tail -n +2 .out | awk -F'\t' '$2 != $3 + $4 + $5 + $6 + $7 { exit 1 }'
}
