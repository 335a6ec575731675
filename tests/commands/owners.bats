#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Maintainers and objects of files, for series, prove and the reader.
load helper

cell() {
	awk -F'\t' -v path="$1" -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
		NR > 1 && $1 == path { print $column }' .out
}

@test "owners: section with its people, architecture, module and symbols" {
	mini_db
	gc owners --db x.db --format tsv drivers/misc/thimble.c arch/arm64/mm/x.c
	[ "$code" = 0 ] && [ -z "$err" ]
	[ -n "$(cell drivers/misc/thimble.c subsystem)" ]
	[[ "$(cell drivers/misc/thimble.c contacts)" == *"maintainer "*"@"* ]]
	[ "$(cell drivers/misc/thimble.c module)" = drivers/misc/thimble ]
	[[ "$(cell drivers/misc/thimble.c configs)" == CONFIG_* ]]
	[ "$(cell drivers/misc/thimble.c arch)" = x86 ]
	[ "$(cell arch/arm64/mm/x.c arch)" = arm64 ]
}

@test "owners: a file in the work folder stands in place of the tree's" {
	mini_db
	mkdir -p work/drivers/misc
	echo 'obj-$(CONFIG_OTHER) += fresh.o' >work/drivers/misc/Makefile
	gc owners --db x.db --format tsv --work work drivers/misc/fresh.c
	[ "$(cell drivers/misc/fresh.c configs)" = CONFIG_OTHER ]
	gc owners --db x.db --format tsv drivers/misc/fresh.c
	[ -z "$(cell drivers/misc/fresh.c configs)" ]
}

@test "owners: a tree without MAINTAINERS, and no file at all" {
	mini_db
	mkdir bare
	gc owners --db x.db --tree bare mm/gup.c
	failed 3 "MAINTAINERS"
	gc owners --db x.db
	failed 2 "an argument is missing"
}
