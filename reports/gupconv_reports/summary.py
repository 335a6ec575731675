# SPDX-License-Identifier: GPL-2.0-only
"""The table at the end of `gupconv run`: what came of the tree, and where it lies."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from . import cover, table
from .failure import Exit, guarded
from .options import Parser
from .store import Site, Store, opened

_REASONS = 8


def _with_reasons(word: str, sites: list[Site]) -> list[list[table.Cell]]:
    rows: list[list[table.Cell]] = [[word, len(sites), ""]]
    grouped = cover.reasons(sites)
    shown = grouped[:_REASONS]
    rest = sum(count for count, _ in grouped[_REASONS:])
    rows += [["", count, why] for count, why in shown]
    return [*rows, ["", rest, "other reasons"]] if rest else rows


def rows(store: Store, folder: Path) -> list[list[table.Cell]]:
    sites = store.sites()
    patches = store.patches()
    verdicts = store.verdicts()
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    bad = {v.patch_id for v in verdicts if v.outcome in ("failed", "warned")}
    good = {v.patch_id for v in verdicts if v.outcome == "proven"} - bad
    acquires = sum(site.role == "acquire" for site in sites)
    converted = [site for site in sites if site.outcome == "converted"]
    found: list[list[table.Cell]] = [
        ["sites found", len(sites), f"{acquires} take pages, {len(sites) - acquires} release them"],
        ["converted", len(converted), f"in {len({site.path for site in converted})} files"],
        ["right already", sum(s.state == "converted" and s.outcome != "converted"
                              for s in sites), ""],
        *_with_reasons("kept", [site for site in sites if cover.is_kept(site)]),
        *_with_reasons("left over", [site for site in sites if cover.is_left(site)]),
        ["patches written", len(patches), os.path.abspath(folder) if patches else ""],
        ["patches proven", len(good), _proof(outcomes)],
    ]
    return found


def _proof(outcomes: Counter[str]) -> str:
    words = ", ".join(f"{outcomes[word]} {word}" for word in
                      ("proven", "failed", "warned", "not-proven") if outcomes[word])
    return f"objects: {words}" if words else ""


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
