#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Functions that take or release pages for their callers, and who calls them.
load helper

cut_columns() { awk -F'\t' -v names="$1" '
	NR == 1 { n = split(names, want, " "); for (i = 1; i <= NF; i++) at[$i] = i }
	{ for (i = 1; i <= n; i++) printf "%s%s", $(at[want[i]]), i < n ? "\t" : "\n" }' .out; }

@test "links --wrappers: a helper that returns an array, one that fills, ones that release" {
	mini_db
	gc links --wrappers --db x.db --format tsv
	[ "$code" = 0 ] && [ -z "$err" ]
	cut_columns "function role round carrier" >.rows
	grep -qxP 'msev_hold_memory\tacquire\t1\tresult' .rows
	grep -qxP 'msev_unhold_memory\trelease\t1\tparameter \d' .rows
	grep -qxP 'mbook_iommu_new\tacquire\t1\tparameter 2' .rows
	grep -qxP 'mbook_iommu_unpin\trelease\t1\tparameter 1' .rows
	[ -z "$(tail -n +2 .rows | cut -f2 | grep -vxE 'acquire|release')" ]
}

@test "sites --wrappers: the same columns, and every site as before" {
	mini_db
	gc sites --db x.db --format tsv
	cp .out plain
	gc sites --wrappers --db x.db --format tsv
	[ "$code" = 0 ] && [ -z "$err" ]
	head -n "$(wc -l <plain)" .out | cmp - plain
	tail -n +"$(($(wc -l <plain) + 1))" .out >further
	[ "$(wc -l <further)" -gt 5 ]
	[ -z "$(cut -f8,9 further | grep -vxP 'wrapper\tkeep')" ]
	[ "$(cut -f1 .out | sort -u | wc -l)" = "$(wc -l <.out)" ]
}

@test "sites --explain: of a site its links, of a call of a wrapper the way down" {
	mini_db
	gc sites --wrappers --db x.db --format tsv
	row=$(grep -P '\tmsev_unhold_memory\trelease\twrapper\t' .out | head -n 1)
	[ -n "$row" ]
	gc sites --db x.db --explain "$(printf %s "$row" | cut -f1)"
	[ "$code" = 0 ] && [ -z "$err" ]
	grep -q 'release, wrapper: wraps release_pages() at arch/x86/kvm/msev.c:' .out
	tail -n 1 .out | grep -qE 'arch/x86/kvm/msev.c:[0-9]+ +release_pages\(\)'
	gc sites --role acquire --db x.db --format tsv
	at=$(awk -F'\t' '$2 == "arch/x86/kvm/msev.c" { print $2 ":" $3; exit }' .out)
	gc explain --db x.db "$at"
	grep -q 'wrapped by msev_hold_memory() at arch/x86/kvm/msev.c:' .out
}

@test "sites --explain: no such site" {
	mini_db
	gc sites --db x.db --explain 99999
	failed 2 99999
	gc sites --db x.db --explain here
	failed 2 here
}
