#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# with-sender.sh COMMAND...: runs it with a sender for the patches.
# gupconv itself takes no name but the one that git was told. A fresh machine
# told git nothing, and shall see its patches all the same.
set -eu

name=${GIT_AUTHOR_NAME:-$(git config --get user.name || :)}
email=${GIT_AUTHOR_EMAIL:-$(git config --get user.email || :)}
if [ -z "$name" ] || [ -z "$email" ]; then
	user=$(id -un)
	export GIT_AUTHOR_NAME="${name:-$user}" GIT_AUTHOR_EMAIL="${email:-$user@$(uname -n)}"
	echo "git has no user.name or user.email: the patches are from" \
		"$GIT_AUTHOR_NAME <$GIT_AUTHOR_EMAIL>. Set both before you mail any." >&2
fi
exec "$@"
