#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The contract with scripts: columns, formats, exit codes, which stream.
load helper

header() { head -n 1 "$T/.out" | tr '\t' '\n'; }

# The words of the command table; no test may pass because it saw none.
commands() {
	"$GUPCONV" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p' >.commands
	[ "$(wc -l <.commands)" -ge 6 ] || { echo "no commands in --help"; return 1; }
}

has_columns() {
	for column; do
		header | grep -qx "$column" || { echo "no column $column in: $(header | tr '\n' ' ')"; return 1; }
	done
}

@test "sites: columns of the contract" {
	mini_db
	gc sites --db x.db --format tsv
	[ "$code" = 0 ] && [ -z "$err" ]
	has_columns id path line column function callee role status state place arch guard subsystem
}

@test "links: columns of the contract" {
	mini_db
	gc links --db x.db --format tsv
	[ "$code" = 0 ] && [ -z "$err" ]
	has_columns acquire_id acquire_path acquire_line acquire_function release_id release_path \
		release_line release_function release_callee kind reason
	[ "$(tail -n +2 .out | wc -l)" -gt 50 ]
	kind=$(header | grep -nx kind | cut -d: -f1)
	[ -z "$(tail -n +2 .out | cut -f"$kind" | grep -vxE 'link|decoy|mixed|unknown')" ]
}

@test "status: one row a subsystem, and the sums are those of sites" {
	mini_db
	gc status --db x.db --format tsv
	[ "$code" = 0 ] && [ -z "$err" ]
	has_columns subsystem acquires releases converted unconverted keep mixed mismatched unknown
	[ "$(tail -n +2 .out | cut -f1 | sort | uniq -d)" = "" ]
	acquires=$(tail -n +2 .out | awk -F'\t' '{ n += $2 } END { print n }')
	gc sites --db x.db --role acquire --format tsv
	status=$(header | grep -nx status | cut -d: -f1)
	[ "$acquires" = "$(tail -n +2 .out | cut -f"$status" | grep -cvE 'dead|homonym')" ]
}

@test "sites: every row of TSV has as many cells as the header" {
	mini_db
	gc sites --db x.db --format tsv
	[ "$(awk -F'\t' '{ print NF }' .out | sort -u | wc -l)" = 1 ]
}

@test "sites: --role and --state choose rows" {
	mini_db
	gc sites --db x.db --role acquire --format tsv
	role=$(header | grep -nx role | cut -d: -f1)
	[ "$(tail -n +2 .out | cut -f"$role" | sort -u)" = acquire ]
	all=$(tail -n +2 .out | wc -l) sum=0
	for state in unconverted converted keep mixed mismatched unknown; do
		gc sites --db x.db --role acquire --state $state --format tsv
		[ "$code" = 0 ]
		sum=$((sum + $(tail -n +2 .out | wc -l)))
	done
	[ "$all" -gt 30 ] && [ "$sum" = "$all" ]
}

@test "json: is JSON, of the same rows as TSV" {
	mini_db
	for command in sites links status; do
		"$GUPCONV" $command --db x.db --format json >json
		"$GUPCONV" $command --db x.db --format tsv >tsv
		/usr/bin/python3 - json tsv <<-'PYTHON'
			import csv, json, sys
			rows = json.load(open(sys.argv[1]))
			table = list(csv.DictReader(open(sys.argv[2]), delimiter="\t", quoting=csv.QUOTE_NONE))
			assert len(rows) == len(table) > 5
			for row, line in zip(rows, table):
			    assert list(row) == list(line)
			    assert [str("" if v is None else v) for v in row.values()] == \
			        [v.replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\") for v in line.values()]
		PYTHON
	done
}

@test "json: of no rows is an empty list" {
	mini_db
	gc sites --db x.db --role release --state converted --format json
	[ "$code" = 0 ] && [ "$out" = "[]" ]
}

@test "text: aligned, header first" {
	mini_db
	gc sites --db x.db
	[ "$code" = 0 ]
	[[ "$(head -n 1 .out)" == "id "*"path "*"line "*"callee "* ]]
}

@test "sql: answers in the same formats" {
	mini_db
	gc sql --db x.db --format tsv "SELECT 1 AS a, 'x' || char(9) || 'y' AS b"
	[ "$out" = "$(printf 'a\tb\n1\tx\\ty')" ]
}

@test "sql: cannot write" {
	mini_db
	keep_safe x.db
	gc sql --db x.db "DELETE FROM call"
	[ "$code" != 0 ] && [ -n "$err" ]
	untouched x.db
}

@test "--version and --help: stdout, exit 0" {
	gc --version
	[ "$code" = 0 ] && [[ "$out" =~ ^gupconv\ [0-9]+\.[0-9]+\.[0-9]+$ ]] && [ -z "$err" ]
	gc --help
	[ "$code" = 0 ] && [[ "$out" == usage:* ]] && [ -z "$err" ]
}

@test "every command of --help has its own, and it names the command" {
	commands
	for command in $(cat .commands); do
		gc "$command" --help
		[ "$code" = 0 ] && [ -z "$err" ] || { echo "$command: $code $err"; return 1; }
		grep -q "gupconv $command" .out || { echo "$command: $out"; return 1; }
	done
}

@test "every command has a man page that names its options" {
	commands
	for command in $(cat .commands); do
		page=$ROOT/docs/man/gupconv-$command.1
		[ -f "$page" ] || { echo "no page for $command"; return 1; }
		gc "$command" --help
		for option in $(grep -oE -- '--[a-z][a-z-]+' .out | sort -u); do
			[ "$option" = --help ] || grep -qF -- "$(echo "$option" | sed 's/-/\\-/g')" "$page" || {
				echo "$command: $option is not in its page"; return 1; }
		done
	done
}

@test "every command with --db names the missing database, exit 3" {
	commands
	for command in $(cat .commands); do
		gc "$command" --help
		grep -q -- '--db' .out || continue
		case $command in
		index | run) continue ;;
		sql) set -- "SELECT 1" ;;
		explain) set -- 1 ;;
		series) set -- -o out ;;
		report) set -- -o out.html ;;
		prove) set -- --series out ;;
		check) set -- /dev/null ;;
		owners) set -- mm/gup.c ;;
		*) set -- ;;
		esac
		gc "$command" --db nowhere.db "$@"
		[ "$code" = 3 ] && [ -z "$out" ] || { echo "$command: exit $code: $out"; return 1; }
		grep -q '^gupconv: error: .*nowhere\.db' .err || { echo "$command: $err"; return 1; }
	done
}
