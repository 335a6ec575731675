# SPDX-License-Identifier: GPL-2.0-only
"""The letter before the series: what was found, converted, kept and left, in numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .message import environment
from .store import Site

_ROWS = 12

_AIMS = {
    "pin_user_pages": "It turns callers of get_user_pages*() that want the data in the pages into "
                      "callers of pin_user_pages*(), together with every release of those pages.",
    "": "It makes callers of get_user_pages*() give the pages back through put_user_page*(), so "
        "that these references can be told from ordinary ones.",
}


@dataclass(frozen=True)
class Cover:
    version: str
    tool: str
    aim: str
    counts: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    prerequisites: str
    checked: str


def aim(era: str) -> str:
    return _AIMS.get(era, _AIMS[""])


def subject(era: str) -> str:
    target = "pin_user_pages*()" if era == "pin_user_pages" else "put_user_page*()"
    return f"convert get_user_pages*() callers to {target}"


def is_left(site: Site) -> bool:
    """Not converted, and not kept on purpose: somebody has to look at it."""
    return site.outcome != "converted" and site.state in ("unconverted", "mixed", "unknown",
                                                          "mismatched")


def is_kept(site: Site) -> bool:
    return site.outcome != "converted" and site.state == "keep"


def counts(sites: list[Site]) -> tuple[tuple[str, int], ...]:
    def number(role: str) -> int:
        return sum(site.role == role for site in sites)
    return (
        ("calls that take user pages", number("acquire")),
        ("calls that release pages, in the files looked at", number("release")),
        ("converted by this series", sum(site.outcome == "converted" for site in sites)),
        ("right already", sum(site.state == "converted" for site in sites)),
        ("kept on purpose", sum(is_kept(site) for site in sites)),
        ("left for a closer look", sum(is_left(site) for site in sites)),
    )


def reasons(sites: list[Site]) -> tuple[tuple[int, str], ...]:
    """The most frequent reasons first; the rare ones in one row."""
    counted = Counter(site.why or "no reason is recorded" for site in sites)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [(count, why) for why, count in ordered[:_ROWS]]
    rest = sum(count for _, count in ordered[_ROWS:])
    return tuple([*rows, (rest, "other reasons")] if rest else rows)


def grouped_reasons(sites: list[Site]) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    titles = (("Kept on purpose", [site for site in sites if is_kept(site)]),
              ("Left for a closer look", [site for site in sites if is_left(site)]))
    return tuple((title, reasons(of)) for title, of in titles if of)


def text(cover: Cover) -> str:
    made = environment().get_template("cover.txt.j2").render(cover=cover)
    return re.sub(r"\n{3,}", "\n\n", made).strip()
