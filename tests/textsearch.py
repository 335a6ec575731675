# SPDX-License-Identifier: GPL-2.0-only
"""Calls of the acquire family in a tree, by regular expressions alone.

The extractor has a lexer and a compiler; this search shares nothing with them,
so what one of them overlooks the other shows.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Written out here and not read from the tool's own table: a name that got lost
# there is to be missed here.
ACQUIRES = (
    "get_user_pages", "get_user_pages_fast", "get_user_pages_remote", "get_user_pages_locked",
    "get_user_pages_unlocked", "get_user_pages_longterm", "get_user_pages_fast_only",
    "__get_user_pages", "__get_user_pages_fast", "__get_user_pages_locked",
    "get_user_page_fast_only", "get_user_page_vma_remote", "get_dump_page",
    "pin_user_pages", "pin_user_pages_fast", "pin_user_pages_fast_only", "pin_user_pages_remote",
    "pin_user_pages_unlocked", "pin_user_pages_locked",
    "iov_iter_get_pages", "iov_iter_get_pages2", "iov_iter_get_pages_alloc",
    "iov_iter_get_pages_alloc2", "iov_iter_extract_pages", "get_vaddr_frames",
)
NOT_CODE = re.compile(
    r"""/\*.*?(?:\*/|\Z) | //(?:\\\n|[^\n])* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' """,
    re.S | re.X)
CALL = re.compile(r"(?<![\w.])(%s)(?=(?:\s|\\\n)*\()" % "|".join(
    sorted(ACQUIRES, key=len, reverse=True)))
# Words that may stand right before a call.
BEFORE_CALL = {"return", "else", "do", "case", "sizeof", "typeof", "__typeof__", "likely"}


@dataclass(frozen=True, order=True)
class TextCall:
    path: str
    line: int
    callee: str


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def is_call(text: str, start: int) -> bool:
    """Not the name in a declaration, a #define of it, or a method."""
    before = text[max(0, start - 400):start].rstrip(" \t\n\\")
    if before.endswith(("->", ".")):
        return False
    declarator = re.search(r"(\w+)[\s\\]*(\*[\s*]*)?$", before)
    if not declarator:
        return True
    word, stars = declarator.groups()
    if word in BEFORE_CALL:
        return True
    if not stars:
        # two words in a row: a type and its declarator, or #define NAME(
        return bool(re.search(r"#\s*(?:define\s+\w+|if|elif)$", before)) and word != "define"
    # "type *name(" at the start of a statement, against "a * name("
    lead = re.split(r"[;{}()=,]", before)[-1]
    return not re.fullmatch(r"[\w\s*]+", lead)


def calls_in(path: str, text: str) -> list[TextCall]:
    if not CALL.search(text):
        return []
    code = NOT_CODE.sub(blank, text)
    return [TextCall(path, code.count("\n", 0, match.start()) + 1, match.group(1))
            for match in CALL.finditer(code) if is_call(code, match.start())]


def files_naming(tree: Path) -> list[str]:
    """The .c and .h files of TREE in which grep sees one of the names."""
    done = subprocess.run(
        ["grep", "-rlE", "--include=*.c", "--include=*.h",
         "(get|pin)_user_page|iov_iter_(get|extract)_pages|get_dump_page|get_vaddr_frames", "."],
        cwd=tree, text=True, capture_output=True, check=False)
    return sorted(line.removeprefix("./") for line in done.stdout.splitlines())


def calls_of(tree: Path, apart: tuple[str, ...] = ("mm/", "lib/")) -> set[TextCall]:
    found: set[TextCall] = set()
    for path in files_naming(tree):
        if not path.startswith(apart):
            text = (tree / path).read_text(encoding="latin-1")
            found.update(calls_in(path, text))
    return found
