#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# make deps, run and install, around the program.
load helper

# A dpkg-query that knows every package but those named, an apt-get that only says
# what it was asked, and an id for somebody who is not root.
fake_debian() {
	mkdir -p bin
	cat >bin/dpkg-query <<-SH
		#!/bin/sh
		for word; do package=\$word; done
		case " $* " in *" \$package "*) exit 1 ;; esac
		printf installed
	SH
	cat >bin/apt-get <<-SH
		#!/bin/sh
		echo "\$@" >>"$T/apt"
	SH
	printf '#!/bin/sh\n[ "$1" = -u ] && echo %s\n' "${uid:-0}" >bin/id
	printf '#!/bin/sh\nexit 1\n' >bin/sudo
	chmod +x bin/*
}

deps() {
	code=0
	PATH=$T/bin:$PATH "$ROOT/packaging/deps.sh" "$@" >.out 2>.err </dev/null || code=$?
	out=$(cat .out) err=$(cat .err)
}

@test "deps: nothing missing, nothing said, nothing run" {
	fake_debian none-is-missing
	deps
	[ "$code" = 0 ] && [ -z "$out$err" ] && [ ! -e apt ]
}

@test "deps: root gets what is missing, and only that" {
	fake_debian coccinelle bats
	deps
	[ "$code" = 0 ]
	[ "$(head -n 1 apt)" = "-q update" ]
	[ "$(tail -n 1 apt)" = "-q -y install --no-install-recommends coccinelle bats" ]
}

@test "deps: sets choose" {
	fake_debian coccinelle bats
	deps build use
	[[ "$(tail -n 1 apt)" == *" coccinelle" ]]
	rm apt
	deps build
	[ ! -e apt ]
}

@test "deps: without root, the one line to run, and an error" {
	uid=1000 fake_debian coccinelle bats
	deps
	[ "$code" != 0 ] && [ ! -e apt ]
	grep -qx 'sudo apt-get install --no-install-recommends coccinelle bats' .err
}

@test "kernel-source: unpacks once, whole or not at all" {
	export XDG_CACHE_HOME=$T/cache GUPCONV_KERNEL_ARCHIVE=$T/kernel.tar.xz
	mkdir -p pack/linux-source-9.9 && echo all >pack/linux-source-9.9/Makefile
	tar -cJf kernel.tar.xz -C pack linux-source-9.9
	head -c 100 kernel.tar.xz >broken.tar.xz
	code=0
	GUPCONV_KERNEL_ARCHIVE=$T/broken.tar.xz "$ROOT/packaging/kernel-source.sh" 9.9 >.out 2>&1 || code=$?
	[ "$code" != 0 ] && [ -z "$(ls -A cache/gupconv)" ]
	tree=$("$ROOT/packaging/kernel-source.sh" 9.9 2>/dev/null)
	[ "$tree" = "$T/cache/gupconv/linux-source-9.9" ] && [ "$(cat "$tree/Makefile")" = all ]
	rm kernel.tar.xz
	[ "$("$ROOT/packaging/kernel-source.sh" 9.9 2>&1)" = "$tree" ]
	[ "$(ls -A cache/gupconv)" = linux-source-9.9 ]
}

@test "kernel-source: no archive, one line" {
	export XDG_CACHE_HOME=$T/cache GUPCONV_KERNEL_ARCHIVE=$T/nowhere.tar.xz
	code=0
	"$ROOT/packaging/kernel-source.sh" 9.9 >.out 2>.err || code=$?
	[ "$code" = 1 ] && [ ! -s .out ] && grep -q "nowhere.tar.xz is not there" .err
}

@test "with-sender: git's own name, or the user's with a word about it" {
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$T/gitconfig
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
	show='echo "$GIT_AUTHOR_NAME <$GIT_AUTHOR_EMAIL>"'
	"$ROOT/packaging/with-sender.sh" sh -c "$show" >.out 2>.err
	[ "$(cat .out)" = "$(id -un) <$(id -un)@$(uname -n)>" ] && grep -q "before you mail" .err
	git config --global user.name "A Tester"
	git config --global user.email tester@example.com
	"$ROOT/packaging/with-sender.sh" sh -c "$show" >.out 2>.err
	[ "$(cat .out)" = " <>" ] && [ ! -s .err ]
}

@test "install: the program works from where it lies, and finds its data" {
	make -s -C "$ROOT" install B="${B:-$ROOT/build}" DESTDIR="$T/dest" PREFIX=/usr >/dev/null
	[ -x dest/usr/bin/gupconv ] && [ -f dest/usr/share/man/man1/gupconv.1 ]
	strings -a dest/usr/bin/gupconv | grep -qx /usr/share/gupconv
	! strings -a dest/usr/bin/gupconv | grep -qF "$ROOT/cocci"
	GUPCONV=$T/dest/usr/bin/gupconv GUPCONV_DATA=$T/dest/usr/share/gupconv
	export GUPCONV_DATA GIT_AUTHOR_NAME="A Tester" GIT_AUTHOR_EMAIL=tester@example.com
	gc run "$MINI" -o series --no-prove
	[ "$code" -le 1 ] || { echo "$err"; return 1; }
	[ "$(ls series/*.patch | wc -l)" -gt 10 ]
}

@test "data that is not where GUPCONV_DATA says: one line, exit 3 or 4" {
	mini_db
	export GUPCONV_DATA=$T/nowhere GIT_AUTHOR_NAME="A Tester" GIT_AUTHOR_EMAIL=tester@example.com
	gc convert --db x.db
	[ "$code" = 3 ] || [ "$code" = 4 ] || { echo "exit $code: $err"; return 1; }
	[ "$(grep -c '^gupconv: error: ' .err)" = 1 ]
}

@test "no spatch: one line that says so, exit 4, the database untouched" {
	mini_db
	keep_safe x.db
	mkdir bin
	# all of PATH but spatch
	for tool in sh git python3 perl; do
		ln -s "$(command -v $tool)" bin/
	done
	code=0
	PATH=$T/bin "$GUPCONV" convert --db x.db >.out 2>.err </dev/null || code=$?
	out=$(cat .out) err=$(cat .err)
	failed 4 "spatch"
	untouched x.db
}
