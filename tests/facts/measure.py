#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""measure.py [-v] DB FACTS: what the tool links against what a person read.

Every release that the reading names for an acquire counts one. It is found when
the tool links it or, where the reading says mixed, calls it mixed or unknown. A
pair is wrong when the reading does not name the release for this acquire; a link
is wrong when the release is none at all: named for no acquire, or a decoy, or one
that the reading calls mixed. A release with "=" before it is a link all the same.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from support import connect  # noqa: E402

Place = tuple[str, int]

KINDS = {"link": {"link"}, "mixed": {"mixed", "unknown", "link"}, "keep": set()}
STATES = {"link": {"unconverted", "converted", "extract"}, "mixed": {"mixed", "unknown", "extract"}, "keep": {"keep"}}


def places(text: str, path: str) -> set[Place]:
    """ "12,dir/b.c:7,=9" as places; a bare line is of the path."""
    found = set()
    for item in filter(None, text.split(",")):
        where, _, line = item.lstrip("=").rpartition(":")
        found.add((where or path, int(line)))
    return found


@dataclass(frozen=True)
class Fact:
    path: str
    line: int
    verdict: str
    releases: set[Place]
    certain: set[Place]
    decoys: set[Place]

    @classmethod
    def of_row(cls, row: dict[str, str]) -> Fact:
        return cls(row["path"], int(row["line"]), row["verdict"],
                   places(row["release_lines"], row["path"]),
                   places(",".join(item for item in row["release_lines"].split(",")
                                   if item.startswith("=")), row["path"]),
                   places(row["decoy_lines"], row["path"]))


@dataclass
class Measure:
    sites: int = 0
    agree: int = 0
    releases: int = 0
    found: int = 0
    links: int = 0
    wrong: int = 0
    wrong_pairs: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / max(self.releases, 1)

    @property
    def precision(self) -> float:
        return 1 - self.wrong / max(self.links, 1)

    def __str__(self) -> str:
        return (f"{self.sites} sites, {self.agree} states agree; {self.releases} releases,"
                f" {self.found} found (recall {self.recall:.2f}); {self.links} links,"
                f" {self.wrong} wrong (precision {self.precision:.2f}),"
                f" {self.wrong_pairs} of the wrong acquire")


def facts_of(file: Path) -> list[Fact]:
    with file.open(encoding="utf-8") as text:
        return [Fact.of_row(row) for row in csv.DictReader(text, delimiter="\t")]


def links_of(db: sqlite3.Connection, fact: Fact) -> set[tuple[Place, str]]:
    rows = db.execute("SELECT release_path, release_line, kind FROM link_site"
                      " WHERE acquire_path = ? AND acquire_line = ? AND release_id IS NOT NULL",
                      (fact.path, fact.line))
    return {((path, line), kind) for path, line, kind in rows}


def state_of(db: sqlite3.Connection, fact: Fact) -> str:
    """"extract" for pages of an iterator that are to be pinned where they are a user's: whether their
    release serves other pages as well is told by its own state."""
    row = db.execute("SELECT CASE WHEN state = 'unconverted' AND target = 'iov_iter_extract_pages'"
                     " THEN 'extract' ELSE state END"
                     " FROM site WHERE path = ? AND line = ? AND role = 'acquire'",
                     (fact.path, fact.line)).fetchone()
    return row[0] if row else "absent"


def add(measure: Measure, db: sqlite3.Connection, fact: Fact, named: set[Place]) -> None:
    links, state = links_of(db, fact), state_of(db, fact)
    got = {at for at, kind in links if kind in KINDS[fact.verdict]}
    linked = {at for at, kind in links if kind == "link"}
    pairs = linked - (fact.certain if fact.verdict == "mixed" else fact.releases)
    wrong = pairs if fact.verdict == "mixed" else pairs & fact.decoys | pairs - named
    # A frame vector stays as it is: keep, with all its releases known.
    agrees = state in STATES[fact.verdict] or (state == "keep" and fact.releases <= got)
    measure.sites += 1
    measure.agree += agrees
    measure.releases += len(fact.releases)
    measure.found += len(fact.releases & got)
    measure.links += len(linked)
    measure.wrong += len(wrong)
    measure.wrong_pairs += len(pairs)
    if fact.releases - got or pairs or not agrees:
        measure.notes.append(f"{fact.path}:{fact.line}: read {fact.verdict}, state {state},"
                             f" not found {sorted(fact.releases - got)}, wrong {sorted(pairs)}")


def measure_of(db_path: Path, facts: Path) -> Measure:
    measure = Measure()
    db = connect(db_path)
    try:
        read = facts_of(facts)
        named = set().union(*(fact.releases for fact in read))
        for fact in read:
            add(measure, db, fact, named)
    finally:
        db.close()
    return measure


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "-v"]
    if len(words) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    measure = measure_of(Path(words[0]), Path(words[1]))
    if "-v" in sys.argv:
        print("\n".join(measure.notes))
    print(measure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
