# SPDX-License-Identifier: GPL-2.0-only
"""The changed lines of a C file, and where a marker tells that the preprocessor keeps them.

A marker is a #warning on a line of its own. That is allowed everywhere but in a comment and
after a line that ends with a backslash: there it moves up to where the comment or the first of
these lines begins, which is in the same branch of #if."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .blocks import blocks

MARKER = "gupconv-hunk"

_TOKEN = re.compile(r"""/\*|//|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?""")
_DIRECTIVE = re.compile(r"\s*#\s*(\w+)(.*)")
_TWICE = re.compile(r"#ifndef (?!CONFIG_)\w*H_*")
_OPEN, _TURN, _CLOSE = ("if", "ifdef", "ifndef"), ("else", "elif", "elifdef", "elifndef"), "endif"


@dataclass(frozen=True)
class Line:
    """A line of a file. code: there is more in it than blanks, comments, #else and #endif;
    safe: the line, from 1, before which a marker stands for it; branch: which branch of the
    file's conditionals it stands in, a number; guards: the directives that this branch is
    under, the outermost first."""

    code: bool
    safe: int
    branch: int
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Hunk:
    """Changed lines of code, first to last from 1, in one branch of the conditionals. Of lines
    that were only removed, the line that follows them: last is first - 1 then."""

    first: int
    last: int
    safe: int
    guards: tuple[str, ...]

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


class _Scanner:
    """Goes through the lines of a file: comments, continued lines, conditionals."""

    def __init__(self) -> None:
        self.comment = False
        self.continued = False
        self.directive = False
        self.safe = 1
        self.number = 0
        self.branches = 1
        self.stack: list[tuple[int, str]] = []
        self.pending: tuple[str, str] | None = None

    def _stripped(self, text: str) -> str:
        """Without comments."""
        kept, at = [], 0
        while at < len(text):
            if self.comment:
                end = text.find("*/", at)
                if end < 0:
                    return "".join(kept)
                self.comment, at = False, end + 2
                kept.append(" ")
                continue
            found = _TOKEN.search(text, at)
            if not found:
                kept.append(text[at:])
                break
            kept.append(text[at:found.start()])
            if found[0] == "//":
                break
            self.comment = found[0] == "/*"
            kept.append("" if self.comment else found[0])
            at = found.end()
        return "".join(kept)

    def line(self, text: str) -> Line:
        self.number += 1
        if not self.comment and not self.continued:
            self.safe = self.number
        first = not self.continued
        ends = text.rstrip().endswith("\\")
        plain = self._stripped(text).rstrip()
        if ends and not self.comment:
            plain = plain.removesuffix("\\")
        word = _DIRECTIVE.match(plain) if first else None
        turns = word is not None and (word[1] in _TURN or word[1] == _CLOSE)
        if first:
            self.directive = turns
        found = Line(bool(plain.strip()) and not self.directive, self.safe,
                     self.stack[-1][0] if self.stack else 0, tuple(text for _, text in self.stack))
        if word:
            self.pending = (word[1], " ".join(word[2].split()))
        self.continued = ends and not self.comment
        if not self.continued and self.pending:
            self._turn(*self.pending)
            self.pending = None
        return found

    def _turn(self, word: str, rest: str) -> None:
        self.branches += 1
        if word in _OPEN:
            self.stack.append((self.branches, f"#{word} {rest}".rstrip()))
        elif word in _TURN and self.stack:
            first = self.stack.pop()[1].split(" of ", 1)[-1]
            said = f"#{word} {rest}".rstrip()
            self.stack.append((self.branches, f"{said} of {first}"))
        elif word == _CLOSE and self.stack:
            self.stack.pop()


def scan(text: str) -> list[Line]:
    """Its lines, and one behind the last: what is appended stands there."""
    scanner = _Scanner()
    return [scanner.line(line) for line in [*text.split("\n"), ""]]


def hunks(before: bytes | None, after: bytes) -> tuple[Hunk, ...]:
    """Of the text after. A comment or a blank line is none."""
    old, new = _decoded(before or b""), _decoded(after)
    found: list[Hunk] = []
    lines, gone = scan(new), scan(old)
    for block in blocks(old, new):
        numbers = [n for n in range(block.new, block.new + len(block.added)) if lines[n - 1].code]
        if numbers:
            found += _by_branch(numbers, lines)
        elif any(gone[block.old - 1 + i].code for i in range(len(block.removed))):
            border = lines[block.new - 1]
            found.append(Hunk(block.new, block.new - 1, border.safe, border.guards))
    return tuple(found)


def _by_branch(numbers: list[int], lines: list[Line]) -> list[Hunk]:
    found = []
    for _, group in groupby(numbers, key=lambda n: lines[n - 1].branch):
        mine = list(group)
        first = lines[mine[0] - 1]
        found.append(Hunk(mine[0], mine[-1], first.safe, first.guards))
    return found


def marked(text: bytes, markers: Iterable[tuple[int, int]]) -> bytes:
    """With markers, each as the line that it stands before and its number; one at the top of
    the file is allowed."""
    lines = _decoded(text).split("\n")
    for line, number in sorted(markers, reverse=True):
        lines.insert(line - 1, f"#warning {MARKER} {number}")
    return "\n".join(lines).encode(errors="surrogateescape")


def _decoded(text: bytes) -> str:
    return text.decode(errors="surrogateescape")


def named(guards: tuple[str, ...]) -> str:
    """In words, without the guard of a header against being read twice."""
    return ", ".join(guard for guard in guards if not _TWICE.fullmatch(guard))
