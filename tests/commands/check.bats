#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# check: what a change brings in, and nothing else.
load helper

PIN=$ROOT/tests/trees/pin_user_pages

# A driver whose second file has a release alone
perch() { # FOLDER
	cat >"$1/perch.h" <<-'C'
		/* SPDX-License-Identifier: GPL-2.0 */
		struct perch {
			struct device *dev;
			struct page *bar;
			dma_addr_t dma;
		};
		void perch_leave(struct perch *perch);
	C
	cat >"$1/perch.c" <<-'C'
		// SPDX-License-Identifier: GPL-2.0
		#include <linux/dma-mapping.h>
		#include <linux/mm.h>
		#include "perch.h"

		int perch_sit(struct perch *perch, unsigned long uaddr)
		{
			if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE | FOLL_LONGTERM, &perch->bar) != 1)
				return -EFAULT;
			perch->dma = dma_map_page(perch->dev, perch->bar, 0, PAGE_SIZE, DMA_TO_DEVICE);
			return 0;
		}
	C
	cat >"$1/perch_leave.c" <<-'C'
		// SPDX-License-Identifier: GPL-2.0
		#include <linux/mm.h>
		#include "perch.h"

		void perch_leave(struct perch *perch)
		{
			unpin_user_page(perch->bar);
		}
	C
}

# An indexed copy of the pin era's mini kernel, made once: $SAMPLE/tree and $SAMPLE/base.db
setup_file() {
	SAMPLE=$BATS_FILE_TMPDIR
	export SAMPLE
	cp -r "$PIN" "$SAMPLE/tree"
	cat >"$SAMPLE/tree/drivers/misc/linnet.h" <<-'C'
		/* SPDX-License-Identifier: GPL-2.0 */
		#define LINNET_DROP(page)	unpin_user_page(page)
	C
	sed -i -e 's/unpin_user_page(page)/LINNET_DROP(page)/' \
		-e 's/^#include <linux.slab.h>/&\n\n#include "linnet.h"/' "$SAMPLE/tree/drivers/misc/linnet.c"
	perch "$SAMPLE/tree/drivers/misc"
	"$GUPCONV" index "$SAMPLE/tree" --db "$SAMPLE/base.db" 2>/dev/null
	cp -r "$SAMPLE/tree" "$SAMPLE/repo"
	cd "$SAMPLE/repo" || return 1
	git init -q .
	git config user.name Tester
	git config user.email tester@example.org
	git add -A
	git commit -qm base
}

# A work copy to make patches from: the tree that was indexed stays as it is.
copy() {
	cp -r "$SAMPLE/repo" "$T/new"
}

# The change of the copy, as a patch
make_patch() { # OPTION of git diff...
	git -C new add -A
	git -C new diff --cached "$@" HEAD >x.patch
	[ -s x.patch ]
}

check() { # ARGUMENT...
	gc check --db "$SAMPLE/base.db" "$@"
}

expect() { # EXIT LINES
	[ "$code" = "$1" ] || { echo "exit $code: $err $out"; return 1; }
	[ "$(grep -c . "$T/.out")" = "$2" ] || { echo "not $2 lines: $out"; return 1; }
}

# The same by two whole indexes: fingerprints that only the new tree has
slow_check() {
	"$GUPCONV" index new --db new.db 2>/dev/null
	for db in "$SAMPLE/base.db" new.db; do
		"$GUPCONV" audit --db "$db" --format tsv | fingerprints >"$(basename "$db").list"
	done
	comm -13 base.db.list new.db.list
}

fingerprints() {
	awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "fingerprint") c = i; next } { print $c }' | sort
}

in_git() {
	cp -r "$SAMPLE/repo" "$T/repo"
	cd "$T/repo" || return 1
}

@test "check: a put_page() by mistake is one finding, at its line" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	check x.patch
	expect 1 1
	grep -q '^drivers/misc/linnet.c:39: mismatched: release_pages() here, but pin_user_pages_fast() at .*\[linnet_pin\]$' .out
	[ "$err" = "gupconv: the change brings in 1 finding" ]
	gc check --db "$SAMPLE/base.db" <x.patch
	check - <x.patch
	"$GUPCONV" check --db "$SAMPLE/base.db" --format tsv <x.patch 2>/dev/null | fingerprints >fast || true
	slow_check >slow
	diff slow fast
}

@test "check: a release left over in a conversion is missed" {
	"$GUPCONV" index "$ROOT/tests/trees/put_user_page" --db put.db 2>/dev/null
	cp -r "$ROOT/tests/trees/put_user_page/drivers" .
	sed -i 's/^\tput_user_page(page);/\tif (dirty)\n\t\tput_page(page);\n\telse\n\t\tput_user_page(page);/' \
		drivers/misc/trellis.c
	diff -u --label a/drivers/misc/trellis.c --label b/drivers/misc/trellis.c \
		"$ROOT/tests/trees/put_user_page/drivers/misc/trellis.c" drivers/misc/trellis.c >x.patch || true
	gc check --db put.db x.patch
	expect 1 1
	grep -q '^drivers/misc/trellis.c:70: missed: put_user_page() at drivers/misc/trellis.c:72 has been converted' .out
}

@test "check: TSV, JSON and SARIF have the columns and members of audit" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	check x.patch --format tsv
	expect 1 2
	"$GUPCONV" audit --db "$SAMPLE/base.db" --format tsv | head -n 1 | diff - <(head -n 1 .out)
	check x.patch --format json
	[ "$code" = 1 ]
	/usr/bin/python3 -c "import json; (row,) = json.load(open('.out')); assert row['finding'] == 'mismatched'"
	check x.patch --format sarif
	[ "$code" = 1 ]
	/usr/bin/python3 -c "
import json
(run,) = json.load(open('.out'))['runs']
(result,) = run['results']
assert result['baselineState'] == 'new' and result['codeFlows'], result"
	check x.patch --kind missed,mixed
	expect 0 0
}

@test "check: a patch that mends something brings nothing in" {
	copy
	sed -i '27s/put_page(wk->gate\[i\])/unpin_user_page(wk->gate[i])/' new/drivers/misc/wicket.c
	make_patch
	check x.patch
	expect 0 0
	[[ "$err" == "gupconv: the change brings in no finding and takes "[1-9]*" away" ]]
	check x.patch --kind hazard
	expect 1 1
	grep -q '^drivers/misc/wicket.c:26: hazard (negative-count): ' .out
}

@test "check: lines that move are no findings" {
	copy
	for file in drivers/misc/wicket.c drivers/misc/thimble.c drivers/scsi/crank.c; do
		sed -i '1s,^,/* one */\n/* two */\n/* three */\n,' new/$file
	done
	make_patch
	check x.patch
	expect 0 0
	[ "$err" = "gupconv: the change brings in no finding" ]
}

@test "check: an unrelated patch, an empty one and none at all" {
	copy
	echo '# nothing' >>new/drivers/misc/Makefile
	echo 'int lone;' >new/kernel_lone.c
	make_patch
	check x.patch
	expect 0 0
	check /dev/null
	expect 0 0
	check
	expect 0 0
}

@test "check: a file that is added, in a folder that is new" {
	copy
	mkdir new/drivers/misc/wren
	sed -e 's/linnet/wren/g' -e 's/LINNET_DROP/put_page/' -e '/wren.h/d' new/drivers/misc/linnet.c >new/drivers/misc/wren/wren.c
	make_patch
	check x.patch
	expect 1 1
	grep -q '^drivers/misc/wren/wren.c:[0-9]*: mismatched: put_page() here' .out
	"$GUPCONV" check --db "$SAMPLE/base.db" --format tsv x.patch 2>/dev/null | fingerprints >fast || true
	slow_check | diff - fast
}

@test "check: a Makefile of the change says where headers are" {
	copy
	mkdir -p new/drivers/misc/wren/inc
	perch new/drivers/misc/wren
	mv new/drivers/misc/wren/perch.h new/drivers/misc/wren/inc/wren.h
	sed 1,3d new/drivers/misc/wren/perch_leave.c >>new/drivers/misc/wren/perch.c
	rm new/drivers/misc/wren/perch_leave.c
	sed -i -e 's/perch.h/wren.h/' -e 's/perch/wren/g' -e 's/unpin_user_page(/put_page(/' new/drivers/misc/wren/perch.c
	sed -i 's/perch/wren/g' new/drivers/misc/wren/inc/wren.h
	make_patch
	check x.patch
	grep -q '^drivers/misc/wren/perch.c:8: unknown: ' .out
	printf 'ccflags-y += -I$(src)/inc\nobj-$(CONFIG_WREN) += perch.o\n' >new/drivers/misc/wren/Makefile
	make_patch
	check x.patch
	expect 1 1
	grep -q '^drivers/misc/wren/perch.c:[0-9]*: mismatched: put_page() here' .out
}

@test "check: a file that is removed, one that is renamed" {
	copy
	rm new/drivers/misc/wicket.c
	make_patch
	check x.patch
	expect 0 0
	[[ "$err" == "gupconv: the change brings in no finding and takes "[1-9]*" away" ]]
	cp "$SAMPLE/tree/drivers/misc/wicket.c" new/drivers/misc/gate.c
	for how in -M --no-renames; do
		make_patch $how
		check x.patch
		expect 0 0
		[ "$err" = "gupconv: the change brings in no finding" ]
	done
}

@test "check: a function that is renamed takes its findings along" {
	copy
	sed -i 's/wicket_open/wicket_unbar/' new/drivers/misc/wicket.c
	make_patch
	check x.patch
	expect 0 0
	[ "$err" = "gupconv: the change brings in no finding" ]
	# but not to a function that was there before
	sed -i -e 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	check x.patch
	expect 1 1
}

# A driver for arm64 alone, as its Kconfig says; its mistake is in a header of that architecture
wren_for_arm64() {
	printf '#ifdef CONFIG_ARM64\n#define wren_drop(page) put_page(page)\n#endif\n' >new/arch/arm64/include/asm/wren.h
	sed -e 's/linnet/wren/g' -e 's/LINNET_DROP/wren_drop/' -e 's/"wren.h"/<asm\/wren.h>/' \
		new/drivers/misc/linnet.c >new/drivers/misc/wren.c
	echo 'obj-$(CONFIG_WREN) += wren.o' >>new/drivers/misc/Makefile
}

@test "check: Kconfig files of the change say what the files that it touches are for" {
	copy
	wren_for_arm64
	printf '\nconfig WREN\n\tbool "Wren"\n\tdepends on ARM64\n' >>new/drivers/misc/Kconfig
	make_patch
	check x.patch
	expect 1 1
	grep -q '^drivers/misc/wren.c:[0-9]*: mismatched: put_page() here' .out
}

@test "check: limit: what only a Kconfig file of the change makes of other files is not seen" {
	copy
	wren_for_arm64
	printf '\nconfig WREN\n\tbool "Wren"\n\tdepends on X86\n' >>new/drivers/misc/Kconfig
	"$GUPCONV" index new --db base.db 2>/dev/null
	cp -r new old
	sed -i 's/depends on X86/depends on ARM64/' new/drivers/misc/Kconfig
	diff -u --label a/drivers/misc/Kconfig --label b/drivers/misc/Kconfig old/drivers/misc/Kconfig \
		new/drivers/misc/Kconfig >x.patch || true
	gc check --db base.db --tree old x.patch
	expect 0 0
	"$GUPCONV" index new --db after.db 2>/dev/null
	"$GUPCONV" audit --db after.db | grep -q '^drivers/misc/wren.c:[0-9]*: mismatched: '
}

@test "check: what the index knows, the tree has lost since and the change brings back is found" {
	copy
	cp new/drivers/misc/linnet.c right.c
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	"$GUPCONV" index new --db old.db 2>/dev/null
	cp right.c new/drivers/misc/linnet.c
	gc check --db old.db --tree new x.patch
	expect 1 1
	grep -q '^drivers/misc/linnet.c:39: mismatched:' .out
}

@test "check: limit: every other file is taken to be as it was indexed" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	git -C new commit -qam "not part of the change"
	echo '/* nothing */' >>new/drivers/misc/wicket.c
	make_patch
	git -C new checkout -q HEAD -- drivers/misc/wicket.c
	gc check --db "$SAMPLE/base.db" --tree new x.patch
	expect 0 0
}

@test "check: limit: a header that all include costs an index, and check says so" {
	copy
	sed -i '$i int more_of_mm(void);' new/include/linux/mm.h
	make_patch
	check x.patch
	expect 0 0
	files=$("$GUPCONV" sql --db "$SAMPLE/base.db" --format tsv "SELECT count(*) FROM file WHERE path LIKE '%.c'" | tail -n 1)
	[[ "$err" =~ ^gupconv:\ ([0-9]+)\ files\ include\ what\ changes.* ]]
	[ "${BASH_REMATCH[1]}" -ge "$files" ]
}

@test "check: limit: an added file that names no acquire is not looked at" {
	copy
	sed -e 's/perch_leave/perch_flee/' -e 's/unpin_user_page(/put_page(/' \
		new/drivers/misc/perch_leave.c >new/drivers/misc/perch_flee.c
	make_patch
	check x.patch
	expect 0 0
	# an index follows what the pages are kept in
	"$GUPCONV" index new --db after.db 2>/dev/null
	"$GUPCONV" audit --db after.db >found || true
	grep -q '^drivers/misc/perch_flee.c:7: mismatched: put_page() here' found
}

@test "check: a header that changes, and what it changes elsewhere" {
	copy
	sed -i 's/unpin_user_page(page)/put_page(page)/' new/drivers/misc/linnet.h
	make_patch
	check x.patch
	[ "$code" = 1 ]
	grep -q '^drivers/misc/linnet.c:[0-9]*: mismatched: put_page() here.*\[linnet_mark\]$' .out
	"$GUPCONV" check --db "$SAMPLE/base.db" --format tsv x.patch 2>/dev/null | fingerprints >fast || true
	slow_check >slow
	[ -z "$(comm -23 slow fast)" ]
	[ -z "$(comm -13 slow fast | grep -v '^unknown:drivers/misc/linnet.h:')" ]
}

@test "check: a file that names no acquired pages any more is still looked at" {
	copy
	sed -i 's/unpin_user_page(/put_page(/' new/drivers/misc/perch_leave.c
	make_patch
	check x.patch
	expect 1 1
	grep -q '^drivers/misc/perch_leave.c:7: mismatched: put_page() here, but pin_user_pages_fast() at drivers/misc/perch.c:8' .out
}

@test "check: several patches, one upon the other" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	mv x.patch 1.patch
	sed 's/^-\(.*\)/~\1/; s/^+\([^+]\)/-\1/; s/^~\([^-]\)/+\1/; s/^~--/---/' 1.patch >2.patch
	check 1.patch 2.patch
	expect 0 0
	check 1.patch
	expect 1 1
}

@test "check: a patch that does not apply, and what is none" {
	copy
	sed -i 's/pinned > 0/pinned >= 1/' new/drivers/misc/linnet.c
	make_patch
	sed 's/pinned < 0/pinned < 1/' x.patch >bad.patch
	check bad.patch
	failed 2 "bad.patch: does not apply: patch failed: drivers/misc/linnet.c:"
	echo "no patch" >none.patch
	check none.patch
	failed 2 "none.patch: does not apply:"
	check absent.patch
	failed 2 "absent.patch"
	printf -- '--- a/../x.c\n+++ b/../x.c\n@@ -0,0 +1 @@\n+int x;\n' >out.patch
	check out.patch
	failed 2 "out.patch: does not apply"
}

@test "check: tree and database are not written, and nothing is left behind" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	find "$SAMPLE/tree" -newer x.patch >touched
	keep_safe "$SAMPLE/base.db"
	check x.patch
	expect 1 1
	untouched "$SAMPLE/base.db"
	diff -r "$SAMPLE/tree" "$SAMPLE/tree"
	[ -z "$(find "$SAMPLE/tree" -newer x.patch)" ]
	only new x.patch touched
}

@test "check: --baseline accepts, and so does the change itself" {
	copy
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' new/drivers/misc/linnet.c
	make_patch
	check x.patch --format tsv
	printf '%s\tshort pins are dropped so\n' "$(fingerprints <.out)" >accepted
	check x.patch --baseline accepted
	expect 0 0
	check x.patch --baseline accepted --format sarif
	[ "$code" = 0 ]
	grep -q 'short pins are dropped so' .out
	cp accepted new/.gupconv-accepted
	make_patch
	check x.patch
	expect 0 0
}

@test "check: commits, and the work tree, against each other" {
	in_git
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' drivers/misc/linnet.c
	gc check --db "$SAMPLE/base.db" --tree . --worktree
	expect 1 1
	gc check --db "$SAMPLE/base.db" --tree . --cached
	expect 0 0
	git commit -qam "a mistake"
	gc check --db "$SAMPLE/base.db" --tree . HEAD~1..HEAD
	expect 1 1
	gc check --db "$SAMPLE/base.db" --tree . HEAD..HEAD~1
	expect 0 0
	gc check --db "$SAMPLE/base.db" --tree . --worktree
	expect 0 0
	gc check --db "$SAMPLE/base.db" --tree . --worktree --base HEAD~1
	expect 1 1
	gc check --db "$SAMPLE/base.db" --tree . nowhere..HEAD
	failed 2 "no commit 'nowhere' in ."
}

@test "check: a file that git does not know yet is part of the work tree" {
	in_git
	sed -e 's/linnet/wren/g' -e 's/LINNET_DROP/put_page/' -e '/wren.h/d' drivers/misc/linnet.c >drivers/misc/wren.c
	gc check --db "$SAMPLE/base.db" --tree . --worktree
	expect 1 1
	gc check --db "$SAMPLE/base.db" --tree . --cached
	expect 0 0
}

@test "check: as a pre-commit hook it stops the mistake and lets the rest pass" {
	in_git
	printf '#!/bin/sh\nexec "%s" check --db "%s" --tree . --cached\n' "$GUPCONV" "$SAMPLE/base.db" \
		>.git/hooks/pre-commit
	chmod +x .git/hooks/pre-commit
	echo 'int quiet;' >>drivers/misc/pawl.c
	git commit -qam "nothing wrong"
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' drivers/misc/linnet.c
	run git commit -am "a mistake"
	[ "$status" = 1 ]
	[[ "$output" == *"linnet.c:39: mismatched"* ]]
	[ "$(git log --oneline | wc -l)" = 2 ]
}

@test "check: a work tree that is far from the commits is no matter" {
	in_git
	sed -i 's/unpin_user_pages(song->notes, pinned)/release_pages(song->notes, pinned)/' drivers/misc/linnet.c
	git commit -qam "a mistake"
	echo '/* more */' >>drivers/misc/linnet.c
	rm drivers/misc/wicket.c
	git commit -qam "more"
	gc check --db "$SAMPLE/base.db" --tree . HEAD~2..HEAD~1
	expect 1 1
	gc check --db "$SAMPLE/base.db" --tree . HEAD~1..HEAD
	expect 0 0
}

@test "check: usage" {
	check --worktree --cached
	failed 2 "--worktree and --cached"
	check --worktree x.patch
	failed 2 "take no patch"
	check --base HEAD /dev/null
	failed 2 "--base goes with"
	check A...B
	failed 2 "give REV..REV"
	check --format xml /dev/null
	failed 2 "text, tsv or json"
	check --kind wrong /dev/null
	failed 2 "--kind wrong"
	check -j 0 /dev/null
	failed 2 "-j takes"
	check --worktree
	failed 2 "no commit 'HEAD' in "
}

@test "check: a driver outside of the kernel" {
	mkdir module
	perch module
	"$GUPCONV" index --module module --kernel "$PIN" --db module.db 2>/dev/null
	cp -r module changed
	sed -i 's/unpin_user_page(/put_page(/' changed/perch_leave.c
	diff -u --label a/perch_leave.c --label b/perch_leave.c module/perch_leave.c changed/perch_leave.c >x.patch || true
	gc check --db module.db x.patch
	expect 1 1
	grep -q '^perch_leave.c:7: mismatched: put_page() here' .out
}

@test "check: functions of the user's own are known to it" {
	cat >own.api <<-'API'
		acquire  perch_hold  pin
		release  perch_drop  pin
	API
	cp -r "$SAMPLE/tree" tree
	cat >tree/drivers/misc/roost.c <<-'C'
		// SPDX-License-Identifier: GPL-2.0
		#include <linux/mm.h>

		long perch_hold(unsigned long start, long count, struct page **pages);
		void perch_drop(struct page *page);

		int roost(unsigned long start)
		{
			struct page *page;

			if (perch_hold(start, 1, &page) != 1)
				return -EFAULT;
			perch_drop(page);
			return 0;
		}
	C
	"$GUPCONV" index tree --db own.db --api own.api 2>/dev/null
	cp tree/drivers/misc/roost.c roost.c
	sed -i 's/perch_drop(page);$/put_page(page);/' roost.c
	diff -u --label a/drivers/misc/roost.c --label b/drivers/misc/roost.c tree/drivers/misc/roost.c roost.c >x.patch || true
	gc check --db own.db x.patch
	expect 1 1
	grep -q '^drivers/misc/roost.c:13: mismatched: put_page() here, but perch_hold()' .out
}

# A service that hands pages out to more drivers than an index reads
nest() { # FOLDER
	local n
	mkdir -p "$1/mm" "$1/drivers/nest"
	cat >"$1/include/linux/nest.h" <<-'C'
		/* SPDX-License-Identifier: GPL-2.0 */
		struct page *nest_get(unsigned long uaddr);
		void nest_put(struct page *page);
		int nest_hatch(int n);
	C
	cat >"$1/drivers/nest/nest.c" <<-'C'
		// SPDX-License-Identifier: GPL-2.0
		#include <linux/mm.h>
		#include <linux/nest.h>

		struct page *nest_get(unsigned long uaddr)
		{
			struct page *page;

			if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
				return NULL;
			return page;
		}

		void nest_put(struct page *page)
		{
			unpin_user_page(page);
		}
	C
	for n in $(seq 1 20); do
		mkdir -p "$1/drivers/egg$n"
		cat >"$1/drivers/egg$n/egg.c" <<-C
			// SPDX-License-Identifier: GPL-2.0
			#include <linux/mm.h>
			#include <linux/nest.h>

			int egg${n}_lay(unsigned long uaddr)
			{
				struct page *page = nest_get(uaddr);

				if (!page)
					return -EFAULT;
				if (nest_hatch($n)) {
					nest_put(page);
					return -EIO;
				}
				nest_put(page);
				return 0;
			}
		C
	done
}

@test "a file that only uses another file's functions is read when it changes" {
	cp -r "$PIN" "$BATS_TEST_TMPDIR/tree"
	nest "$BATS_TEST_TMPDIR/tree"
	cd "$BATS_TEST_TMPDIR"
	"$GUPCONV" index tree --db n.db 2>/dev/null
	run "$GUPCONV" sql --db n.db "SELECT count(*) FROM file WHERE path LIKE 'drivers/egg%'" --format tsv
	[ "${lines[1]}" = 0 ]
	sed '0,/nest_put(page);/s/nest_put(page);//' tree/drivers/egg7/egg.c >egg.c
	diff -u --label a/drivers/egg7/egg.c --label b/drivers/egg7/egg.c tree/drivers/egg7/egg.c egg.c >leak.patch || true
	run "$GUPCONV" check --db n.db --tree tree leak.patch
	[ "$status" -eq 1 ]
	[[ $output == *drivers/egg7/egg.c*unreleased* ]]
}

@test "a user of another file's objects that frees its own with one in it is found" {
	cp -r "$PIN" "$BATS_TEST_TMPDIR/tree"
	cd "$BATS_TEST_TMPDIR"
	mkdir tree/drivers/crock tree/drivers/cellar
	echo 'obj-y += crock/ cellar/' >>tree/drivers/Makefile
	echo 'obj-y += crock.o' >tree/drivers/crock/Makefile
	echo 'obj-y += cellar.o' >tree/drivers/cellar/Makefile
	cat >tree/include/linux/crock.h <<-C
		struct crock {
			struct page **pages;
			int nr;
		};
		struct crock *crock_get(unsigned long start, int nr);
		void crock_put(struct crock *crock);
	C
	cat >tree/drivers/crock/crock.c <<-C
		#include <linux/err.h>
		#include <linux/mm.h>
		#include <linux/slab.h>
		#include <linux/crock.h>
		struct crock *crock_get(unsigned long start, int nr)
		{
			struct crock *crock = kzalloc(sizeof(*crock), GFP_KERNEL);
			if (!crock)
				return ERR_PTR(-ENOMEM);
			crock->pages = kcalloc(nr, sizeof(*crock->pages), GFP_KERNEL);
			if (!crock->pages)
				goto free;
			crock->nr = pin_user_pages_fast(start, nr, FOLL_LONGTERM, crock->pages);
			if (crock->nr <= 0)
				goto free_pages;
			return crock;
		free_pages:
			kfree(crock->pages);
		free:
			kfree(crock);
			return ERR_PTR(-EFAULT);
		}
		void crock_put(struct crock *crock)
		{
			unpin_user_pages(crock->pages, crock->nr);
			kfree(crock->pages);
			kfree(crock);
		}
	C
	cat >tree/drivers/cellar/cellar.c <<-C
		#include <linux/err.h>
		#include <linux/slab.h>
		#include <linux/crock.h>
		struct cellar {
			struct crock *crock;
			int room;
		};
		int cellar_dig(struct cellar *cellar, int size);
		struct cellar *cellar_new(unsigned long start, int nr)
		{
			struct cellar *cellar = kzalloc(sizeof(*cellar), GFP_KERNEL);
			int err;
			if (!cellar)
				return ERR_PTR(-ENOMEM);
			cellar->crock = crock_get(start, nr);
			if (IS_ERR(cellar->crock)) {
				err = PTR_ERR(cellar->crock);
				goto free;
			}
			err = cellar_dig(cellar, nr);
			if (err)
				goto put;
			return cellar;
		put:
			crock_put(cellar->crock);
		free:
			kfree(cellar);
			return ERR_PTR(err);
		}
	C
	"$GUPCONV" index tree --db n.db 2>/dev/null
	run "$GUPCONV" sql --db n.db "SELECT count(*) FROM file WHERE path LIKE 'drivers/cellar%'" --format tsv
	[ "${lines[1]}" = 0 ]
	sed 's/crock_put(cellar->crock);//' tree/drivers/cellar/cellar.c >cellar.c
	diff -u --label a/drivers/cellar/cellar.c --label b/drivers/cellar/cellar.c tree/drivers/cellar/cellar.c cellar.c >leak.patch || true
	run "$GUPCONV" check --db n.db --tree tree leak.patch
	[ "$status" -eq 1 ]
	[[ $output == *drivers/cellar/cellar.c*unreleased* ]]
}
