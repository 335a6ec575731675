# SPDX-License-Identifier: GPL-2.0-only
"""The changes of a patch, read from the texts before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .blocks import blocks
from .store import Site

_FAMILY = re.compile(r"\b(put_user_pages?\w*|unpin_user_(?:page|folio)\w*|unpin_folios?|"
                     r"pin_user_pages\w*|iov_iter_extract_pages)\s*\(")
_LOOP = re.compile(r"\b(for|while|for_each_\w+)\s*\(|\bdo\b\s*\{?\s*$")


@dataclass(frozen=True)
class Conversion:
    """One site that became another call."""

    path: str
    function: str
    role: str
    callee: str
    target: str


@dataclass
class Effects:
    """Changes beyond the names, which the message of the patch mentions."""

    dirty_to_lock: set[str] = field(default_factory=set)
    batched_dirty: bool = False
    loops_gone: list[str] = field(default_factory=list)


def _calls(lines: tuple[str, ...], pattern: re.Pattern[str]) -> list[str]:
    return [name for line in lines for name in pattern.findall(line)]


def conversions(sites: list[Site]) -> list[Conversion]:
    """The sites that a rule made another call of."""
    return [Conversion(site.path, site.function, site.role, site.callee, site.became)
            for site in sites if site.by_rule and site.became not in ("", site.callee)]


def _function_at(line: int, sites: list[Site]) -> str:
    known = [site for site in sites if site.function]
    return min(known, key=lambda site: abs(site.line - line)).function if known else ""


def effects(sites: list[Site], before: str, after: str) -> Effects:
    found = Effects()
    for block in blocks(before, after):
        added = _calls(block.added, _FAMILY)
        if any(name.endswith("dirty_lock") for name in added):
            found.batched_dirty = True
            old = "\n".join(block.removed)
            found.dirty_to_lock |= {name for name in ("set_page_dirty", "SetPageDirty")
                                    if re.search(rf"\b{name}\s*\(", old)}
        loops = (sum(bool(_LOOP.search(line)) for line in block.removed) -
                 sum(bool(_LOOP.search(line)) for line in block.added))
        if loops > 0 and added:
            function = _function_at(block.old, sites)
            if function and function not in found.loops_gone:
                found.loops_gone.append(function)
    return found
