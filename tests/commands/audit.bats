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

@test "explain: places are said in words" {
	mini_db
	gc explain drivers/platform/mgold/mgold_pipe.c:"$(grep -n 'get_user_pages_fast(' \
		"$ROOT/tests/trees/put_user_page/drivers/platform/mgold/mgold_pipe.c" |
		head -n 1 | cut -d: -f1)" --db x.db
	grep -q '  parameter [0-9]* of [a-z_]*()$' .out
	grep -q 'pages in parameter [0-9]* of [a-z_]*()' .out
	! grep -q '(#' .out
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

# The cells of that column in the audit's own TSV
cells() { # column
	awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' .out
}

@test "audit: every finding has a kind, a place and a reason, and exit 1 says that there are some" {
	mini_db
	gc audit --db x.db --format tsv
	[ "$code" = 1 ]
	[ -z "$err" ]
	[ "$(head -n 1 .out | cut -f1-11 | tr '\t' ' ')" = \
		"finding id path line column function role callee subsystem group_id reason" ]
	[ -z "$(cells finding | grep -vxE 'missed|mismatched|unreleased|double|flags|dirty|bad-count|bad-pointer|atomic|mixed|hazard|unknown')" ]
	for column in path line reason fingerprint; do
		[ "$(cells $column | wc -l)" -gt 3 ]
		cells $column | awk '$0 == "" { exit 1 }'
	done
	[ -z "$(cells accepted | grep .)" ]
	[ -z "$(cells fingerprint | sort | uniq -d)" ]
}

@test "audit: the parts add up to the sites and to the findings" {
	for era in none put_user_page pin_user_pages; do
		rm -f x.db
		mini_era $era
		gc audit --db x.db --counts --format tsv
		[ "$code" = 1 ]
		sites=$("$GUPCONV" sites --db x.db --format tsv | tail -n +2 | wc -l)
		findings=$("$GUPCONV" audit --db x.db --format tsv | tail -n +2 | wc -l)
		awk -F'\t' -v sites="$sites" -v findings="$findings" '
			NR == 1 { if ($0 != "what\tacquires\treleases\tfindings\taccepted") exit 1; next }
			$1 == "total" { found = 1; exit !($2 == a && $3 == r && $4 == f && a + r == sites && f == findings) }
			{ a += $2; r += $3; f += $4 }
			END { if (!found) exit 1 }' .out
	done
}

@test "audit: the text ends with the same counts" {
	mini_db
	gc audit --db x.db
	tail -n 17 .out | tr -s ' ' '\t' >text
	[ "$(grep -c '' text)" = 17 ]
	gc audit --db x.db --counts
	tr -s ' ' '\t' <.out | diff text <(tail -n +2)
	gc audit --db x.db --counts --format json
	/usr/bin/python3 -c "
import json, sys
rows = json.load(open('.out'))
table = [line.split('\t') for line in open('text').read().splitlines()]
assert [[str(v) for v in row.values()] for row in rows] == table"
}

@test "audit: what is not decided is in a group with something to look at" {
	for era in none put_user_page pin_user_pages; do
		rm -f x.db
		mini_era $era
		gc sql --db x.db --format tsv "SELECT path, line FROM site
			WHERE state IN ('mixed', 'unknown', 'mismatched') AND group_id NOT IN
			(SELECT d.group_id FROM finding AS f JOIN decision AS d ON d.call_id = f.call_id)"
		[ "$(wc -l <.out)" = 1 ] || { cat .out; return 1; }
	done
}

@test "audit: --kind is one of the kinds, or more" {
	mini_db
	gc audit --db x.db --kind mixed --format tsv
	[ "$code" = 1 ]
	[ "$(cells finding | sort -u)" = mixed ]
	gc audit --db x.db --kind mixed,unknown --format tsv
	[ "$(cells finding | sort -u | tr '\n' ' ')" = "mixed unknown " ]
	gc audit --db x.db --kind mixed --kind unknown --format tsv
	[ "$(cells finding | sort -u | tr '\n' ' ')" = "mixed unknown " ]
	gc audit --db x.db --kind mismatched
	[ "$code" = 0 ]
	gc audit --db x.db --kind wrong
	failed 2 "--kind wrong: give one of"
	gc audit --db x.db --kind mixed,
	failed 2 "--kind : give one of"
}

@test "audit: a pin that put_page() drops is mismatched, a release left over is missed" {
	mini_era pin_user_pages
	gc audit --db x.db --kind mismatched
	[ "$code" = 1 ]
	grep -q '^drivers/misc/wicket.c:27: mismatched: put_page() here, but pin_user_pages_fast() at .*\[wicket_open\]$' .out
	grep -q '^drivers/misc/wicket.c:77: mismatched: unpin_user_page() here, but get_user_pages_fast()' .out
	rm x.db
	mini_era put_user_page
	gc audit --db x.db --kind missed
	[ "$code" = 1 ]
	grep -q '^drivers/misc/trellis.c:.*put_user_pages_dirty_lock() at .* has been converted' .out
}

@test "audit: limit: an accepted finding of a function that was renamed is a finding again" {
	cp -r "$ROOT/tests/trees/pin_user_pages" tree
	"$GUPCONV" index tree --db x.db 2>/dev/null
	"$GUPCONV" audit --db x.db --write-baseline accepted
	gc audit --db x.db --baseline accepted
	[ "$code" = 0 ]
	sed -i 's/wicket_open/wicket_unbar/' tree/drivers/misc/wicket.c
	"$GUPCONV" index tree --db x.db 2>/dev/null
	gc audit --db x.db --baseline accepted
	[ "$code" = 1 ]
	grep -q 'mismatched: .*\[wicket_unbar\]$' .out
	[[ "$err" == *"stale entry: there is no such finding now"* ]]
}

@test "audit: --completeness compares the text with what was parsed" {
	mini_db
	gc audit --db x.db --completeness --format tsv
	[ "$(head -n 1 .out | cut -f1-3 | tr '\t' ' ')" = "role text resolved" ]
	tail -n +2 .out | awk -F'\t' '$2 != $3 + $4 + $5 + $6 + $7 { exit 1 }'
}
