# SPDX-License-Identifier: GPL-2.0-only
"""How each site stands after the series: one word, and why, in few enough words to count."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .store import Site

CONVERTED, RIGHT, KEPT, LEFT = "converted", "right", "kept", "left"

# What makes reasons differ that are the same reason: positions, and the names of places.
_FOLDS = tuple((re.compile(pattern), form) for pattern, form in (
    (r" at [\w./+-]+:\d+| \([\w./+-]+:\d+\)", ""),
    (r", passed to \w+\(\)", ""),
    (r", by [^;]*(?=;|$)", ""),
    (r"(puts pages into|put into|kept in) (?:struct )?[\w.>()*-]+", r"\1 its place"),
    (r"(given to whoever calls) \w+\(\)", r"\1 the function"),
    (r"^(\d+) releases, ", "releases left as they are, "),
    (r"\b(?P<name>\w+\(\))(?:, (?P=name))+", r"\g<name>"),
    (r",? and \d+ more\b", " and others"),
))


@dataclass(frozen=True)
class Standing:
    site: Site
    word: str


def fold(reason: str) -> str:
    for pattern, form in _FOLDS:
        reason = pattern.sub(form, reason)
    return " ".join(reason.split())


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


def standings(sites: list[Site], links: list[tuple[int, int]]) -> list[Standing]:
    words = {site.id: _of_itself(site) for site in sites}
    releases: dict[int, list[str]] = {}
    for acquire, release in links:
        if release in words:
            releases.setdefault(acquire, []).append(words[release])
    return [Standing(site, _of_acquire(site, releases.get(site.id, []))
                     if site.role == "acquire" else words[site.id]) for site in sites]


def reasons(found: list[Standing], word: str, rows: int) -> list[tuple[int, str]]:
    """The most frequent reasons first, the rare ones in one row."""
    counted = Counter(fold(s.site.why) or "no reason is recorded"
                      for s in found if s.word == word)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) > rows:
        rest = sum(count for _, count in ordered[rows - 1:])
        ordered = [*ordered[:rows - 1], ("other reasons", rest)]
    return [(count, why) for why, count in ordered]
