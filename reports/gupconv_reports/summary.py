# SPDX-License-Identifier: GPL-2.0-only
"""The table at the end of `gupconv run`: what came of the tree, and where it lies."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from . import outcome, table
from .failure import Exit, guarded
from .options import Parser
from .outcome import SiteOutcome
from .store import OUTCOMES, LinesRow, Store, opened

_REASONS = 8


def _with_reasons(title: str, found: list[SiteOutcome], word: str) -> list[list[table.Cell]]:
    rows: list[list[table.Cell]] = [[title, _number(found, word), ""]]
    return rows + [["", count, why] for count, why in outcome.reasons(found, word, _REASONS)]


def _number(found: list[SiteOutcome], word: str) -> int:
    return sum(s.word == word for s in found)


def _by_role(found: list[SiteOutcome], word: str) -> str:
    acquires = sum(s.site.role == "acquire" and word in ("", s.word) for s in found)
    releases = sum(s.site.role == "release" and word in ("", s.word) for s in found)
    return f"{acquires} take pages, {releases} release them"


def rows(store: Store, folder: Path) -> list[list[table.Cell]]:
    found = outcome.outcomes(store.sites(), store.links())
    patches = store.patches()
    verdicts = store.verdicts()
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    bad = {v.patch_id for v in verdicts if v.outcome != "proven"}
    good = {v.patch_id for v in verdicts if v.outcome == "proven"} - bad
    return [
        ["sites found", len(found), _by_role(found, "")],
        ["converted", _number(found, outcome.CONVERTED), _by_role(found, outcome.CONVERTED)],
        ["right already", _number(found, outcome.RIGHT), ""],
        *_with_reasons("kept", found, outcome.KEPT),
        *_with_reasons("left over", found, outcome.LEFT),
        ["patches written", len(patches), os.path.abspath(folder) if patches else ""],
        ["patches proven", len(good), _proof(outcomes, store.lines())],
    ]


def _proof(outcomes: Counter[str], lines: list[LinesRow]) -> str:
    words = ", ".join(f"{outcomes[word]} {word}" for word in OUTCOMES if outcomes[word])
    compiled = sum(row.outcome == "compiled" for row in lines)
    if not lines:
        return words
    return f"objects: {words}; changes: {compiled} of {len(lines)} compiled" if words else ""


def main(words: list[str]) -> Exit:
    parser = Parser("run", "Prints what came of a tree.")
    parser.add_db()
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    table.add_format(parser)
    given = parser.parse_args(words)
    with opened(given.db) as store:
        table.show(("what", "count", "detail"), rows(store, given.out), given.format)
    return Exit.DONE


if __name__ == "__main__":
    sys.exit(guarded(main))
