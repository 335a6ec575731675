# SPDX-License-Identifier: GPL-2.0-only
"""Which changed lines of a series were compiled so far, and by what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .hunks import Hunk, hunks, marked, named
from .series_steps import Step
from .store import LinesRow

_SYMBOL = re.compile(r"(!?)\s*(?:defined\s*\(?|IS_\w+\s*\()?\s*(CONFIG_\w+)")


@dataclass(frozen=True)
class Place:
    """A run of changed lines of a patch; number: its marker's, unique in the series."""

    patch: int
    path: str
    hunk: Hunk
    number: int

    @property
    def wishes(self) -> dict[str, bool]:
        """The symbols that its guards speak of, and whether they have to be set."""
        return {symbol: on for guard in self.hunk.guards for symbol, on in _wishes(guard)}

    def __str__(self) -> str:
        under = named(self.hunk.guards)
        return f"{self.path}:{max(self.hunk.first, 1)}" + (f" under {under}" if under else "")


def _wishes(guard: str) -> list[tuple[str, bool]]:
    own, _, first = guard.partition(" of ")
    if own.startswith("#else"):
        return [(symbol, not on) for symbol, on in _wishes(first)]
    no = own.startswith("#ifndef")
    return [(symbol.removesuffix("_MODULE"), no == bool(bang))
            for bang, symbol in _SYMBOL.findall(own)]


@dataclass
class Coverage:
    """how: of each place that was compiled, the object and the way; why: of others, what stood
    against it; broken: those of which that is the tree as it was before the patch."""

    places: tuple[Place, ...]
    how: dict[Place, str] = field(default_factory=dict)
    why: dict[Place, str] = field(default_factory=dict)
    broken: set[Place] = field(default_factory=set)

    @classmethod
    def of(cls, todo: Iterable[Step]) -> Coverage:
        found: list[Place] = []
        for step in todo:
            for path, after in step.after.items():
                if after is not None and path.endswith((".c", ".h")):
                    for hunk in hunks(step.before[path], after):
                        found.append(Place(step.row.id, path, hunk, len(found) + 1))
        return cls(tuple(found))

    def left(self, patch: int, paths: Iterable[str]) -> list[Place]:
        wanted = set(paths)
        return [place for place in self.places if place.patch == patch and place.path in wanted
                and place not in self.how]

    def texts(self, batch: Iterable[Step]) -> dict[str, bytes]:
        """Every file of these patches with the markers in it."""
        found = {}
        for step in batch:
            for path, after in step.after.items():
                mine = [(place.hunk.safe, place.number) for place in self.places
                        if (place.patch, place.path) == (step.row.id, path)]
                if mine and after is not None:
                    found[path] = marked(after, mine)
        return found

    def note(self, patch: int, numbers: frozenset[int], how: str) -> None:
        for place in self.places:
            if place.patch == patch and place.number in numbers:
                self.how.setdefault(place, how)

    def rows(self) -> list[LinesRow]:
        return [LinesRow(place.patch, place.path, max(place.hunk.first, 1), place.hunk.lines,
                         "compiled" if place in self.how else "not-compiled",
                         named(place.hunk.guards),
                         self.how.get(place) or self.why.get(place, ""))
                for place in self.places]
