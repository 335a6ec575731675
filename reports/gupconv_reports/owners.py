# SPDX-License-Identifier: GPL-2.0-only
"""Maintainers of files and the objects that are built of them, as 'gupconv owners' finds it in a tree."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import paths
from .failure import Exit, Failure
from .store import Owner, PatchedFile, Store

Patched = Mapping[str, PatchedFile]


def find(store: Store, tree: Path, work: Path, files: Iterable[str]) -> Patched:
    """Of these files alone, with those of the work folder in place of the tree's; they are in
    the database then, for prove."""
    names = sorted(set(files))
    if not names:
        return {}
    command = [paths.program(), "owners", "--db", str(store.path), "--tree", str(tree),
               "--work", str(work), "--", *names]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{command[0]}: not found; it reads MAINTAINERS") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Failure(Exit.TOOL, said[-1].removeprefix("gupconv: error: ") if said else
                      "gupconv owners failed")
    return store.patched()


def owner(patched: Patched, path: str) -> Owner | None:
    """The one that the object of a .c file goes by; None when no Kbuild file names it."""
    known = patched.get(path)
    return known.owners[0] if known and known.owners else None
