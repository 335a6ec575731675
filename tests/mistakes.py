# SPDX-License-Identifier: GPL-2.0-only
"""Mistakes planted in a tree's releases, as a patch that nobody applies, and which of them check sees."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from support import connect, run

CALL = re.compile(r"^(\s*)(\w+)(\(.*\));\s*$")
Change = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Site:
    path: str
    line: int
    function: str
    callee: str


def sites_of(db: Path, where: str) -> list[Site]:
    """Releases that the query's condition holds for, by path and line, one a line."""
    query = (f"SELECT DISTINCT r.path, r.line, r.function, r.callee FROM site AS r WHERE r.role = 'release' "
             f"AND r.status = 'resolved' AND {where} ORDER BY r.path, r.line")
    with connect(db) as connection:
        return [Site(*row) for row in connection.execute(query)]


LINKED = ("EXISTS (SELECT 1 FROM link AS l JOIN site AS a ON a.id = l.acquire_id "
          "WHERE l.release_id = r.id AND l.kind = 'link' AND {})")
"""Releases of what the same function acquired: their paths can be followed."""
OF_THE_FUNCTION = LINKED.format("a.path = r.path AND a.function = r.function")
"""Releases that only pins come to."""
OF_PINS = LINKED.format("a.callee LIKE 'pin_user_pages%'") + " AND r.callee LIKE 'unpin_user_page%'"


def statement(tree: Path, site: Site) -> re.Match[str] | None:
    text = (tree / site.path).read_text(encoding="utf-8", errors="replace").splitlines()[site.line - 1]
    found = CALL.match(text)
    return found if found and found[2] == site.callee else None


def sample(tree: Path, found: Iterable[Site], count: int, seed: int) -> list[Site]:
    """So many of those that are a statement in one line, no two in one function."""
    one = {(site.path, site.function): site for site in shuffled(found, seed) if statement(tree, site)}
    chosen = shuffled(one.values(), seed)[:count]
    return sorted(chosen, key=lambda site: (site.path, site.line))


def shuffled(found: Iterable[Site], seed: int) -> list[Site]:
    some = sorted(found, key=lambda site: (site.path, site.line))
    random.Random(seed).shuffle(some)
    return some


def removed(line: re.Match[str]) -> str:
    return f"{line[1]};"


def doubled(line: re.Match[str]) -> str:
    return f"{line[1]}{{ {line[2]}{line[3]}; {line[2]}{line[3]}; }}"


def put(line: re.Match[str]) -> str:
    """By the release of an ordinary reference, with the same pages."""
    arguments = line[3][1:-1].split(",")
    if line[2] == "unpin_user_page":
        return f"{line[1]}put_page{line[3]};"
    return f"{line[1]}release_pages({', '.join(a.strip() for a in arguments[:2])});"


def patch(tree: Path, sites: list[Site], change: Change) -> str:
    """The patch that changes each of these lines."""
    text = []
    for path in sorted({site.path for site in sites}):
        old = (tree / path).read_text(encoding="utf-8", errors="surrogateescape").splitlines(keepends=True)
        new = list(old)
        for site in sites:
            if site.path == path:
                line = statement(tree, site)
                assert line
                new[site.line - 1] = change(line) + "\n"
        text += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(text)


def seen(tree: Path, db: Path, sites: list[Site], change: Change, kind: str, scratch: Path) -> list[Site]:
    """Those of the planted sites in whose functions check finds the kind."""
    name = scratch / f"{kind}.patch"
    name.write_text(patch(tree, sites, change), encoding="utf-8", errors="surrogateescape")
    code = 1 if sites else 0
    text = run("check", "--db", db, "--tree", tree, "--kind", kind, "--format", "tsv", name, code=code).stdout
    header, *lines = text.splitlines()
    columns = header.split("\t")
    found = [dict(zip(columns, line.split("\t"))) for line in lines]
    places = {(row["path"], row["function"]) for row in found}
    return [site for site in sites if (site.path, site.function) in places]
