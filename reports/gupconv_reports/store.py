# SPDX-License-Identifier: GPL-2.0-only
"""The database as typed rows. The SQL is in db/queries/, one statement a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from . import paths, reasons
from .failure import Exit, Failure
from .reasons import Reason

DB_VERSION = 16
"""PRAGMA user_version; the same number as DB_VERSION in db/db.h."""


@dataclass(frozen=True)
class EditedFile:
    path: str
    subsystem: str
    before: str
    after: bytes


@dataclass(frozen=True)
class Site:
    """An acquire or a release, what was decided about it and what convert did."""

    id: int
    path: str
    line: int
    function: str
    callee: str
    role: str
    flags: str
    state: str
    target: str
    use_case: int | None
    group: int | None
    reason: Reason
    outcome: str
    rule: str
    became: str
    """The callee after the conversion, "" where there is none."""
    edit_reason: Reason
    adds: str = ""
    """FOLL_ flags that the conversion adds to an acquire."""
    adds_reason: Reason | None = None
    """Why it does, or why it does not although the pages may need some."""

    @property
    def by_rule(self) -> bool:
        """A conversion has changed it, not a patch source, which convert calls ROOM/NAME."""
        return self.outcome == "converted" and "/" not in self.rule

    @property
    def why(self) -> Reason:
        return self.edit_reason if self.outcome in ("kept", "refused") else self.reason


@dataclass(frozen=True)
class PatchRow:
    id: int
    name: str
    subject: str
    subsystem: str
    source: str
    paths: tuple[str, ...]


OUTCOMES = ("proven", "failed", "warned", "not-compiled", "not-proven")
"""Of a proof."""


@dataclass(frozen=True)
class VerdictRow:
    patch_id: int
    object: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class LinesRow:
    """A run of changed lines of code in one branch of conditionals; line is of the file after
    the patch, lines is 0 where some were only removed before it."""

    patch_id: int
    path: str
    line: int
    lines: int
    outcome: str
    guard: str
    reason: str


@dataclass(frozen=True)
class CheckRow:
    """A line that the tree's checkpatch.pl wrote about a patch."""

    patch_id: int
    kind: str
    text: str


@dataclass(frozen=True)
class Owner:
    """One way in which Kbuild takes in an object: directory is the Kbuild file's, module the
    composite (or the object's own stem), configs everything that must be set."""

    directory: str
    module: str
    configs: tuple[str, ...]
    composite: bool
    word: str = ""

    def spelled(self, obj: str) -> str:
        """The object as a target of make."""
        return f"{self.directory}/{self.word}" if self.word.startswith("../") else obj


@dataclass(frozen=True)
class PatchedFile:
    """A file that patches touch. umbrella: its section holds several drivers; arch: by its
    folder below arch/; owners: an object may go into several modules, one of which will do."""

    subsystem: str
    umbrella: bool
    arch: str
    owners: tuple[Owner, ...]


@dataclass(frozen=True)
class Contact:
    subsystem: str
    kind: str
    value: str


def _query(name: str) -> str:
    return (paths.root() / "db" / "queries" / f"{name}.sql").read_text(encoding="utf-8")


class Store:
    """An open database of the version that we understand."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.sentences = reasons.load(connection)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(_query(query), values).fetchall()

    def meta(self, key: str) -> str:
        found = self.rows("meta_get", key)
        return str(found[0][0]) if found else ""

    def meta_set(self, key: str, value: str) -> None:
        if self.meta(key) != value:
            with self.connection:
                self.connection.execute(_query("meta_set"), (key, value))

    def edited_files(self) -> list[EditedFile]:
        return [EditedFile(path, subsystem, before, bytes(after))
                for path, subsystem, before, after in self.rows("series_files")]

    def files_of_wrong_flags(self) -> list[str]:
        """Files with a converted acquire that has a truth value or number for its flags."""
        return [str(path) for (path,) in self.rows("series_flags")]

    def sites(self) -> list[Site]:
        make = self.sentences.reason
        return [Site(*row[:11], make(*row[11:13]), *row[13:16], make(*row[16:18]), row[18],
                     make(*row[19:]))
                for row in self.rows("series_sites")]

    def links(self) -> list[tuple[int, int]]:
        return [(int(acquire), int(release)) for acquire, release in self.rows("series_links")]

    def joined(self) -> list[tuple[int, int]]:
        """Acquires and the releases that their pages come to, be they certain or not."""
        return [(int(acquire), int(release)) for acquire, release in self.rows("report_joined")]

    def contacts(self) -> list[Contact]:
        return [Contact(*row) for row in self.rows("series_contacts")]

    def archs(self) -> list[tuple[str, str, str]]:
        """Of each architecture: its name, what make calls it, its compiler."""
        return [(name, make, triple) for name, make, triple in self.rows("archs")]

    def patched(self) -> dict[str, PatchedFile]:
        owners: dict[str, list[Owner]] = {}
        for path, directory, word, module, composite, configs in self.rows("patched_objects"):
            owners.setdefault(path, []).append(
                Owner(directory, module, tuple(configs.split()), bool(composite), word))
        return {path: PatchedFile(subsystem, bool(umbrella), arch, tuple(owners.get(path, ())))
                for path, subsystem, umbrella, arch in self.rows("patched_files")}

    def patches(self) -> list[PatchRow]:
        paths: dict[int, list[str]] = {}
        for patch_id, path in self.rows("patch_files"):
            paths.setdefault(patch_id, []).append(path)
        return [PatchRow(number, name, subject, subsystem, source, tuple(paths.get(number, ())))
                for number, name, subject, subsystem, source in self.rows("patches")]

    def checks(self) -> list[CheckRow]:
        return [CheckRow(*row) for row in self.rows("patch_checks")]

    def verdicts(self) -> list[VerdictRow]:
        return [VerdictRow(*row) for row in self.rows("verdicts")]

    def lines(self) -> list[LinesRow]:
        return [LinesRow(*row) for row in self.rows("proof_lines")]

    def replace_patches(self, patches: list[PatchRow], checks: list[CheckRow]) -> bool:
        """Writes the series' rows; false when they are there already, and nothing was touched."""
        if self.patches() == patches and self.checks() == sorted_checks(checks):
            return False
        with self.connection:
            for query in ("verdict_clear", "proof_lines_clear", "patch_check_clear", "patch_file_clear", "patch_clear"):
                self.connection.execute(_query(query))
            self._insert("patch_insert", ((p.id, p.name, p.subject, p.subsystem, p.source)
                                          for p in patches))
            self._insert("patch_file_insert", ((p.id, path) for p in patches for path in p.paths))
            self._insert("patch_check_insert", numbered_checks(checks))
        return True

    def replace_verdicts(self, verdicts: list[VerdictRow], lines: list[LinesRow]) -> bool:
        ordered = sorted(verdicts, key=lambda v: (v.patch_id, v.object))
        if self.verdicts() == ordered and self.lines() == lines:
            return False
        with self.connection:
            self.connection.execute(_query("verdict_clear"))
            self.connection.execute(_query("proof_lines_clear"))
            self._insert("proof_lines_insert", ((number, *astuple(row))
                                                for number, row in enumerate(lines)))
            self._insert("verdict_insert", ((v.patch_id, v.object, v.outcome, v.reason)
                                            for v in ordered))
        return True

    def _insert(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.connection.executemany(_query(query), rows)


def sorted_checks(checks: list[CheckRow]) -> list[CheckRow]:
    """As they come out of the database: by patch, in the order they were written."""
    return sorted(checks, key=lambda check: check.patch_id)


def numbered_checks(checks: list[CheckRow]) -> Iterator[tuple[int, int, str, str]]:
    for seq, check in enumerate(sorted_checks(checks)):
        yield check.patch_id, seq, check.kind, check.text


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != DB_VERSION:
        raise Failure(Exit.INPUT, f"{path}: database version {version}, but this gupconv reads "
                                  f"{DB_VERSION}; run 'gupconv index' again")


@contextmanager
def opened(path: Path, writable: bool = False) -> Iterator[Store]:
    if not path.is_file():
        raise Failure(Exit.INPUT, f"{path}: no such database; 'gupconv index TREE' makes one")
    mode = "rw" if writable else "ro"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)
        _check_version(connection, path)
    except sqlite3.DatabaseError as error:
        raise Failure(Exit.INPUT, f"{path}: {error}") from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        yield Store(connection, path)
    finally:
        connection.close()
