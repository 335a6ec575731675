# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Shared by the command tests. T is a folder of the test's own.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
GUPCONV=${GUPCONV:-$ROOT/build/gupconv}
MINI=$ROOT/tests/trees/none

setup() {
	T=$BATS_TEST_TMPDIR
	# Relative file names, temporary folders and settings stay inside.
	cd "$T" || return 1
	export TMPDIR=$T
	unset GUPCONV_DATA
}

# gupconv with its exit status, stdout and stderr in code, out and err
gc() {
	code=0
	"$GUPCONV" "$@" >"$T/.out" 2>"$T/.err" </dev/null || code=$?
	out=$(cat "$T/.out") err=$(cat "$T/.err")
}

# The last command failed with that exit code, a line on stderr, and nothing on stdout.
failed() {
	[ "$code" = "$1" ] || { echo "exit $code, not $1: $err"; return 1; }
	[ -z "$out" ] || { echo "stdout: $out"; return 1; }
	[ "$(wc -l <"$T/.err")" = 1 ] || { echo "not one line: $err"; return 1; }
	case $err in
	"gupconv: error: "*"$2"*) ;;
	*) echo "stderr: $err"; return 1 ;;
	esac
}

# A file that a failed command must leave as it is
keep_safe() {
	cp "$1" "$T/.safe"
	stat -c '%i %Y' "$1" >"$T/.safe.stat"
}

untouched() {
	cmp "$1" "$T/.safe" && [ "$(stat -c '%i %Y' "$1")" = "$(cat "$T/.safe.stat")" ]
}

# Nothing but the named files was left behind
only() {
	local left
	left=$(find "$T" -mindepth 1 -maxdepth 1 ! -name '.*' -printf '%f\n' | sort | tr '\n' ' ')
	[ "$left" = "$(printf '%s\n' "$@" | sort | sed '/^$/d' | tr '\n' ' ')" ] || { echo "left: $left"; return 1; }
}

mini_tree() {
	cp -r "$MINI" "$T/tree"
}

mini_db() {
	"$GUPCONV" index "${1:-$MINI}" --db "$T/x.db" 2>/dev/null
}
