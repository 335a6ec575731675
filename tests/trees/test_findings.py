# SPDX-License-Identifier: GPL-2.0-only
"""Findings of paths and hazards: each at the line that says so, and at no other.

tests/trees/findings/*.c are added to a mini kernel, those of a folder there to that of the
folder's era; a line that a finding must be at ends in a comment "finding: KIND", where KIND is its
kind or its detail.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import ERAS, TREES, connect, copy_tree, index

FIXTURES = sorted((TREES / "findings").glob("*.c"))
PIN_FIXTURES = sorted((TREES / "findings/pin_user_pages").glob("*.c"))
OF_LINKS = "('mismatched', 'missed', 'mixed', 'unknown')"


def wanted(text: str) -> set[tuple[int, str]]:
    marks = ((number, re.search(r"/\* finding: (\S+) \*/", line))
             for number, line in enumerate(text.splitlines(), 1))
    return {(number, mark[1]) for number, mark in marks if mark}


def found(db: Path, path: str) -> set[tuple[int, str]]:
    query = ("SELECT f.line, CASE f.detail WHEN '' THEN f.kind ELSE f.detail END FROM finding AS f "
             f"JOIN file AS p ON p.id = f.file_id WHERE p.path = ? AND f.kind NOT IN {OF_LINKS}")
    with connect(db) as connection:
        return set(connection.execute(query, (path,)))


def index_fixtures(era: str, sources: list[Path], folder: Path) -> Path:
    tree = copy_tree(era, folder / "tree")
    makefile = tree / "drivers/misc/Makefile"
    for source in sources:
        (tree / "drivers/misc" / f"finding_{source.name}").write_text(source.read_text())
    makefile.write_text(makefile.read_text() + "".join(
        f"obj-m += finding_{source.stem}.o\n" for source in sources))
    index(tree, folder / "x.db")
    return folder / "x.db"


@pytest.fixture(scope="session")
def fixture_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_fixtures("put_user_page", FIXTURES, tmp_path_factory.mktemp("findings"))


@pytest.fixture(scope="session")
def pin_fixture_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_fixtures("pin_user_pages", PIN_FIXTURES, tmp_path_factory.mktemp("pin"))


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_findings_are_where_they_are_marked(source: Path, fixture_db: Path) -> None:
    assert found(fixture_db, f"drivers/misc/finding_{source.name}") == wanted(source.read_text())


@pytest.mark.parametrize("source", PIN_FIXTURES, ids=lambda path: path.stem)
def test_findings_of_pins_are_where_they_are_marked(source: Path, pin_fixture_db: Path) -> None:
    assert found(pin_fixture_db, f"drivers/misc/finding_{source.name}") == wanted(source.read_text())


def test_paths_begin_where_the_pages_come_from_and_end_at_the_finding(fixture_db: Path) -> None:
    query = ("SELECT reason_text(f.reason, f.args), f.line, group_concat(s.line, ' ') FROM finding AS f JOIN (SELECT * FROM "
             "finding_step ORDER BY finding_id, seq) AS s ON s.finding_id = f.id "
             "WHERE f.kind IN ('unreleased', 'double') GROUP BY f.id")
    with connect(fixture_db) as connection:
        rows = connection.execute(query).fetchall()
    assert any("(get_user_pages_fast() at " in message for message, _, _ in rows)
    for message, line, steps in rows:
        lines = [int(step) for step in steps.split()]
        begin = re.search(r"^pages of \w+\(\) at line (\d+) ", message)
        end = re.search(r" on a path to line (\d+)", message)
        assert begin and lines[0] == int(begin[1]) and len(lines) >= 2
        assert lines[-1] == (int(end[1]) if end else line)


@pytest.mark.parametrize("era", ERAS)
def test_path_findings_of_the_mini_kernels(era: str, databases: dict[str, Path]) -> None:
    """Of their drivers, only burrow (pin era) leaves pages behind; none releases twice."""
    query = ("SELECT p.path, f.kind FROM finding AS f JOIN file AS p ON p.id = f.file_id "
             "WHERE f.kind IN ('unreleased', 'double')")
    with connect(databases[era]) as connection:
        rows = connection.execute(query).fetchall()
    expected = [("drivers/misc/burrow.c", "unreleased")] if era == "pin_user_pages" else []
    assert rows == expected
