# SPDX-License-Identifier: GPL-2.0-only
"""Which edited files travel in one patch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from .owners import Patched, owner
from .store import EditedFile, Site


@dataclass(frozen=True)
class Unit:
    """The files of one patch, and who owns most of them."""

    files: tuple[EditedFile, ...]
    subsystem: str

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(file.path for file in self.files)


class _Sets:
    """Union-find over names."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        parent = self._parent.setdefault(name, name)
        if parent == name:
            return name
        self._parent[name] = self.find(parent)
        return self._parent[name]

    def join(self, first: str, second: str) -> None:
        self._parent[self.find(second)] = self.find(first)


def driver(path: str, patched: Patched) -> str:
    """The unit of one author: the module, else the file or its folder."""
    known = owner(patched, path)
    if known:
        return f"{known.directory}/{known.module}"
    folder = PurePosixPath(path).parent
    return path if len(folder.parts) < 2 else str(folder)


def owner_key(file: EditedFile, patched: Patched) -> str:
    if file.subsystem and not patched[file.path].umbrella:
        return f"section {file.subsystem}"
    return f"driver {file.subsystem} {driver(file.path, patched)}"


def _join_groups(sets: _Sets, sites: Iterable[Site], edited: set[str]) -> None:
    """Sites of one group change together or not at all."""
    for site in sites:
        if site.group is not None and site.path in edited and site.by_rule:
            sets.join(f"group {site.group}", f"file {site.path}")


def _join_headers(sets: _Sets, files: list[EditedFile]) -> None:
    """A driver's own header, changed for the sake of its users, goes with them."""
    for header in (file for file in files if file.path.endswith(".h")):
        include = f'"{PurePosixPath(header.path).name}"'.encode()
        for file in files:
            if file is not header and b"#include " + include in file.after:
                sets.join(f"file {file.path}", f"file {header.path}")


def _subsystem(files: list[EditedFile]) -> str:
    names = [file.subsystem for file in files]
    return max(names, key=lambda name: (names.count(name), [-ord(c) for c in name]))


def one_unit(files: list[EditedFile]) -> list[Unit]:
    """A driver outside of the kernel: its files go together, with a header that is new to it."""
    return [Unit(tuple(sorted(files, key=lambda f: f.path)), "")] if files else []


def units(files: list[EditedFile], sites: list[Site], patched: Patched) -> list[Unit]:
    """The series' patches, ordered by the first path of each."""
    sets = _Sets()
    for file in files:
        sets.join(owner_key(file, patched), f"file {file.path}")
    _join_groups(sets, sites, {file.path for file in files})
    _join_headers(sets, files)
    gathered: dict[str, list[EditedFile]] = {}
    for file in sorted(files, key=lambda f: f.path):
        gathered.setdefault(sets.find(f"file {file.path}"), []).append(file)
    found = [Unit(tuple(members), _subsystem(members)) for members in gathered.values()]
    return sorted(found, key=lambda unit: unit.paths[0])
