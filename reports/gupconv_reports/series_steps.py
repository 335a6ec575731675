# SPDX-License-Identifier: GPL-2.0-only
"""The mails of a series as texts, one step each, and which of them can be built together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import git, tree
from .failure import Exit, Failure
from .store import PatchRow


@dataclass(frozen=True)
class Step:
    """One patch as texts: every file that it touches, before and after (None: no file)."""

    row: PatchRow
    before: dict[str, bytes | None]
    after: dict[str, bytes | None]


def steps(rows: list[PatchRow], folder: Path, target: tree.Tree, temp: Path) -> list[Step]:
    """Applies the mails of the series one after the other to the files that they touch."""
    work = git.Repository(temp, git.Person("gupconv", "gupconv@localhost"), 0)
    work.start()
    top = temp / target.within
    now: dict[str, bytes | None] = {}
    for row in rows:
        for path in row.paths:
            if path not in now:
                now[path] = target.read(path)
                _write(top / path, now[path])
    found = []
    for row in rows:
        mail = folder / row.name
        if not mail.is_file():
            raise Failure(Exit.INPUT, f"{mail}: is not there; run 'gupconv series' again")
        before = {path: now[path] for path in row.paths}
        work.run("apply", "--whitespace=nowarn", str(mail.resolve()))
        for path in row.paths:
            now[path] = (top / path).read_bytes() if (top / path).is_file() else None
        found.append(Step(row, before, {path: now[path] for path in row.paths}))
    return found


def _write(path: Path, data: bytes | None) -> None:
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def is_kconfig(path: str) -> bool:
    return PurePosixPath(path).name.startswith("Kconfig")


def is_header(path: str) -> bool:
    return path.endswith(".h")


def header_user(header: str, touched: list[str], texts: Mapping[str, bytes | None],
                target: tree.Tree) -> list[str]:
    """A file beside a header of a driver's own that includes it, when the patch touches none:
    it is built for the header's sake. Texts are of the files that are patched so far."""
    folder, name = str(PurePosixPath(header).parent), PurePosixPath(header).name
    wanted = re.compile(rb'^\s*#\s*include\s+"(?:[^"\n]*/)?' + re.escape(name.encode()) + rb'"',
                        re.M)

    def includes(path: str) -> bool:
        data = texts.get(path, target.read(path))
        return bool(data and wanted.search(data))
    if not is_header(header) or "include" in folder.split("/") or any(
            path.endswith(".c") and includes(path) for path in touched):
        return []
    beside = sorted(str(PurePosixPath(folder) / file.name)
                    for file in (target.path / folder).glob("*.c"))
    return [path for path in beside if includes(path)][:1]


def reaches_others(path: str) -> bool:
    """Whether an object of another file may come out otherwise for it."""
    return not path.endswith(".c") and path != "MAINTAINERS" and \
        not path.startswith("Documentation/")


def batches(todo: list[Step]) -> list[list[Step]]:
    """Steps that cannot see each other's changes are built together.

    A header or a Makefile is a batch of its own, and a file that the batch has touched
    already begins a new one: then before and after of every object are the same as if each patch were
    proven by itself."""
    found: list[list[Step]] = []
    touched: set[str] = set()
    for step in todo:
        alone = any(map(reaches_others, step.row.paths))
        if alone or not found or touched & set(step.row.paths):
            found.append([])
            touched = set()
        found[-1].append(step)
        touched |= set(step.row.paths)
        if alone:
            touched |= {path for later in todo for path in later.row.paths}
    return found
