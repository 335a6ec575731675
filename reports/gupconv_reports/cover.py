# SPDX-License-Identifier: GPL-2.0-only
"""The letter before the series: what was found, converted, kept and left, in numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import outcome
from .fixes import Fix
from .message import environment
from .outcome import SiteOutcome

_ROWS = 12
FIXES = "mend how references of user pages are taken and dropped"

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
    counts: tuple[tuple[str, int, int], ...]
    reasons: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    prerequisites: str
    checked: str
    base: str = ""


def aim(era: str) -> str:
    return _AIMS.get(era, _AIMS[""])


def subject(era: str) -> str:
    target = "pin_user_pages*()" if era == "pin_user_pages" else "put_user_page*()"
    return f"convert get_user_pages*() callers to {target}"


_WORDS = ((outcome.CONVERTED, "converted by this series"), (outcome.RIGHT, "right already"),
          (outcome.KEPT, "kept on purpose"), (outcome.LEFT, "left for a closer look"))


def counts(found: list[SiteOutcome]) -> tuple[tuple[str, int, int], ...]:
    """Rows of words, with how many acquires and how many releases."""
    def number(role: str, word: str) -> int:
        return sum(s.site.role == role and word in ("", s.word) for s in found)
    rows = (("", "found"), *_WORDS)
    return tuple((text, number("acquire", word), number("release", word)) for word, text in rows)


def grouped_reasons(found: list[SiteOutcome]) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    titles = (("Kept on purpose", outcome.KEPT), ("Left for a closer look", outcome.LEFT))
    rows = ((title, tuple(outcome.reasons(found, word, _ROWS))) for title, word in titles)
    return tuple((title, listed) for title, listed in rows if listed)


def text(cover: Cover) -> str:
    made = environment().get_template("cover.txt.j2").render(cover=cover)
    return re.sub(r"\n{3,}", "\n\n", made).strip()


def fixes(version: str, tool: str, found: list[Fix]) -> str:
    """The letter before fixes alone."""
    made = environment().get_template("fixes-cover.txt.j2").render(
        version=version, tool=tool, left=[fix for fix in found if not fix.patch],
        patches=len({fix.patch for fix in found if fix.patch}))
    return re.sub(r"\n{3,}", "\n\n", made).strip()
