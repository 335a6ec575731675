#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Trees, databases and machines that are not as they should be: one clear line,
# the documented exit code, and the old database as it was.
load helper

# Root reads everything; without these two capabilities it minds file modes too.
modes_matter() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --bounding-set=-dac_override,-dac_read_search \
			--inh-caps=-dac_override,-dac_read_search "$@"
	else
		"$@"
	fi
}

need_modes() {
	touch closed && chmod 0 closed
	! modes_matter cat closed 2>/dev/null || skip "file modes cannot be made to matter here"
	rm -f closed
}

gc_modes() {
	code=0
	modes_matter "$GUPCONV" "$@" >"$T/.out" 2>"$T/.err" </dev/null || code=$?
	out=$(cat "$T/.out") err=$(cat "$T/.err")
}

@test "a directory that is no kernel tree" {
	mkdir empty
	mini_db && keep_safe x.db
	gc index empty --db x.db
	failed 3 "empty: not a kernel source tree"
	untouched x.db
	only empty x.db
}

@test "a directory with a Makefile of something else" {
	mkdir other && echo 'VERSION = 1' >other/Makefile
	gc index other --db y.db
	failed 3 "not a kernel source tree"
	only other
}

@test "a directory that is not there" {
	mini_db && keep_safe x.db
	gc index nowhere --db x.db
	failed 3 "nowhere: No such file or directory"
	untouched x.db
	only x.db
}

@test "a file where a directory should be" {
	echo >file
	gc index file --db y.db
	failed 3 "file: "
	only file
}

@test "an unreadable source file: said so, a row, the rest indexed" {
	need_modes
	mini_tree
	chmod 0 tree/drivers/misc/thimble.c
	gc_modes index tree --db x.db
	chmod 644 tree/drivers/misc/thimble.c
	[ "$code" = 1 ]
	tail -n 1 .err | grep -q '1 file could not be parsed (drivers/misc/thimble.c)'
	grep -q "warning: drivers/misc/thimble.c: could not be read" .err
	gc sql --db x.db --format tsv "SELECT status FROM file WHERE path = 'drivers/misc/thimble.c'"
	[ "$out" = "$(printf 'status\nunreadable')" ]
	gc sites --db x.db --role acquire --format tsv
	[ "$(wc -l <.out)" -gt 30 ]
}

@test "an unreadable folder: said so, the rest indexed" {
	need_modes
	mini_tree
	chmod 0 tree/drivers/xen
	gc_modes index tree --db x.db
	chmod 755 tree/drivers/xen
	[ "$code" = 0 ]
	grep -q "warning: drivers/xen: Permission denied" .err
}

@test "a file readable again is indexed again" {
	need_modes
	mini_tree
	mini_db tree && "$GUPCONV" sql --db x.db 'SELECT count(*) FROM call' >whole
	chmod 0 tree/drivers/misc/thimble.c
	gc_modes index tree --db x.db
	"$GUPCONV" sql --db x.db 'SELECT count(*) FROM call' >less
	! cmp -s whole less
	chmod 644 tree/drivers/misc/thimble.c
	gc index tree --db x.db
	"$GUPCONV" sql --db x.db 'SELECT count(*) FROM call' | cmp - whole
}

@test "a database in a folder that is not there" {
	gc index "$MINI" --db nowhere/x.db
	failed 3 "nowhere/x.db"
	only
}

@test "a database in a folder that cannot be written" {
	need_modes
	mkdir closed && mini_db && mv x.db closed/ && keep_safe closed/x.db && chmod 555 closed
	mini_tree && echo >>tree/drivers/misc/thimble.c
	gc_modes index tree --db closed/x.db
	failed 3 "closed/x.db"
	untouched closed/x.db
	chmod 755 closed
}

@test "not a database" {
	echo "to be or not to be, that is the question that a database does not ask" >x.db
	keep_safe x.db
	gc sites --db x.db
	failed 3 "x.db"
	untouched x.db
}

@test "index does not write over a file that is no database" {
	seq 1000 >x.db && keep_safe x.db
	gc index "$MINI" --db x.db
	failed 3 "x.db"
	untouched x.db
	only x.db
}

@test "the number of the version alone makes no database" {
	version=$(sed -n 's/^#define DB_VERSION //p' "$ROOT/db/db.h")
	mini_db
	/usr/bin/python3 - "$version" <<-'PYTHON'
		import shutil, sqlite3, sys
		number = f"PRAGMA user_version = {sys.argv[1]}"
		sqlite3.connect("bare.db").execute(number)
		shutil.copy("x.db", "less.db")
		sqlite3.connect("less.db", isolation_level=None).execute("DROP VIEW site")
		data = bytearray(open("x.db", "rb").read())
		data[100:4096] = b"\xff" * 3996
		open("broken.db", "wb").write(data)
	PYTHON
	for db in bare less broken; do
		for command in sites links status audit convert; do
			gc $command --db $db.db
			failed 3 "$db.db: not a gupconv database"
		done
		keep_safe $db.db
		gc index "$MINI" --db $db.db
		failed 3 "$db.db: not a gupconv database"
		untouched $db.db
	done
}

@test "an empty file is no database" {
	: >x.db
	gc sites --db x.db
	failed 3 "x.db"
}

@test "a directory as database" {
	mkdir x.db
	gc sites --db x.db
	failed 3 "x.db"
	gc index "$MINI" --db x.db
	failed 3 "x.db"
	only x.db
}

@test "a truncated database" {
	mini_db
	truncate -s 20000 x.db
	for command in sites links status; do
		gc $command --db x.db
		[ "$code" = 3 ] && grep -q '^gupconv: error: .*x\.db' .err ||
			{ echo "$command: $code $err"; return 1; }
	done
}

@test "a database of another version: every reader refuses it" {
	mini_db
	set_version 99
	keep_safe x.db
	for command in sites links status; do
		gc $command --db x.db
		failed 3 "database version 99"
	done
	untouched x.db
}

@test "index does not write over a database of another version" {
	mini_db
	set_version 99
	keep_safe x.db
	gc index "$MINI" --db x.db
	failed 3 "database version 99"
	untouched x.db
}

set_version() {
	/usr/bin/python3 -c "import sqlite3; c = sqlite3.connect('x.db')
c.execute('PRAGMA user_version = $1'); c.commit()"
}

@test "somebody else's SQLite database is not written over" {
	/usr/bin/python3 -c "import sqlite3; c = sqlite3.connect('x.db')
c.execute('CREATE TABLE mine (a)'); c.commit()"
	keep_safe x.db
	gc index "$MINI" --db x.db
	failed 3 "x.db"
	untouched x.db
}

# ulimit -f with the signal ignored gives what a full disk gives: a failed write.
@test "no room for the database: a line, the old one untouched" {
	mini_tree
	mini_db tree && keep_safe x.db
	echo >>tree/drivers/misc/thimble.c
	for blocks in 1 40 200 400; do
		code=0
		(trap '' XFSZ; ulimit -f $blocks; exec "$GUPCONV" index tree --db x.db) \
			>.out 2>.err </dev/null || code=$?
		out=$(cat .out) err=$(cat .err)
		case $code in 3 | 4) ;; *) echo "$blocks: exit $code: $err"; return 1 ;; esac
		failed "$code" ""
		untouched x.db
		only tree x.db
	done
}

@test "a full file system" {
	mkdir small
	unshare --mount true 2>/dev/null || skip "no mount namespace here"
	cat >inside.sh <<-'SH'
		mount -t tmpfs -o size=96k none small || exit 77
		"$1" index "$2" --db small/x.db
		code=$?
		ls small >left
		exit $code
	SH
	code=0
	unshare --mount sh inside.sh "$GUPCONV" "$MINI" >.out 2>.err </dev/null || code=$?
	[ "$code" != 77 ] || skip "no tmpfs can be mounted here"
	out=$(cat .out) err=$(cat .err)
	failed 3 "small/x.db"
	[ ! -s left ]
}

@test "no temporary directory" {
	TMPDIR=$T/nowhere gc index "$MINI" --db x.db
	failed 4 "temporary"
	only
}

@test "stdout that is full is no success" {
	mini_db
	code=0
	"$GUPCONV" sites --db x.db >/dev/full 2>.err || code=$?
	[ "$code" != 0 ] && grep -q '^gupconv: error: ' .err
}

@test "a reader that goes away early ends the listing, without a word" {
	mini_db
	"$GUPCONV" sites --db x.db 2>.err | head -n 1 >/dev/null
	[ ! -s .err ]
}
