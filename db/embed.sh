#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# embed.sh FILE.sql ... : a C table of the files' texts, named as the files are.
set -eu
echo '#include "db/query.h"'
echo 'const struct query query_table[] = {'
for file; do
	printf '\t{ "%s",\n' "$(basename "$file" .sql)"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^\(.*\)$/\t"\1\\n"/' "$file"
	printf '\t},\n'
done
echo '	{ 0, 0 }'
echo '};'
