#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# An index that is stopped half-way leaves the earlier database whole.
load helper

# Nothing here waits for a time: each loop ends with what it waits for, or after minutes,
# when it never comes.
ROUNDS=6000

# A tree whose index takes some seconds: many copies of one driver.
slow_tree() {
	mini_tree
	for number in $(seq "${1:-400}"); do
		sed "s/thimble_/thimble${number}_/g" "$MINI/drivers/misc/thimble.c" \
			>"tree/drivers/misc/thimble$number.c"
	done
}

# The headers of the tree precompiled, so that the first workers of an index are its parsers.
# Leaves the database of one of the files.
warm_headers() {
	mkdir kept && mv tree/drivers/misc/thimble?*.c kept/
	mini_db tree
	mv kept/* tree/drivers/misc/ && rmdir kept
}

workers_of() {
	pgrep -P "$1" || :
}

until_working() {
	for _ in $(seq $ROUNDS); do
		[ -z "$(workers_of "$1")" ] || return 0
		sleep 0.02
	done
	echo "no worker was ever started"
	return 1
}

# SIGINT is ignored in a shell's background jobs; setsid and python set it right.
start() {
	/usr/bin/python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$GUPCONV" "$@" >.out 2>.err </dev/null 3>&- &
	pid=$!
}

ended() {
	code=0
	wait "$pid" || code=$?
	out=$(cat .out) err=$(cat .err)
}

none_left() {
	for worker; do
		for _ in $(seq $ROUNDS); do
			kill -0 "$worker" 2>/dev/null || continue 2
			sleep 0.05
		done
		echo "worker $worker is left"
		return 1
	done
}

@test "Ctrl-C: one line, exit 4, the old database, no temporary files, no process" {
	slow_tree
	warm_headers && keep_safe x.db
	for signal in INT TERM; do
		start index tree --db x.db
		until_working "$pid"
		workers=$(workers_of "$pid")
		kill -$signal "$pid"
		ended
		failed 4 "interrupted"
		untouched x.db
		only tree x.db
		# shellcheck disable=SC2086
		none_left $workers
	done
}

@test "kill -9 at random moments: the old database is whole, the next index works" {
	slow_tree 150
	mini_db "$MINI" && keep_safe x.db
	"$GUPCONV" sites --db x.db >before
	for moment in 0.01 0.05 0.1 0.2 0.35 0.5 0.7 0.9 1.1; do
		start index tree --db x.db
		sleep $moment
		kill -KILL "$pid" 2>/dev/null || :
		ended
		if [ "$code" = 0 ]; then
			break
		fi
		# Killed between the rename and the exit: then it is the new one, and whole.
		if ! untouched x.db; then
			[ "$("$GUPCONV" sql --db x.db --format tsv "PRAGMA integrity_check" | tail -n 1)" = ok ]
			[ "$("$GUPCONV" sites --db x.db --format tsv | wc -l)" -gt 150 ]
			break
		fi
		"$GUPCONV" sites --db x.db | cmp - before
	done
	gc index tree --db x.db
	[ "$code" = 0 ]
	gc sites --db x.db --role acquire --format tsv
	[ "$(wc -l <.out)" -gt 150 ]
}

@test "a worker that is killed costs its file and no more" {
	slow_tree
	warm_headers && rm x.db
	start index tree --db x.db -j 2
	until_working "$pid"
	worker=$(workers_of "$pid" | head -n 1)
	kill -KILL "$worker"
	ended
	[ "$code" = "$(grep -c 'warning: .*crashed' .err)" ]
	gc sql --db x.db --format tsv "SELECT count(*) FROM file WHERE status = 'failed'"
	[ "$(tail -n 1 .out)" -le 1 ]
}

# The number of a process that has been and is no more.
dead_pid() {
	sh -c 'echo $$'
}

@test "what a killed index left is cleared away by the next, what a living one has is not" {
	slow_tree
	start index tree --db x.db
	until_working "$pid"
	kill -KILL "$pid"
	wait "$pid" || :
	none_left "$(workers_of "$pid")"
	[ -n "$(find . -maxdepth 1 -name "gupconv-$pid-*")" ]
	dead=$(dead_pid)
	touch "x.db.new-$dead" "x.db.new-$dead-wal" "x.db.new-$$" "y.db.new-$dead" "x.db.new-" \
		"x.db.new-${dead}x" x.db.new-0 x.db.new-1 x.db.new-99999999999999999999
	mkdir -p "gupconv-$dead-abc/x86/asm" "gupconv-$$-abc" gupconv-series-abc elsewhere/kept
	ln -s elsewhere "gupconv-$dead-link"
	ln -s elsewhere "gupconv-$dead-abc/inside"
	gc index "$MINI" --db x.db
	[ "$code" = 0 ]
	only tree x.db "x.db.new-$$" "y.db.new-$dead" x.db.new- "x.db.new-${dead}x" x.db.new-0 x.db.new-1 \
		x.db.new-99999999999999999999 "gupconv-$$-abc" gupconv-series-abc elsewhere "gupconv-$dead-link"
	[ -d elsewhere/kept ]
}

stopped() {
	[ "$(sed 's/.*) //; s/ .*//' "/proc/$1/stat")" = T ]
}

@test "a parser that gets no processor for longer than its limit fails no file" {
	slow_tree
	warm_headers && rm x.db
	start index tree --db x.db -j 2 --timeout 1
	until_working "$pid"
	for worker in $(workers_of "$pid"); do
		kill -STOP "$worker"
		until stopped "$worker"; do :; done
	done
	# The one place where time has to pass: more of it than the limit.
	sleep 3
	for worker in $(workers_of "$pid"); do
		stopped "$worker"
		kill -CONT "$worker"
	done
	ended
	[ "$code" = 0 ]
	[ -z "$(grep 'not parsed' .err)" ]
	gc sql --db x.db --format tsv "SELECT count(*) FROM file WHERE status <> 'parsed'"
	[ "$(tail -n 1 .out)" = 0 ]
}
