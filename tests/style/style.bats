#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Rules for the text of the project.
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
B=${B:-$ROOT/build}

setup() {
	cd "$ROOT" || return 1
}

# The project's files: git's, or all of an unpacked archive.
files() {
	if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		git ls-files --cached -- "$@" | while read -r file; do
			[ ! -f "$file" ] || echo "$file"
		done
	else
		for pattern; do
			find . -path ./build -prune -o -type f -path "./$pattern" -print | sed 's,^\./,,'
		done
	fi | sort -u >"$BATS_TEST_TMPDIR/files"
	[ -s "$BATS_TEST_TMPDIR/files" ] || { echo "no files $*"; return 1; }
	cat "$BATS_TEST_TMPDIR/files"
}

# Prints what grep finds in the files of the patterns, and fails when it finds something.
none_has() {
	local pattern=$1 found
	shift
	files "$@" >"$BATS_TEST_TMPDIR/list"
	found=$(xargs -d '\n' grep -nP -- "$pattern" <"$BATS_TEST_TMPDIR/list" /dev/null) || return 0
	echo "$found" | head -n 20
	return 1
}

@test "the checks see a file that is wrong" {
	none_has 'GPL-2.0-only' 'extractor/*.c' && return 1
	return 0
}

@test "no path of somebody's machine" {
	none_has '(?<![\w.$}/-])/(home|work|root|farm|Users)/' '*'
}

@test "no blanks at a line's end, no space before a tab" {
	none_has '[ \t]+$| \t' '*.c' '*.h' '*.py' '*.sh' '*.sql' '*.bats' '*.mk' Makefile '*.cocci'
}

@test "C, SQL and Makefiles are indented with tabs" {
	none_has '^\t* {8}' 'extractor/*.c' 'extractor/*.h' 'db/*.c' 'db/*.h' '*.cocci' Makefile '*.mk'
}

@test "Python is indented with spaces" {
	files '*.py' >"$BATS_TEST_TMPDIR/list"
	/usr/bin/python3 - "$BATS_TEST_TMPDIR/list" <<-'PYTHON'
		import sys, tokenize
		found = []
		for name in open(sys.argv[1]).read().split():
		    with tokenize.open(name) as file:
		        found += [f"{name}:{token.start[0]}" for token in tokenize.generate_tokens(file.readline)
		                  if token.type == tokenize.INDENT and "\t" in token.string]
		print("\n".join(found))
		sys.exit(1 if found else 0)
	PYTHON
}

@test "no line is longer than 100 columns" {
	files 'extractor/*.c' 'extractor/*.h' 'db/*.c' 'db/*.h' >"$BATS_TEST_TMPDIR/list"
	long=$(xargs -d '\n' awk '{
			line = $0
			while (at = index(line, "\t"))
				line = sprintf("%s%*s%s", substr(line, 1, at - 1), 8 - (at - 1) % 8, "",
					       substr(line, at + 1))
		}
		length(line) > 100 && line !~ /"/ { print FILENAME ":" FNR ": " length(line) }
		' <"$BATS_TEST_TMPDIR/list")
	[ -z "$long" ] || { echo "$long"; return 1; }
}

@test "a source has less than 450 lines" {
	files 'extractor/*.c' 'extractor/*.h' 'db/*.c' 'db/*.h' >"$BATS_TEST_TMPDIR/list"
	long=$(xargs -d '\n' wc -l <"$BATS_TEST_TMPDIR/list" | awk '$2 != "total" && $1 >= 450')
	[ -z "$long" ] || { echo "$long"; return 1; }
}

@test "every file ends with a newline, and none has a carriage return" {
	files '*.c' '*.h' '*.py' '*.sh' '*.sql' '*.md' '*.bats' '*.1' >"$BATS_TEST_TMPDIR/list"
	while read -r file; do
		[ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || { echo "$file"; return 1; }
	done <"$BATS_TEST_TMPDIR/list"
	none_has '\r' '*.c' '*.h' '*.py' '*.sh' '*.sql' '*.md' '*.bats' '*.1'
}

@test "every source says its licence" {
	files 'extractor/*.c' 'extractor/*.h' 'db/*.c' 'db/*.h' 'reports/*.py' '*.sh' '*.bats' 'tests/*.mk' \
		Makefile | grep -vE '^tests/trees/[^/]+/' >"$BATS_TEST_TMPDIR/list"
	while read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' ||
			{ echo "$file"; return 1; }
	done <"$BATS_TEST_TMPDIR/list"
}

@test "no function that overruns or runs a shell" {
	none_has '(?<![\w.>])(strcpy|strcat|sprintf|vsprintf|gets|system|popen|strtok)\s*\(' \
		'extractor/*.c' 'db/*.c'
}

@test "SQL stands in db/, and is not put together in C" {
	none_has '"(SELECT|INSERT|UPDATE|DELETE) ' 'extractor/*.c'
}

@test "no function of the kernel is compared by its name in C" {
	/usr/bin/python3 - <<-'PYTHON'
		import re, subprocess, sys
		from pathlib import Path
		data = Path("db/api.sql").read_text() + Path("db/knowledge.sql").read_text()
		names = {name for name in re.findall(r"'(\w+)'", data) if re.search(r"_|[a-z][A-Z]", name)}
		compares = re.compile(r"\b(?:str\w*cmp\w*|g_str_equal|g_strcmp0|token_is\w*|WORDS)\([^;{]*?\"(\w+)\"")
		wrong = [f"{path}: {name}" for path in sorted(Path("extractor").rglob("*.c"))
		         for name in compares.findall(path.read_text()) if name in names]
		print("\n".join(wrong))
		sys.exit(1 if wrong or len(names) < 300 else 0)
	PYTHON
}

@test "no sentence begins with what or who and means a thing of the code" {
	files '*.c' '*.h' '*.py' '*.sql' '*.md' '*.1' '*.j2' '*.bats' '*.bash' '*.cocci' '*.toml' '*message' |
		xargs -d '\n' grep -nP '(?<![`\x27"|])\b(What|Who|Nobody|Whoever|Whatever)\b(?! if )' \
			>"$BATS_TEST_TMPDIR/found" || true
	# a person's question in a table, a comment of a driver that a rule moves
	! grep -vE '^tests/style/style.bats:|^docs/kernel.md:[0-9]+:\| Matthew|^tests/cocci/loop-up/(in|out).c:' "$BATS_TEST_TMPDIR/found"
}

@test "builds without a warning" {
	make -s DEV=1 B="$B/dev" "$B/dev/gupconv"
}

@test "every limit names its test" {
	/usr/bin/python3 - <<-'PYTHON'
		import re, subprocess, sys
		from pathlib import Path
		tests = "".join(path.read_text() for path in sorted(Path("tests").rglob("*"))
		                if path.suffix in (".c", ".py", ".bats") and "trees/" not in str(path.parent.parent))
		tests += "".join(path.read_text() for path in sorted(Path("tests/trees/findings").glob("*.c")))
		wrong, count = [], 0
		for name in ("analysis", "findings"):
		    text = Path(f"docs/{name}.md").read_text()
		    (section,) = re.findall(r"^## Limits\n(.*?)(?=^## )", text, re.M | re.S)
		    for item in re.findall(r"^\* (.*?)(?=^\* |\Z)", section, re.M | re.S):
		        named = [n for group in re.findall(r"\((`\w+`(?:, `\w+`)*)\)", item) for n in re.findall(r"\w+", group)]
		        count += 1
		        if not named or any(not re.search(rf"\b{n}\(", tests) for n in named):
		            wrong.append(f"docs/{name}.md: {item[:60]!r}: {named or 'no test'}")
		for page in ("audit", "check"):
		    text = Path(f"docs/man/gupconv-{page}.1").read_text()
		    (section,) = re.findall(r"^\.SH LIMITS\n(.*?)(?=^\.SH )", text, re.M | re.S)
		    for item in section.split(".TP\n")[1:]:
		        named = re.findall(r'^\.\\" test: (.*)$', item, re.M)
		        count += 1
		        if not named or any(n not in tests for n in named):
		            wrong.append(f"gupconv-{page}.1: {item[:60]!r}: {named or 'no test'}")
		print("\n".join(wrong))
		sys.exit(1 if wrong or count < 20 else 0)
	PYTHON
}

@test "shellcheck" {
	command -v shellcheck || skip "shellcheck is not installed"
	files '*.sh' '*.bash' .ci/run >"$BATS_TEST_TMPDIR/list"
	xargs -d '\n' shellcheck <"$BATS_TEST_TMPDIR/list"
	files 'tests/*.bats' >"$BATS_TEST_TMPDIR/list"
	# SC2034, SC2154: code, out and err go between helper and test; SC2030/1: a test is a subshell
	xargs -d '\n' shellcheck -S warning -e SC1010,SC2034,SC2154,SC2030,SC2031,SC2314,SC2164 \
		<"$BATS_TEST_TMPDIR/list"
}

@test "Python compiles, and imports nothing that it does not use" {
	files '*.py' >"$BATS_TEST_TMPDIR/list"
	/usr/bin/python3 - "$BATS_TEST_TMPDIR/list" <<-'PYTHON'
		import ast, sys
		found = []
		for name in open(sys.argv[1]).read().split():
		    text = open(name, encoding="utf-8").read()
		    tree = ast.parse(text, name)
		    names = {}
		    for node in ast.walk(tree):
		        if isinstance(node, (ast.Import, ast.ImportFrom)):
		            for alias in node.names:
		                names[(alias.asname or alias.name).split(".")[0]] = node.lineno
		    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
		    used |= {word for node in ast.walk(tree) if isinstance(node, ast.Constant)
		             and isinstance(node.value, str) for word in node.value.replace(".", " ").split()}
		    found += [f"{name}:{line}: {word} is not used" for word, line in names.items()
		              if word not in used and word not in ("annotations", "*")
		              and not name.endswith("__init__.py")]
		print("\n".join(found))
		sys.exit(1 if found else 0)
	PYTHON
}

@test "man pages: no warning of the formatter" {
	files 'docs/man/*.1' >"$BATS_TEST_TMPDIR/list"
	while read -r page; do
		groff -man -ww -Tutf8 -z "$page" 2>"$BATS_TEST_TMPDIR/err" >"$BATS_TEST_TMPDIR/out"
		[ ! -s "$BATS_TEST_TMPDIR/err" ] || { cat "$BATS_TEST_TMPDIR/err"; return 1; }
		LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l "$page" 2>"$BATS_TEST_TMPDIR/err" \
			>"$BATS_TEST_TMPDIR/out"
		[ ! -s "$BATS_TEST_TMPDIR/err" ] || { cat "$BATS_TEST_TMPDIR/err"; return 1; }
		for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' 'SEE ALSO'; do
			grep -q "^$section" "$BATS_TEST_TMPDIR/out" || { echo "$page: no $section"; return 1; }
		done
	done <"$BATS_TEST_TMPDIR/list"
}

@test "docs/schema.md is of this schema" {
	docs/schema.py | diff -u docs/schema.md -
}

@test "a header's name and a struct's tag mean one thing" {
	files 'extractor/*.h' 'db/*.h' >"$BATS_TEST_TMPDIR/headers"
	twice=$(sed 's,.*/,,' "$BATS_TEST_TMPDIR/headers" | sort | uniq -d)
	[ -z "$twice" ] || { echo "headers of one name: $twice"; return 1; }
	files 'extractor/*.[ch]' 'db/*.[ch]' >"$BATS_TEST_TMPDIR/list"
	xargs -d '\n' grep -hoP '^(struct|union|enum) \w+(?= \{)' <"$BATS_TEST_TMPDIR/list" >"$BATS_TEST_TMPDIR/tags"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/tags")" -gt 100 ]
	twice=$(sort "$BATS_TEST_TMPDIR/tags" | uniq -d)
	[ -z "$twice" ] || { echo "defined twice: $twice"; return 1; }
}

@test "a room's source that includes a header of a higher room does not compile" {
	flags=$(pkg-config --cflags glib-2.0 gio-2.0 sqlite3)
	rooms=$(sed -n '/^ROOMS := /,/[^\\]$/p' Makefile | tr -d '\\' | sed 's/^ROOMS := //')
	[ "$(echo "$rooms" | wc -w)" -gt 15 ]
	below='' tried=0
	for room in $rooms; do
		folder=extractor/$room
		[ "$room" != db ] || folder=db
		header=$(files "$folder/*.h" | head -n 1)
		header=${header#extractor/}
		# seen from its own room, and not from the one before it
		for user in $room $below; do
			make -s B="$B" "$B/inc/$user/.made" "$B/gen/inc/gen/reason_codes.h"
			echo "#include \"$header\"" >"$BATS_TEST_TMPDIR/scratch.c"
			# shellcheck disable=SC2086
			cc -std=gnu11 -fsyntax-only -D_GNU_SOURCE -I"$B/inc/$user" -I"$B/gen/inc" \
				-I/usr/lib/llvm-19/include $flags "$BATS_TEST_TMPDIR/scratch.c" \
				2>"$BATS_TEST_TMPDIR/err" && seen=yes || seen=no
			[ "$user" = "$room" ] && wanted=yes || wanted=no
			[ $seen = $wanted ] || { echo "$header from $user: $seen"; cat "$BATS_TEST_TMPDIR/err"; return 1; }
			[ $seen = yes ] || grep -q "$header: No such file" "$BATS_TEST_TMPDIR/err"
			tried=$((tried + 1))
		done
		below=$room
	done
	[ $tried -gt 30 ]
}
