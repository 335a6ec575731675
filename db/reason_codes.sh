#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# reason_codes.sh reasons.sql: the codes as a list for C, X(REASON_CODE, "code"), in the
# order of the file.
set -eu
echo '/* Made from db/reasons.sql. */'
# shellcheck disable=SC1003
echo '#define REASONS(X) \'
sed -n "s/^	('\([a-z0-9-]*\)', .*/\1/p" "$1" | awk '{
	name = toupper($0)
	gsub(/-/, "_", name)
	printf "\tX(REASON_%s, \"%s\") \\\n", name ? name : "NONE", $0
}'
echo
