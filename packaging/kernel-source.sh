#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# kernel-source.sh VERSION: prints where Debian's kernel source of that version
# lies unpacked in the user's cache directory, and unpacks it when it does not.
set -eu

name=linux-source-$1
archive=${GUPCONV_KERNEL_ARCHIVE:-/usr/src/$name.tar.xz}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gupconv
tree=$cache/$name

if [ ! -d "$tree" ]; then
	[ -r "$archive" ] || {
		echo "kernel-source: $archive is not there; 'make deps' installs it" >&2
		exit 1
	}
	mkdir -p "$cache"
	new=$(mktemp -d "$cache/.$name.XXXXXX")
	trap 'rm -rf "$new"' EXIT
	trap 'exit 1' HUP INT TERM
	echo "kernel-source: unpacking $archive" >&2
	tar -xJf "$archive" -C "$new" --strip-components=1
	# mktemp's folder is the owner's alone
	chmod 755 "$new"
	# Only a whole tree gets the name; of two at a time, the second one's is dropped.
	mv -T "$new" "$tree" 2>/dev/null || [ -d "$tree" ]
fi
echo "$tree"
