# SPDX-License-Identifier: GPL-2.0-only
"""The outcome of each site: one word, and the reasons counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .store import Site

CONVERTED, RIGHT, KEPT, LEFT = "converted", "right", "kept", "left"

@dataclass(frozen=True)
class SiteOutcome:
    site: Site
    word: str


def _of_itself(site: Site) -> str:
    if site.outcome == "converted":
        return CONVERTED
    if site.state == "converted":
        return RIGHT
    return KEPT if site.state == "keep" else LEFT


def _of_acquire(site: Site, releases: list[str]) -> str:
    """An acquire that keeps its name is done when all of its releases are."""
    word = _of_itself(site)
    if word != LEFT or site.target != site.callee or not releases:
        return word
    return CONVERTED if all(of in (CONVERTED, RIGHT) for of in releases) else LEFT


def outcomes(sites: list[Site], links: list[tuple[int, int]]) -> list[SiteOutcome]:
    words = {site.id: _of_itself(site) for site in sites}
    releases: dict[int, list[str]] = {}
    for acquire, release in links:
        if release in words:
            releases.setdefault(acquire, []).append(words[release])
    return [SiteOutcome(site, _of_acquire(site, releases.get(site.id, []))
                     if site.role == "acquire" else words[site.id]) for site in sites]


def reasons(found: list[SiteOutcome], word: str, rows: int) -> list[tuple[int, str]]:
    """The most frequent reasons first, the rare ones in one row."""
    counted = Counter(s.site.why.brief or "no reason is recorded"
                      for s in found if s.word == word)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) > rows:
        rest = sum(count for _, count in ordered[rows - 1:])
        ordered = [*ordered[:rows - 1], ("other reasons", rest)]
    return [(count, why) for why, count in ordered]
