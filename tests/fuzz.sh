#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each fuzz target for so many inputs (FUZZ_RUNS), always the same ones, under ASan and
# UBSan. Prints TAP. New inputs, for longer: make fuzz FUZZ_SECONDS=180
set -u
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CC=${FUZZ_CC:-clang}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

echo 'int LLVMFuzzerTestOneInput(const char *d, long n); int LLVMFuzzerTestOneInput(const char *d, long n) { return !d * n; }' \
	>"$scratch/probe.c"
if ! "$CC" -fsanitize=fuzzer,address,undefined -o "$scratch/probe" "$scratch/probe.c" 2>/dev/null; then
	echo "ok 1 - fuzz targets # SKIP $CC has no libFuzzer here (Debian: clang, libclang-rt-14-dev)"
	exit 0
fi

# That of C text learns from C, the others from what they read.
corpus() {
	mkdir -p "$scratch/$1"
	case $1 in
	fuzz_ctext) find tests/trees tests/modules -name '*.[ch]' ;;
	fuzz_makefile) find tests/trees tests/modules -name Makefile -o -name Kbuild ;;
	fuzz_kconfig) find tests/trees -name 'Kconfig*' ;;
	fuzz_maintainers) find tests/trees -name MAINTAINERS ;;
	esac | while read -r file; do
		cp "$file" "$scratch/$1/$(echo "$file" | tr / _)"
	done
}

# libFuzzer measures an input on the clock; one takes milliseconds, and minutes are no load.
number=0
for source in tests/fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	number=$((number + 1))
	corpus "$name"
	dict=tests/fuzz/$name.dict
	[ -e "$dict" ] || dict=
	if make -s B="$B" FUZZ_CC="$CC" "$B/fuzz/$name" &&
		"$B/fuzz/$name" -runs="${FUZZ_RUNS:-4000}" -timeout=300 -seed=1 -max_len=8192 \
			${dict:+-dict="$dict"} -artifact_prefix="$B/fuzz/$name." "$scratch/$name" \
			>"$scratch/log" 2>&1; then
		echo "ok $number - $name"
	else
		tail -n 60 "$scratch/log"
		echo "not ok $number - $name"
	fi
done
