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

case $reports in
/*) ;;
*) reports=$PWD/$reports ;;
esac
# libclang gives a thread of its own another stack for signals (llvm/lib/Support/Unix/Signals.inc),
# and when the thread ends ASan unmaps that one in place of its own: "failed to deallocate". It
# comes when precompiled headers with errors are saved, so that ASan's are not to be used.
export ASAN_OPTIONS="detect_leaks=1:use_sigaltstack=0:log_path=$reports/asan"
# Workers look for leaks after each file (pipeline/pool.c), and every process does at its end.
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
# GLib of old has an allocator of its own, which hides what is lost in it.
export G_SLICE=always-malloc
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1:log_path=$reports/ubsan"
GUPCONV=$(cd "$san" && pwd)/gupconv
export GUPCONV

number=1
for suite in tests/trees/test_tables.py tests/trees/test_determinism.py tests/trees/test_planted.py \
	tests/trees/test_hostile.py tests/trees/test_modules.py tests/trees/test_compile_commands.py; do
	number=$((number + 1))
	# One suite's reports are no fault of the next one.
	rm -rf "$reports"
	mkdir -p "$reports"
	# A worker that dies of a report only costs a row: so the reports count, not the exit alone.
	if /usr/bin/python3 -m pytest -q -p no:cacheprovider --tb=short "$suite" &&
		[ -z "$(ls -A "$reports")" ]; then
		echo "ok $number - $(basename "$suite" .py) under ASan and UBSan"
	else
		head -n 200 "$reports"/* 2>/dev/null
		echo "not ok $number - $(basename "$suite" .py) under ASan and UBSan"
	fi
done
