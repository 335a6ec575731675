# SPDX-License-Identifier: GPL-2.0-only
"""gupconv fix: each remedy makes the text that is beside its fixture, and no other.

tests/trees/fixes/NAME.c is added to the mini kernel of the pin era. A line with a finding ends in a
comment: "remedy: RULE" or "refused: " and the words that the reason begins with or has. All patches
together make NAME.out, which UPDATE=1 writes anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import TREES, copy_tree, index, run

FIXTURES = sorted((TREES / "fixes").glob("*.c"))
Row = dict[str, Any]


def path_of(source: Path) -> str:
    return f"drivers/misc/fix_{source.name}"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with the fixtures, and its index."""
    top = tmp_path_factory.mktemp("fixes")
    tree = copy_tree("pin_user_pages", top / "tree")
    makefile = tree / "drivers/misc/Makefile"
    for source in FIXTURES:
        (tree / path_of(source)).write_text(source.read_text())
    makefile.write_text(makefile.read_text() + "".join(
        f"obj-m += fix_{source.stem}.o\n" for source in FIXTURES))
    index(tree, top / "x.db")
    return top


@pytest.fixture(scope="session")
def rows(folder: Path) -> list[Row]:
    done = run("fix", "--db", folder / "x.db", "--format", "json", "--texts", code=1)
    found: list[Row] = json.loads(done.stdout)
    return found


def marks(source: Path) -> dict[int, tuple[str, str]]:
    found = {}
    for number, line in enumerate(source.read_text().splitlines(), 1):
        mark = re.search(r"/\* (remedy|refused): (.*) \*/", line)
        if mark:
            found[number] = (mark[1], mark[2])
    return found


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_findings_are_mended_or_refused_as_marked(source: Path, rows: list[Row]) -> None:
    mine = {row["line"]: row for row in rows if row["path"] == path_of(source)}
    wanted = marks(source)
    assert {line: row["remedy"] or row["why"] for line, row in mine.items()
            if line not in wanted} == {}
    for line, (kind, text) in wanted.items():
        assert line in mine, f"{source.name}:{line}: no finding"
        row = mine[line]
        said = row["remedy"] if kind == "remedy" else row["why"]
        assert said == text if kind == "remedy" else text in said, f"{source.name}:{line}: {row}"


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_patches_make_the_text_and_nothing_else(source: Path, rows: list[Row]) -> None:
    text = source.read_text()
    for row in sorted((r for r in rows if r.get("file") == path_of(source)),
                      key=lambda r: int(r["patch"])):
        assert row["before"] == text
        text = row["after"]
    out = source.with_suffix(".out")
    if os.environ.get("UPDATE"):
        out.write_text(text)
    assert text == out.read_text()


def test_mended_text_has_no_such_finding(folder: Path, rows: list[Row], tmp_path: Path) -> None:
    """Seen by an index of its own, from nothing."""
    tree = tmp_path / "tree"
    subprocess.run(["cp", "-r", str(folder / "tree"), str(tree)], check=True)
    for row in rows:
        if row.get("file"):
            (tree / row["file"]).write_text(row["after"])
    index(tree, tmp_path / "x.db")
    done = run("audit", "--db", tmp_path / "x.db", "--format", "json", code=1)
    left = {(row["path"], row["function"], row["finding"], row["detail"])
            for row in json.loads(done.stdout)}
    refused = {(row["path"], row["function"], row["finding"], row["detail"])
               for row in rows if not row["patch"]}
    for row in rows:
        key = (row["path"], row["function"], row["finding"], row["detail"])
        assert not row["patch"] or key not in left - refused, key


def test_only_and_kind_choose_findings(folder: Path) -> None:
    def patches(*words: str, code: int = 1) -> list[Row]:
        done = run("fix", "--db", folder / "x.db", "--format", "json", *words, code=code)
        found: list[Row] = json.loads(done.stdout)
        return found

    one = patches("--only", "drivers/misc/fix_release_kind.c")
    assert {row["path"] for row in one} == {"drivers/misc/fix_release_kind.c"}
    assert {row["finding"] for row in patches("--kind", "flags")} == {"flags"}
    assert patches("--only", "drivers/misc/fix_release_kind.c", "--kind", "flags",
                   code=0) == []
