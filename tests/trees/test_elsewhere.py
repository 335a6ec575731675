# SPDX-License-Identifier: GPL-2.0-only
"""Releases that are far from their acquires, converted by the general rules in each era.

Each folder of elsewhere/ is a driver whose pages are released in another function, mostly in another
file: by a function of its own, out of an object, out of a scatterlist, of a number. It is
put into the mini kernel of each era and converted. A line of a file that ends with one of

    /* is acquired */    /* is released */    /* is another's */

has an acquire that is to be a pin (where there are pins), a release that is to be for acquired
pages, or one that is known to be for others; each other call must stay.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import copy_tree, index, rows, run

HERE = Path(__file__).resolve().parent / "elsewhere"
SHAPES = sorted(path.name for path in HERE.iterdir())
MARK = re.compile(r"\s*/\* is (acquired|released|another's) \*/")
CALL = re.compile(r"\b(put_page|release_pages|__get_user_pages_fast|get_user_pages\w*)\(")

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def put_in(shape: str, tree: Path) -> dict[tuple[str, int], str]:
    """The driver in the tree, without its marks; these by path and line."""
    marks = {}
    for path in sorted((HERE / shape).rglob("*")):
        if path.is_dir():
            continue
        where = path.relative_to(HERE / shape)
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines, 1):
            if MARK.search(line):
                marks[str(where), number] = MARK.search(line)[1]
        (tree / where).parent.mkdir(parents=True, exist_ok=True)
        (tree / where).write_text("".join(MARK.sub("", line) + "\n" for line in lines))
    for home in {(tree / path).parent for path, _ in marks}:
        if not (home / "Makefile").exists():
            names = " ".join(f"{path.stem}.o" for path in sorted(home.glob("*.c")))
            (home / "Makefile").write_text(f"obj-m += {names}\n")
    return marks


def removed(diff: str) -> set[tuple[str, int]]:
    """Path and line of each call of the family that the diff takes away."""
    found, path, number = set(), "", 0
    for line in diff.splitlines():
        if line.startswith("--- "):
            path = line[4:].split("\t")[0].split("/", 1)[1]
        elif line.startswith("@@"):
            number = int(re.match(r"@@ -(\d+)", line)[1])
        elif line.startswith((" ", "-")):
            if line.startswith("-") and CALL.search(line):
                found.add((path, number))
            number += 1
    return found


# Where there are pins, all has to be certain: what is done with a vector's pages is not seen where
# it is filled, and a page of a number may be another's.
UNSURE = {("vector", "pin_user_pages"), ("list", "pin_user_pages")}
CASES = [(shape, era) for shape in SHAPES for era in ("none", "put_user_page", "pin_user_pages")
         if (shape, era) not in UNSURE]


@pytest.mark.parametrize(("shape", "era"), CASES)
def test_converted(shape: str, era: str, tmp_path: Path) -> None:
    tree = copy_tree(era, tmp_path / "tree")
    marks = put_in(shape, tree)
    due = {at for at, mark in marks.items()
           if mark == "released" or (mark == "acquired" and era == "pin_user_pages")}
    index(tree, tmp_path / "x.db")
    said = {(row["path"], int(row["line"])): f"{row['state']}: {row['reason']}"
            for row in rows("sites", tmp_path / "x.db") if row["path"] in {at[0] for at in marks}}
    done = {at for at in removed(run("convert", "--db", tmp_path / "x.db", "--diff").stdout)
            if at[0] in {mark[0] for mark in marks}}
    others = [said[at] for at, mark in marks.items() if mark == "another's"]
    assert all(text.startswith("keep: ") for text in others), others
    assert done == due, "\n".join(f"{path}:{line} {text}" for (path, line), text in said.items())
