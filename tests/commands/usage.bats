#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Mistakes on the command line: one line on stderr, exit 2.
load helper

@test "no command: usage, exit 2" {
	gc
	[ "$code" = 2 ]
}

@test "unknown command" {
	gc idnex tree
	failed 2 "no command 'idnex'"
}

@test "help COMMAND is COMMAND --help" {
	for command in audit index series; do
		gc "$command" --help
		mv .out wanted
		gc help "$command"
		[ "$code" = 0 ] && [ -z "$err" ] && cmp .out wanted
	done
	gc help idnex
	failed 2 "no command 'idnex'"
}

@test "unknown option" {
	gc sites --rolle acquire
	failed 2 "rolle"
}

@test "unknown role" {
	gc sites --role acquired --db x.db
	failed 2 "acquire, release"
}

@test "unknown state" {
	gc sites --state done --db x.db
	failed 2 "unconverted"
}

@test "unknown format" {
	mini_db
	gc sites --format xml --db x.db
	failed 2 "text, tsv or json"
}

@test "index: no tree given" {
	gc index
	failed 2 "an argument is missing"
}

@test "index: two trees given" {
	gc index a b
	failed 2 "too many arguments"
}

@test "index: worker numbers out of range, before anything is done" {
	for jobs in 0 -1 257 x; do
		gc index "$MINI" --db x.db -j $jobs
		failed 2 ""
	done
	only
}

@test "sql: no statement, an empty one, a wrong one" {
	mini_db
	gc sql --db x.db
	failed 2 "argument"
	gc sql --db x.db ""
	failed 2 "empty"
	gc sql --db x.db "SELECT nothing"
	failed 2 "nothing"
}
