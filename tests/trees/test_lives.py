# SPDX-License-Identifier: GPL-2.0-only
"""Objects of one struct with several ways of life: what each release is told to be.

tests/trees/lives/*.c are added to a mini kernel; a line with a release ends in a
comment with what its link must be, one with an acquire in its state.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import TREES, connect, copy_tree, index

FIXTURES = sorted((TREES / "lives").glob("*.c"))


def wanted(text: str) -> dict[int, str]:
    marks = ((number, re.search(r"/\* (link|decoy|mixed|unconverted) \*/$", line))
             for number, line in enumerate(text.splitlines(), 1))
    return {number: mark[1] for number, mark in marks if mark}


def found(db: Path, path: str) -> dict[int, str]:
    """The worst kind of the links of each release, the state of each acquire."""
    with connect(db) as connection:
        rows = connection.execute(
            "SELECT s.line, s.role, s.state, (SELECT group_concat(DISTINCT l.kind) FROM link AS l"
            " WHERE l.release_id = s.id) FROM site AS s WHERE s.path = ?", (path,)).fetchall()
    return {line: state if role == "acquire" else kinds for line, role, state, kinds in rows}


@pytest.fixture(scope="session")
def lives_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lives")
    tree = copy_tree("put_user_page", folder / "tree")
    makefile = tree / "drivers/misc/Makefile"
    for source in FIXTURES:
        (tree / "drivers/misc" / f"life_{source.name}").write_text(source.read_text())
    makefile.write_text(makefile.read_text() + "".join(
        f"obj-m += life_{source.stem}.o\n" for source in FIXTURES))
    index(tree, folder / "x.db")
    return folder / "x.db"


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_ways_are_told_apart(source: Path, lives_db: Path) -> None:
    assert found(lives_db, f"drivers/misc/life_{source.name}") == wanted(source.read_text())


def test_reason_names_the_way(lives_db: Path) -> None:
    with connect(lives_db) as connection:
        reasons = [row[0] for row in connection.execute(
            "SELECT reason FROM link_site WHERE release_path LIKE '%life_two_ways.c' AND kind = 'link'")]
    assert any("struct barge.pages@barge_direct_done" in reason for reason in reasons)
