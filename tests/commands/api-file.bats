#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# index --api FILE: acquires and releases of the user's own tree.
load helper

# A library of the tree's own, and a driver that knows it alone.
own_tree() {
	mini_tree
	mkdir tree/drivers/acme
	cat >tree/drivers/acme/acme.h <<-'C'
		struct page;
		long acme_hold(unsigned long start, long count, struct page **held);
		void acme_drop(struct page *page);
		static inline void acme_drop_now(struct page *page) { acme_drop(page); }
	C
	cat >tree/drivers/acme/user.c <<-'C'
		#include <linux/mm.h>
		#include "acme.h"

		int acme_user(unsigned long start)
		{
			struct page *pages[4];
			long got = acme_hold(start, 4, pages);

			while (got-- > 1)
				acme_drop(pages[got]);
			if (!got)
				acme_drop_now(pages[0]);
			return 0;
		}
	C
	cat >tree/drivers/acme/only.c <<-'C'
		#include "acme.h"
		void acme_only(struct page *page)
		{
			acme_drop(page);
		}
	C
	cat >acme.api <<-'API'
		# the acme library
		acquire acme_hold
		release acme_drop	vec	# gives one back
		release acme_drop_now vec

		param held pages
	API
}

acme_sites() {
	gc sites --db x.db --format tsv
	out=$(grep '	drivers/acme/' <<<"$out" | cut -f 2,3,6,7)
}

@test "own functions are sites, found by their names, linked" {
	own_tree
	gc index tree --db x.db
	acme_sites
	[ -z "$out" ]
	gc index tree --db x.db --api acme.api
	[ "$code" = 0 ]
	acme_sites
	[ "$out" = "$(printf '%s\n' \
		'drivers/acme/acme.h	4	acme_drop	release' \
		'drivers/acme/only.c	4	acme_drop	release' \
		'drivers/acme/user.c	7	acme_hold	acquire' \
		'drivers/acme/user.c	10	acme_drop	release' \
		'drivers/acme/user.c	12	acme_drop_now	release')" ] || { echo "$out"; return 1; }
	gc sql --db x.db --format tsv "SELECT acquire_line, release_line, kind FROM link_site
		WHERE acquire_path = 'drivers/acme/user.c'"
	[ "$out" = "$(printf 'acquire_line\trelease_line\tkind\n7\t10\tlink\n7\t12\tlink')" ] ||
		{ echo "$out"; return 1; }
}

@test "the database says which file it was" {
	own_tree
	gc index tree --db x.db --api acme.api
	gc sql --db x.db --format tsv "SELECT value FROM meta WHERE key = 'api'"
	[ "$out" = "$(printf 'value\n%s' "$T/acme.api")" ]
	gc sql --db x.db --format tsv "SELECT role, family FROM api WHERE name = 'acme_drop'"
	[ "$out" = "$(printf 'role\tfamily\nrelease\tvec')" ]
	gc index tree --db x.db
	gc sql --db x.db --format tsv "SELECT count(*) FROM meta WHERE key = 'api'"
	[ "$out" = "$(printf 'count(*)\n0')" ]
}

@test "a changed file is an index anew, the same one is none" {
	own_tree
	gc index tree --db x.db --api acme.api
	gc index tree --db x.db --api acme.api
	[[ $err == *"up to date"* ]]
	echo "release acme_only" >>acme.api
	gc index tree --db x.db --api acme.api
	[[ $err != *"up to date"* && $err != *" 0 parsed"* ]]
	sed -i '$d' acme.api
	gc index tree --db x.db --api acme.api
	"$GUPCONV" index tree --db y.db --api acme.api 2>/dev/null
	gc sites --db x.db --format tsv && cp .out x
	gc sites --db y.db --format tsv && cmp .out x
}

@test "a target of the user's own" {
	own_tree
	sed 's/ vec//' acme.api >plain.api
	echo "target acme_drop put_user_page none" >>plain.api
	gc index tree --db x.db --api plain.api
	gc sql --db x.db --format tsv "SELECT target FROM api_target WHERE name = 'acme_drop'"
	[ "$out" = "$(printf 'target\nput_user_page')" ]
}

@test "run takes the file along" {
	own_tree
	gc run tree -o out --db x.db --no-prove --no-tree-scripts --api acme.api
	acme_sites
	[ "$(wc -l <<<"$out")" = 5 ]
}

# A driver over functions of its own that nobody else knows.
own_kernel() {
	mini_tree
	cat >tree/drivers/misc/acme.c <<-'C'
		#include <linux/mm.h>

		struct acme { struct page *page; int count; };
		struct acme_ops { void (*acme_done)(struct page *page); };
		struct acme *acme_new(void);
		void acme_free(int pool, void *object);
		void acme_hold(void), acme_drop(void), acme_die(void);
		void acme_say(struct page *page);
		void acme_later(int when, void (*call)(void));

		int acme_frees(unsigned long start, struct page **array)
		{
			if (get_user_pages_fast(start, 1, FOLL_WRITE, array) != 1)
				return -1;
			acme_free(0, array);
			return 0;
		}

		int acme_leaks(unsigned long start)
		{
			struct acme *own = acme_new();

			if (get_user_pages_fast(start, 1, FOLL_WRITE, &own->page) != 1)
				return -1;
			return own->count;
		}

		int acme_locks(unsigned long start)
		{
			struct page *page;

			if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
				return -1;
			acme_hold();
			set_page_dirty_lock(page);
			acme_drop();
			set_page_dirty_lock(page);
			put_page(page);
			return 0;
		}

		int acme_prints(unsigned long start)
		{
			struct page *page;

			if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
				return -1;
			acme_say(page);
			return 0;
		}

		int acme_dies(unsigned long start)
		{
			struct page *page;

			if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
				return -1;
			if (start & 1) {
				acme_die();
				return -1;
			}
			put_page(page);
			return 0;
		}

		static void acme_finish(struct page *page)
		{
			if (get_user_pages_fast(0, 1, FOLL_WRITE, &page) != 1)
				return;
			set_page_dirty_lock(page);
			put_page(page);
		}

		static void acme_tick(void)
		{
			struct page *page;

			if (get_user_pages_fast(0, 1, FOLL_WRITE, &page) != 1)
				return;
			set_page_dirty_lock(page);
			put_page(page);
		}

		void acme_start(struct acme_ops *ops, struct page *page)
		{
			ops->acme_done = acme_finish;
			acme_later(1, acme_tick);
			put_page(page);
		}
	C
	echo 'obj-m += acme.o' >>tree/drivers/misc/Makefile
}

# Findings of the driver: function and kind, with these lines of an API file.
acme_findings() {
	printf '%s\n' "$@" >own.api
	gc index tree --db x.db --api own.api
	[ "$code" = 0 ] || { echo "$err"; return 1; }
	gc audit --db x.db --format tsv --kind unreleased,hazard,dirty
	awk -F '\t' '$3 == "drivers/misc/acme.c" { print $6, $12 == "" ? $1 : $12 }' .out | sort >have
}

# One line of an API file brings a finding, or takes one away.
brings() {
	acme_findings "# nothing"
	cp have before
	acme_findings "${@:2}"
	diff before have | sed -n 's/^> /+ /p; s/^< /- /p' >change
	[ "$(cat change)" = "$1" ] || { cat before have change; return 1; }
}

@test "a free, an allocator, a lock, a printer ... of the tree's own: one line each" {
	own_kernel
	brings "+ acme_frees unreleased" "free acme_free 2"
	brings "+ acme_leaks unreleased" "alloc acme_new"
	brings "+ acme_locks atomic" "lock acme_hold enter" "lock acme_drop leave"
	brings "+ acme_prints unreleased" "print acme_say"
	brings "- acme_dies unreleased" "noreturn acme_die"
	brings "+ acme_finish atomic" "slot acme_done atomic"
	brings "+ acme_tick atomic" "handler acme_later 2"
	brings "" "free acme_free"	# its first argument is none of the pages
}

@test "a container of the tree's own: each user's pages are told apart" {
	mini_tree
	cat >tree/drivers/misc/crate.c <<-'C'
		#include <linux/mm.h>
		#include <linux/gfp.h>

		struct crate { struct page *page; };

		int crate_user(unsigned long start, struct crate *mine)
		{
			if (get_user_pages_fast(start, 1, FOLL_WRITE, &mine->page) != 1)
				return -1;
			put_page(mine->page);
			return 0;
		}

		int crate_other(struct crate *other)
		{
			other->page = alloc_page(0);
			put_page(other->page);
			return 0;
		}
	C
	echo 'obj-m += crate.o' >>tree/drivers/misc/Makefile
	states="SELECT function, state FROM site WHERE path = 'drivers/misc/crate.c' AND role = 'release'"
	gc index tree --db x.db
	gc sql --db x.db --format tsv "$states"
	[ "$out" = "$(printf 'function\tstate\ncrate_user\tmixed\ncrate_other\tmixed')" ] || { echo "$out"; return 1; }
	echo "container crate many" >own.api
	gc index tree --db x.db --api own.api
	gc sql --db x.db --format tsv "$states"
	[ "$out" = "$(printf 'function\tstate\ncrate_user\tunconverted\ncrate_other\tkeep')" ] || { echo "$out"; return 1; }
}

wrong() {
	printf '%s\n' "$1" >bad.api
	keep_safe x.db
	gc index "$MINI" --db x.db --api bad.api
	failed 2 "$2"
	untouched x.db
}

@test "a bad line: where it is and how to mend it" {
	mini_db
	wrong "acquires acme_hold" "bad.api:1: a line does not begin with 'acquires'"
	wrong $'\n# fine\nrelease' "bad.api:3: 'release' of what?"
	wrong "acquire acme_hold(page)" "bad.api:1: 'acme_hold(page)' is no name of C"
	wrong "acquire acme_hold pinned" "bad.api:1: 'pinned' can not stand there; write get, "
	wrong "lock acme_lock" "bad.api:1: 'lock acme_lock' wants a third word: enter, leave, try, weak or test"
	wrong "free acme_drop first" "bad.api:1: 'first' is a word too many for 'free'"
	wrong "free acme_drop 0" "bad.api:1: there is no argument 0; they count from 1"
	wrong "print acme_say 1" "bad.api:1: 'print' takes no number of an argument"
	wrong "handler acme_later" "bad.api:1: 'handler acme_later' wants a third word: the number"
	wrong "alloc acme-new" "bad.api:1: 'acme-new' is no name of C"
	wrong $'lock acme_* enter\nlock acme_* leave' "bad.api:2: line 1 speaks of 'acme_*' already"
	wrong "carry acme_page folio" "bad.api:1: 'folio' is a word too many"
	wrong "target acme_get acme_pin 5.3" "bad.api:1: '5.3' is no era; write none, "
	wrong $'acquire a_b\nrelease a_b' "bad.api:2: line 1 speaks of 'a_b' already"
	wrong $'release \xff' "bad.api:1: this is no text in UTF-8"
}

@test "a file that is not there, or is no text" {
	gc index "$MINI" --db x.db --api nowhere.api
	failed 3 "nowhere.api"
	head -c 100 /dev/zero >zero.api
	gc index "$MINI" --db x.db --api zero.api
	failed 2 "zero.api: this is no text"
	only zero.api
}
