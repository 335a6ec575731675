# SPDX-License-Identifier: GPL-2.0-only
"""Puts a mistake back: edits by patterns of C tokens, inside one function of one file."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

SKIPPED = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
TOKEN = re.compile(r"\s+|(\.\.\.|[A-Za-z_]\w*|\d\w*|->|\+\+|--|<<|>>|[-+*/&|^<>=!]=|&&|\|\||.)")
GAP = r"\s*"
"""Between two tokens of a pattern: white space or nothing. Comments are blanked before."""
ANY = "((?:.)*?)"
"""`...`: the shortest text."""
EXPRESSION = "([^;{}]*?)"
"""`@`: the shortest text inside one statement."""


class NoMatch(Exception):
    """The pattern is not there as the mutation says."""


@dataclass(frozen=True)
class Edit:
    find: str  # tokens; `@` and `...` stand for text
    put: str   # what comes instead: \\0 is all that was found, \\1 the first `@` or `...`


def blanked(text: str) -> str:
    """TEXT with comments and strings as spaces of the same length."""
    return SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def closing(text: str, at: int) -> int:
    """Behind the bracket that closes the one at AT; -1 if none does."""
    depth = 0
    for place in range(at, len(text)):
        if text[place] in "({":
            depth += 1
        elif text[place] in ")}":
            depth -= 1
            if not depth:
                return place + 1
    return -1


def body(text: str, function: str) -> tuple[int, int]:
    """Where FUNCTION's body begins and ends in TEXT; raises unless it is defined exactly once."""
    plain = blanked(text)
    found = []
    for name in re.finditer(rf"\b{re.escape(function)}\s*\(", plain):
        behind = closing(plain, name.end() - 1)
        brace = re.compile(r"\s*\{").match(plain, behind) if behind > 0 else None
        if brace:
            end = closing(plain, brace.end() - 1)
            if end > 0:
                found.append((brace.end() - 1, end))
    if len(found) != 1:
        raise NoMatch(f"{function}() is defined {len(found)} times")
    return found[0]


def pattern(tokens: str) -> re.Pattern[str]:
    parts = []
    for token in (found[1] for found in TOKEN.finditer(tokens) if found[1]):
        if token == "...":
            parts.append(ANY)
        elif token == "@":
            parts.append(EXPRESSION)
        elif token[0].isalnum() or token[0] == "_":
            parts.append(rf"\b{token}\b")
        else:
            parts.append(re.escape(token))
    return re.compile(GAP.join(parts), re.DOTALL)


def once(text: str, edit: Edit) -> str:
    """TEXT with the one match of the edit replaced; raises unless there is exactly one."""
    found = list(pattern(edit.find).finditer(blanked(text)))
    if len(found) != 1:
        raise NoMatch(f"{len(found)} matches of: {edit.find}")
    return text[:found[0].start()] + filled(edit.put, found[0], text) + text[found[0].end():]


def filled(put: str, found: re.Match[str], text: str) -> str:
    def group(number: re.Match[str]) -> str:
        return text[slice(*found.span(int(number[1])))]
    return re.sub(r"\\(\d)", group, put)


def mutated(text: str, function: str, edits: list[Edit]) -> str:
    """A file's TEXT with the edits done one after the other in FUNCTION's body."""
    for edit in edits:
        begin, end = body(text, function)
        text = text[:begin] + once(text[begin:end], edit) + text[end:]
    return text


def patch(tree: Path, path: str, function: str, edits: list[Edit]) -> str:
    """The mutation as a unified diff; nothing is written."""
    old = (tree / path).read_text(encoding="utf-8", errors="surrogateescape")
    new = mutated(old, function, edits)
    return "".join(difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True),
                                        f"a/{path}", f"b/{path}"))


def apply(copy: Path, function: str, edits: list[Edit]) -> None:
    """Mutates a scratch copy of the file in place."""
    text = copy.read_text(encoding="utf-8", errors="surrogateescape")
    copy.write_text(mutated(text, function, edits), encoding="utf-8", errors="surrogateescape")
