#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The mini-kernel tests with a binary that has ASan and UBSan. Prints TAP.
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
san=$B/san
reports=$san/reports

if ! make -s SAN=1 B="$san" "$san/gupconv"; then
	echo "not ok 1 - build with ASan and UBSan"
	exit 1
fi
echo "ok 1 - build with ASan and UBSan"

rm -rf "$reports"
mkdir -p "$reports"
# What libclang and GLib keep until the end is no leak of ours to tell apart.
export ASAN_OPTIONS="detect_leaks=0:log_path=$PWD/$reports/asan"
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1:log_path=$PWD/$reports/ubsan"
case $reports in
/*) ASAN_OPTIONS="detect_leaks=0:log_path=$reports/asan"
	UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1:log_path=$reports/ubsan" ;;
esac
GUPCONV=$(cd "$san" && pwd)/gupconv
export GUPCONV

number=1
for suite in tests/trees/test_tables.py tests/trees/test_determinism.py tests/trees/test_planted.py \
	tests/trees/test_hostile.py tests/trees/test_modules.py tests/trees/test_compile_commands.py; do
	number=$((number + 1))
	# A worker that dies of a report only costs a row: so the reports count, not the exit alone.
	if /usr/bin/python3 -m pytest -q -p no:cacheprovider --tb=short "$suite" &&
		[ -z "$(ls -A "$reports")" ]; then
		echo "ok $number - $(basename "$suite" .py) under ASan and UBSan"
	else
		cat "$reports"/* 2>/dev/null
		echo "not ok $number - $(basename "$suite" .py) under ASan and UBSan"
	fi
done
