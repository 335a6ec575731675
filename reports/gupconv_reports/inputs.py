# SPDX-License-Identifier: GPL-2.0-only
"""One word for everything that a series is made of: when it is the same, so is the series."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from . import paths
from .store import Store
from .tree import Tree

_OWN = ("reports/gupconv_reports/*.py", "reports/templates/*", "kernel-patches/core/**/*",
        "kernel-patches/sites/**/*", "db/queries/series_*.sql")
_OF_THE_TREE = ("Makefile", "MAINTAINERS", ".mailmap", "scripts/get_maintainer.pl",
                "scripts/checkpatch.pl", "scripts/spelling.txt",
                "Documentation/core-api/pin_user_pages.rst")


def _own_files() -> Iterator[Path]:
    for pattern in _OWN:
        yield from sorted(path for path in paths.root().glob(pattern) if path.is_file())


def digest(store: Store, tree: Tree, words: list[str]) -> str:
    """words: whatever else counts, such as options and the sender."""
    whole = hashlib.sha256()

    def add(name: str, data: bytes) -> None:
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)

    add("words", repr(words).encode())
    add("sources", store.meta("sources").encode())
    add("tree", f"{tree.path} {tree.version()} {tree.epoch()} {store.meta('era')}".encode())
    edited = store.edited_files()
    for file in edited:
        add(file.path, repr((file.subsystem, file.before)).encode() + file.after)
    add("sites", repr(store.sites()).encode())
    add("links", repr(store.links()).encode())
    add("contacts", repr(store.contacts()).encode())
    touched = {path for row in store.patches() for path in row.paths}
    for path in (*_OF_THE_TREE, *sorted(touched | {file.path for file in edited})):
        add(path, tree.read(path) or b"")
    for own in _own_files():
        add(str(own), own.read_bytes())
    return whole.hexdigest()
