# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel that keeps pins in a list of objects, and releases them from a work item."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from support import TESTS, TREES, connect, run

HERONRY = TESTS / "modules" / "heronry"
TEXT = (HERONRY / "heronry.c").read_text(encoding="utf-8")


def line_of(text: str, words: str) -> int:
    (line,) = (number for number, line in enumerate(text.splitlines(), 1) if words in line)
    return line


def indexed(module: Path, db: Path) -> Path:
    run("index", "--module", module, "--kernel", TREES / "pin_user_pages", "--db", db)
    return db


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(HERONRY, tmp_path_factory.mktemp("heronry") / "x.db")


def test_every_release_is_linked_to_the_acquire(db: Path) -> None:
    with connect(db) as connection:
        links = set(connection.execute("SELECT acquire_line, release_line, kind FROM link_site"))
    acquire = line_of(TEXT, "pin_user_pages_fast(")
    assert links == {(acquire, line_of(TEXT, f"/* {word} */"), "link") for word in ("short", "refused", "flown")}


def test_nothing_is_wrong_with_it(db: Path) -> None:
    run("audit", "--db", db, "--kind", "missed,mismatched,unreleased,double,mixed,unknown")


@pytest.mark.parametrize(("old", "new", "kind", "function"), [
    ("unpin_user_pages_dirty_lock(heron->pages, heron->count, true)",
     "release_pages(heron->pages, heron->count)", "mismatched", "heron_fly"),
    ("\tif (got > 0)\n\t\tunpin_user_pages(pages, got);\t\t/* short */\n", "", "unreleased", "heron_pages"),
    ("\tunpin_user_pages(pages, count);\t\t\t/* refused */\n", "", "unreleased", "heronry_land"),
    ("\t\tret = -E2BIG;\n", "\t\tunpin_user_pages(pages, count);\n\t\tret = -E2BIG;\n", "double", "heronry_land"),
    ("\t\tret = -ENOMEM;\n\t\tgoto unpin;\n", "\t\treturn -ENOMEM;\n", "unreleased", "heronry_land"),
])
def test_a_planted_mistake_is_found(old: str, new: str, kind: str, function: str, db: Path,
                                    tmp_path: Path) -> None:
    module = Path(shutil.copytree(HERONRY, tmp_path / "heronry"))
    assert TEXT.count(old) == 1
    (module / "heronry.c").write_text(TEXT.replace(old, new), encoding="utf-8")
    text = run("audit", "--db", indexed(module, tmp_path / "x.db"), "--format", "tsv",
               "--kind", "missed,mismatched,unreleased,double", code=1).stdout
    found = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {(row["finding"], row["function"]) for row in found} == {(kind, function)}
