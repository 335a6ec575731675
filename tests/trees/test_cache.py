# SPDX-License-Identifier: GPL-2.0-only
"""Files that are kept between runs make them faster, and nothing else: lost, broken or out of
date, the answer is the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from support import copy_tree, dump, first_difference, index, rows

ERA = "put_user_page"
SOURCE = "drivers/misc/thimble.c"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("GUPCONV_CACHE", str(folder))
    return folder


def fresh(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The dump of an index that knows nothing from before."""
    monkeypatch.setenv("GUPCONV_CACHE", str(tmp_path / "other-cache"))
    index(tree, tmp_path / "fresh.db")
    return dump(tmp_path / "fresh.db")


def test_kept_headers_are_used(cache: Path, tmp_path: Path) -> None:
    tree = copy_tree(ERA, tmp_path / "tree")
    index(tree, tmp_path / "a.db")
    kept = sorted(cache.glob("headers/*/*/common.symbols"))
    assert kept
    dates = [path.stat().st_mtime_ns for path in kept]
    index(tree, tmp_path / "b.db")
    assert [path.stat().st_mtime_ns for path in kept] == dates
    assert not first_difference(dump(tmp_path / "a.db"), dump(tmp_path / "b.db"))


@pytest.mark.parametrize("damage", ["truncated", "garbage", "removed"])
def test_broken_headers_cost_nothing_but_time(damage: str, cache: Path, tmp_path: Path) -> None:
    tree = copy_tree(ERA, tmp_path / "tree")
    index(tree, tmp_path / "a.db")
    for path in cache.glob("headers/*/*/common.pch"):
        if damage == "truncated":
            os.truncate(path, 1000)
        elif damage == "garbage":
            path.write_bytes(b"no PCH at all")
        else:
            path.unlink()
    index(tree, tmp_path / "b.db")
    assert not first_difference(dump(tmp_path / "a.db"), dump(tmp_path / "b.db"))


def test_no_cache_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy_tree(ERA, tmp_path / "tree")
    monkeypatch.setenv("GUPCONV_CACHE", "/dev/null/nowhere")
    index(tree, tmp_path / "a.db")
    assert not first_difference(dump(tmp_path / "a.db"), fresh(tree, tmp_path, monkeypatch))


def old_scan(cache: Path, tree: Path, tmp_path: Path) -> Path:
    """An index, and what it kept of its scan as if the files had been there for long."""
    index(tree, tmp_path / "a.db")
    scan, = cache.glob("scans/*")
    lines = []
    for path in sorted(tree.rglob("*.[ch]")):
        st = path.stat()
        seconds = (f"{t // 10**9}.{t % 10**9}" for t in (st.st_mtime_ns, st.st_ctime_ns))
        hit = "put_user_page" in path.read_text(encoding="utf-8", errors="replace")
        lines.append(f"{'.'.join(seconds)}.{st.st_size}.{st.st_ino}\t{int(hit)}\t"
                     f"{path.relative_to(tree)}\n")
    scan.write_text("".join(lines), encoding="utf-8")
    return scan


def test_new_text_of_the_same_size_and_date_is_seen(cache: Path, tmp_path: Path) -> None:
    tree = copy_tree(ERA, tmp_path / "tree")
    old_scan(cache, tree, tmp_path)
    source = tree / SOURCE
    st, text = source.stat(), source.read_text(encoding="utf-8")
    source.write_text(text.replace("\tput_page(", "\tget_page(", 1), encoding="utf-8")
    os.utime(source, ns=(st.st_atime_ns, st.st_mtime_ns))
    assert source.stat().st_size == st.st_size
    index(tree, tmp_path / "a.db")
    lines = {row["line"] for row in rows("sites", tmp_path / "a.db") if row["path"] == SOURCE}
    assert str(1 + text[:text.index("\tput_page(")].count("\n")) not in lines


@pytest.mark.parametrize("text", ["", "garbage", "a\tb\tc\n" * 3, "\t\t\n\n\t1\tx.c\n"])
def test_broken_scan(text: str, cache: Path, tmp_path: Path,
                     monkeypatch: pytest.MonkeyPatch) -> None:
    tree = copy_tree(ERA, tmp_path / "tree")
    old_scan(cache, tree, tmp_path).write_text(text, encoding="utf-8")
    (tmp_path / "a.db").unlink()
    index(tree, tmp_path / "a.db")
    assert not first_difference(dump(tmp_path / "a.db"), fresh(tree, tmp_path, monkeypatch))


def test_a_kept_scan_is_right_though_it_is_not_written_anew(cache: Path, tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes after the scan is read again in each run, until many have changed."""
    tree, db = copy_tree(ERA, tmp_path / "tree"), tmp_path / "a.db"
    time.sleep(3)  # dates of this very moment are not relied on
    index(tree, db)
    scan, = cache.glob("scans/*")
    kept = scan.read_bytes()
    assert SOURCE.encode() in kept
    source = tree / SOURCE
    text = source.read_text(encoding="utf-8")
    (tree / "new").write_text(text.replace("put_user_page", "put_pages_none"), encoding="utf-8")
    os.replace(tree / "new", source)
    index(tree, db)
    time.sleep(3)
    for path in ("again.db", "a.db"):
        index(tree, tmp_path / path)
        assert not first_difference(dump(tmp_path / path), fresh(tree, tmp_path, monkeypatch))
        monkeypatch.setenv("GUPCONV_CACHE", str(cache))
        assert scan.read_bytes() == kept
