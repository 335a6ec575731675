# SPDX-License-Identifier: GPL-2.0-only
"""Same tree in, same bytes out, on whole kernels."""

from __future__ import annotations

from pathlib import Path

from support import dump, first_difference, index


def test_one_worker_as_two(indexed, tmp_path: Path) -> None:
    db = tmp_path / "one.db"
    index(indexed.tree, db, "-j", 1)
    assert not first_difference(dump(indexed.db), dump(db))


def test_second_index_is_up_to_date(indexed) -> None:
    before, inode = indexed.db.read_bytes(), indexed.db.stat().st_ino
    assert "up to date" in index(indexed.tree, indexed.db)
    assert indexed.db.read_bytes() == before and indexed.db.stat().st_ino == inode
