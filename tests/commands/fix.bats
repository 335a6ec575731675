#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# fix: patches for findings, what has none, and what is not written.
load helper

export GIT_AUTHOR_NAME="Ada Author" GIT_AUTHOR_EMAIL=ada@example.org

# A driver of its own: a mistake that a patch mends, and one that none does
pond_tree() {
	cp -r "$ROOT/tests/trees/pin_user_pages" "$T/tree"
	cat >"$T/tree/drivers/misc/pond.c" <<-'C'
		// SPDX-License-Identifier: GPL-2.0
		#include <linux/mm.h>
		#include "pond.h"

		int pond_fill(struct pond *pond, unsigned long uaddr)
		{
			return pin_user_pages_fast(uaddr, 1, FOLL_LONGTERM, &pond->page) == 1 ? 0 : -EFAULT;
		}

		void pond_drain(struct pond *pond)
		{
			put_page(pond->page);
		}
	C
	printf 'struct pond {\n\tstruct page *page;\n};\n' >"$T/tree/drivers/misc/pond.h"
	echo "obj-m += pond.o" >>"$T/tree/drivers/misc/Makefile"
}

pond_db() {
	pond_tree
	"$GUPCONV" index "$T/tree" --db "$T/x.db" 2>/dev/null
}

@test "lists each finding with its patch or the reason, exit 1" {
	pond_db
	keep_safe x.db
	gc fix --db x.db --format tsv
	[ "$code" = 1 ]
	[ "$(head -n 1 .out)" = "$(printf 'patch\tfinding\tdetail\tpath\tline\tfunction\tcallee\tremedy\twhy\treason\tsubsystem')" ]
	[ "$(awk -F'\t' '{ print NF }' .out | sort -u)" = 11 ]
	grep -qP '^\d+\tmismatched\t\tdrivers/misc/pond.c\t12\tpond_drain\tput_page\trelease-kind\t\t' .out
	[ -z "$(tail -n +2 .out | awk -F'\t' '($1 == "") == ($9 == "")')" ]
	untouched x.db
}

@test "nothing left: exit 0" {
	pond_db
	gc fix --db x.db --only drivers/misc/pond.c
	[ "$code" = 0 ]
	[[ "$out" == *"pond.c:12: mismatched: "*"patch 1: release-kind"* ]]
	[ "$err" = "gupconv: 1 of 1 findings have a patch: 1 patches" ]
}

@test "--diff applies, and the tree is as it was" {
	pond_db
	before=$(cd tree && find . -type f -exec sha256sum {} + | sort)
	gc fix --db x.db --only drivers/misc/pond.c --diff
	[ "$code" = 0 ]
	[ "$before" = "$(cd tree && find . -type f -exec sha256sum {} + | sort)" ]
	(cd tree && git apply -) <.out
	[ "$(grep -c unpin_user_page tree/drivers/misc/pond.c)" = 1 ]
	[ "$(diff .out <(echo) | grep -c '^< [-+][^-+]')" = 2 ]
}

@test "--out: a mail that git am takes, with the commit at fault" {
	pond_tree
	mv tree/drivers/misc/pond.c pond.c
	sed 's/put_page(/unpin_user_page(/' pond.c >tree/drivers/misc/pond.c
	git -C tree init -q .
	git -C tree add -A
	git -C tree -c user.name=a -c user.email=a@b commit -qm "all of it"
	cp pond.c tree/drivers/misc/pond.c
	git -C tree -c user.name=a -c user.email=a@b commit -qam "pond: drop the page"
	commit=$(git -C tree log -1 --format=%H)
	"$GUPCONV" index tree --db x.db 2>/dev/null
	gc fix --db x.db --only drivers/misc/pond.c --out out
	[ "$code" = 0 ] || { echo "$err"; return 1; }
	mail=$(ls out/0001-*.patch)
	grep -q "^Fixes: ${commit:0:12} (\"pond: drop the page\")$" "$mail"
	grep -q '^Signed-off-by: Ada Author <ada@example.org>$' "$mail"
	grep -q '^- *put_page(pond->page);' <(sed 's/\t/ /g' "$mail")
	git -C tree -c user.name=a -c user.email=a@b am -q "$T/$mail"
	git -C tree log -1 --format=%B | grep -q '^pond_drain() releases by put_page()'
}

@test "--out without history says so below the dashes" {
	pond_db
	gc fix --db x.db --only drivers/misc/pond.c --out out
	[ "$code" = 0 ] || { echo "$err"; return 1; }
	! grep -q '^Fixes:' out/0001-*.patch
	[ "$(sed -n '/^---$/{n;p;q}' out/0001-*.patch)" = "No Fixes: tag: the tree has no git history here." ]
	[ "$(find out -name '*.patch' | wc -l)" = 2 ]
}

@test "-n writes nothing" {
	pond_db
	gc fix --db x.db --only drivers/misc/pond.c --out out -n
	[ "$code" = 0 ] && [ ! -e out ]
}

@test "wrong usage" {
	gc fix --kind nothing
	failed 2 "--kind nothing"
	gc fix --db x.db -j 0
	failed 2 "-j"
	gc fix --db x.db --diff --out out
	failed 2 "--diff"
	gc fix --db x.db
	failed 3 "x.db"
}

@test "series --fixes puts them first" {
	pond_db
	"$GUPCONV" convert --db x.db >/dev/null
	gc series --db x.db -o plain --no-tree-scripts
	[ "$code" = 0 ] || { echo "$err"; return 1; }
	gc series --db x.db -o both --no-tree-scripts --fixes
	[ "$code" = 0 ] || { echo "$err"; return 1; }
	grep -l 'pond_drain() releases' both/*.patch
	first=$(grep -lE '^(Subject: .*convert |.*becomes pin_user)' both/0*.patch | grep -v 0000 | head -n 1)
	[[ "$(grep -l 'pond_drain() releases' both/*.patch)" < "$first" ]]
	[ "$(find both -name '*.patch' | wc -l)" -gt "$(find plain -name '*.patch' | wc -l)" ]
}
