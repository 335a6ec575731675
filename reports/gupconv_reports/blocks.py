# SPDX-License-Identifier: GPL-2.0-only
"""Two texts compared line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Block:
    """Lines that changed: removed stood from line old of the text before, added stand from
    line new of the text after, both from 1. Where there are none, the line is the one before
    which they stood or would stand."""

    old: int
    new: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


def _common(old: list[str], new: list[str]) -> int:
    """Of how many lines at the begin the two are the same."""
    count = 0
    for one, other in zip(old, new):
        if one != other:
            break
        count += 1
    return count


def blocks(before: str, after: str) -> list[Block]:
    # Not splitlines(): a form feed, which old kernel files are fond of, ends no line.
    old, new = before.split("\n"), after.split("\n")
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old, new = old[head:len(old) - tail], new[head:len(new) - tail]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Block(head + i1 + 1, head + j1 + 1, tuple(old[i1:i2]), tuple(new[j1:j2]))
            for tag, i1, i2, j1, j2 in codes if tag != "equal"]
