#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Write what a build writes under include/generated and include/config.
# usage: mkgenerated.sh SRCTREE OBJTREE SRCARCH
set -e
srctree=$1
objtree=$2
arch=$3

update()
{
	if cmp -s "$1.tmp" "$1"; then
		rm -f "$1.tmp"
	else
		mv -f "$1.tmp" "$1"
	fi
}

mkdir -p "$objtree/include/generated/uapi" "$objtree/include/config"

grep '^CONFIG_' "$objtree/.config" > "$objtree/include/config/auto.conf.tmp"
update "$objtree/include/config/auto.conf"

sed -n -e 's/^\(CONFIG_[A-Za-z0-9_]*\)=y$/#define \1 1/p' \
	-e 's/^\(CONFIG_[A-Za-z0-9_]*\)=m$/#define \1_MODULE 1/p' \
	-e 's/^\(CONFIG_[A-Za-z0-9_]*\)=\([0-9"].*\)$/#define \1 \2/p' \
	"$objtree/.config" > "$objtree/include/generated/autoconf.h.tmp"
update "$objtree/include/generated/autoconf.h"

{
	echo "#ifndef __MINI_BOUNDS_H"
	echo "#define __MINI_BOUNDS_H"
	echo "#define NR_PAGEFLAGS 22"
	echo "#define MAX_NR_ZONES 4"
	echo "#endif"
} > "$objtree/include/generated/bounds.h.tmp"
update "$objtree/include/generated/bounds.h"

# asm-generic wrappers, as the generic-y lists of the architecture ask for
wrap()
{
	mkdir -p "$3"
	sed -n 's/^generic-y *+= *//p' "$1" | while read -r h; do
		echo "#include <asm-generic/$h>" > "$3/$h.tmp"
		update "$3/$h"
	done
}

gen=$objtree/arch/$arch/include/generated
wrap "$srctree/arch/$arch/include/asm/Kbuild" asm "$gen/asm"
wrap "$srctree/arch/$arch/include/uapi/asm/Kbuild" uapi "$gen/uapi/asm"
