#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# deps.sh [SET...]: installs what is missing of packaging/debian-packages.txt
# (all sets without an argument). Silent when nothing is.
set -eu

list=$(dirname "$0")/debian-packages.txt

wanted() {
	sets=" ${*:-build use prove test kernel} "
	while read -r set package; do
		case $set in '' | '#'*) continue ;; esac
		case $sets in *" $set "*) echo "$package" ;; esac
	done <"$list"
}

missing() {
	for package in $(wanted "$@"); do
		state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :)
		[ "$state" = installed ] || echo "$package"
	done
}

command -v dpkg-query >/dev/null || {
	echo "deps: this is no Debian system; install what $list names by hand" >&2
	exit 1
}
need=$(missing "$@" | tr '\n' ' ')
need=${need% }
[ -n "$need" ] || exit 0

if [ "$(id -u)" = 0 ]; then
	sudo=
elif sudo -n true 2>/dev/null; then
	sudo='sudo -n'
else
	echo "deps: packages are missing, and this is not root. Run:" >&2
	echo "sudo apt-get install --no-install-recommends $need" >&2
	exit 1
fi

echo "deps: installing $need"
# The lists may be old, or absent altogether in a container.
$sudo apt-get -q update
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $need
