# SPDX-License-Identifier: GPL-2.0-only
"""Same tree in, same bytes out; a second run that finds nothing new changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from support import ERAS, TREES, copy_tree, dump, first_difference, index, rows


@pytest.mark.parametrize("era", ERAS)
def test_jobs_do_not_show(era: str, databases: dict[str, Path], tmp_path: Path) -> None:
    reference = dump(databases[era])
    for jobs in (1, 2, 5):
        db = tmp_path / f"{jobs}.db"
        index(TREES / era, db, "-j", jobs)
        assert not first_difference(reference, dump(db))


@pytest.mark.parametrize("era", ERAS)
def test_references_hold(era: str, databases: dict[str, Path]) -> None:
    handle = sqlite3.connect(f"file:{databases[era]}?mode=ro", uri=True)
    assert handle.execute("PRAGMA foreign_key_check").fetchall() == []
    assert handle.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    handle.close()


@pytest.mark.parametrize("era", ERAS)
def test_second_index_leaves_the_file_alone(era: str, databases: dict[str, Path],
                                            tmp_path: Path) -> None:
    db = Path(shutil.copy(databases[era], tmp_path / "copy.db"))
    before, inode = db.read_bytes(), db.stat().st_ino
    assert "up to date" in index(TREES / era, db)
    assert db.read_bytes() == before and db.stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def change_source(tree: Path) -> None:
    with (tree / "drivers/misc/thimble.c").open("a", encoding="utf-8") as file:
        file.write("\nstatic void thimble_more(struct page *page)\n{\n\tput_page(page);\n}\n")


def change_header(tree: Path) -> None:
    path = tree / "drivers/misc/quill/quill.h"
    path.write_text("\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def change_makefile(tree: Path) -> None:
    path = tree / "drivers/misc/Makefile"
    path.write_text(path.read_text(encoding="utf-8") + "ccflags-y += -DMORE\n", encoding="utf-8")


def change_maintainers(tree: Path) -> None:
    path = tree / "MAINTAINERS"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("drivers/misc/thimble.c", "drivers/misc/elsewhere.c"),
                    encoding="utf-8")


def remove_source(tree: Path) -> None:
    (tree / "drivers/misc/pawl.c").unlink()


def touch_only(tree: Path) -> None:
    (tree / "drivers/misc/thimble.c").touch()


@pytest.mark.parametrize("change", [change_source, change_header, change_makefile,
                                    change_maintainers, remove_source, touch_only])
def test_incremental_is_as_cold(change, tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    index(tree, tmp_path / "incremental.db")
    change(tree)
    index(tree, tmp_path / "incremental.db")
    index(tree, tmp_path / "cold.db")
    assert not first_difference(dump(tmp_path / "cold.db"), dump(tmp_path / "incremental.db"))


def test_incremental_parses_only_what_changed(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    db = tmp_path / "x.db"
    index(tree, db)
    before = len(rows("sites", db))
    change_source(tree)
    assert " 1 parsed" in index(tree, db)
    assert len(rows("sites", db)) == before + 1


def test_tree_is_not_written(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    for path in [tree, *tree.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    before = {path: path.stat().st_mtime_ns for path in [tree, *tree.rglob("*")]}
    index(tree, tmp_path / "x.db")
    assert before == {path: path.stat().st_mtime_ns for path in [tree, *tree.rglob("*")]}
    for path in [tree, *tree.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
