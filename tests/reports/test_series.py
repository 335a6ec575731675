# SPDX-License-Identifier: GPL-2.0-only
"""gupconv series, from a filled database to mails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from shutil import which

import pytest
from conftest import POND, POND_AFTER, ROOT, Run, char, pinned
from fixture import Edit, build

CONTACTS = {"POND FILE SYSTEM": [("maintainer", "Paula Pond <paula@example.org>"),
                                 ("tree", "git git://example.org/pond")]}


@pytest.fixture
def db(tree: Path, tmp_path: Path) -> Path:
    return build(tmp_path / "one.db", tree, "pin_user_pages", [
        Edit("fs/pond/pages.c", POND, POND_AFTER, "POND FILE SYSTEM", group=1, use_case=1,
             became={"pond_drop:put_page": "unpin_user_pages_dirty_lock"},
             reasons={"pond_take:get_user_pages_fast": "the pages go into a bio"}),
        Edit("drivers/char/one.c", char("one"), pinned(char("one")), "CHAR DRIVERS", group=2,
             use_case=2, reasons={"one_once:get_user_pages_fast": "the device keeps them"}),
        Edit("drivers/char/two.c", char("two"), char("two"), "CHAR DRIVERS", group=3,
             reasons={"two_once:put_page": "its pages also come from alloc_page()"},
             kept=("two_once:put_page", "two_once:get_user_pages_fast")),
    ], CONTACTS)


def mails(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.patch"))


def test_one_patch_a_driver_and_a_cover(run: Run, db: Path, tmp_path: Path) -> None:
    done = run("series", "--db", db, "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in mails(tmp_path / "out")] == [
        "0000-cover-letter.patch",
        "0001-char-one-convert-get_user_pages_fast-to-pin_user_pag.patch",
        "0002-pond-convert-get_user_pages_fast-to-pin_user_pages_f.patch"]


def test_the_message_says_what_this_patch_does(run: Run, db: Path, tmp_path: Path) -> None:
    run("series", "--db", db, "-o", "out")
    text = mails(tmp_path / "out")[2].read_text()
    assert "Subject: [PATCH 2/2] pond: convert get_user_pages_fast() to" in text
    assert "From: Some Body <some@example.org>" in text
    assert "Signed-off-by: Some Body <some@example.org>\n---\n" in text
    assert "Cc: Paula Pond <paula@example.org>\nCc: pond@lists.example.org\n" in text
    assert "pond_drop():\n      put_page() -> unpin_user_pages_dirty_lock()" in text or \
        "pond_drop(): put_page() -> unpin_user_pages_dirty_lock()" in text
    folded = " ".join(text.split())
    assert "This is CASE 1 (Direct IO (DIO)) of Documentation/core-api/pin_user_pages.rst" in folded
    assert "The pages go into a bio." in folded
    assert "The loop in pond_drop() did nothing else" in folded
    assert "set_page_dirty() becomes set_page_dirty_lock()" in folded
    assert text.endswith("-- \ngupconv 0.0.1\n\n")
    body = text.split("\n\n", 1)[1].split("\n---\n")[0]
    assert max(map(len, body.splitlines())) <= 75


def test_the_cover_counts(run: Run, db: Path, tmp_path: Path) -> None:
    run("series", "--db", db, "-o", "out")
    text = mails(tmp_path / "out")[0].read_text()
    assert "Subject: [PATCH 0/2] convert get_user_pages*() callers to" in text
    assert "Linux 6.1.7" in text
    assert "its pages also come from alloc_page()" in text
    assert "Some Body (2):" in text
    assert "2 files changed" in text
    assert "***" not in text


def test_a_second_run_changes_no_byte_and_writes_nothing(run: Run, db: Path, tmp_path: Path
                                                         ) -> None:
    run("series", "--db", db, "-o", "out")
    first = {path.name: (path.read_bytes(), path.stat().st_mtime_ns)
             for path in mails(tmp_path / "out")}
    bytes_of_db = db.read_bytes()
    done = run("series", "--db", db, "-o", "out")
    assert "up to date" in done.stderr
    assert first == {path.name: (path.read_bytes(), path.stat().st_mtime_ns)
                     for path in mails(tmp_path / "out")}
    assert db.read_bytes() == bytes_of_db
    run("series", "--db", db, "-o", "other")
    assert {name: data for name, (data, _) in first.items()} == \
        {path.name: path.read_bytes() for path in mails(tmp_path / "other")}


def test_a_second_run_asks_nobody(run: Run, db: Path, tree: Path, tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    shim = tmp_path / "bin" / "perl"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$1" >>{tmp_path}/asked\nexec {which("perl")} "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    run("series", "--db", db, "-o", "out")
    asked = (tmp_path / "asked").read_text()
    run("series", "--db", db, "-o", "out")
    assert (tmp_path / "asked").read_text() == asked
    (tree / "MAINTAINERS").write_text((tree / "MAINTAINERS").read_text() + "\n")
    run("series", "--db", db, "-o", "out")
    assert (tmp_path / "asked").read_text() == asked * 2
    mails(tmp_path / "out")[1].write_text("spoilt")
    run("series", "--db", db, "-o", "out")
    assert mails(tmp_path / "out")[1].read_text() != "spoilt"


def test_git_am_gives_the_texts(run: Run, db: Path, tree: Path, tmp_path: Path) -> None:
    run("series", "--db", db, "-o", "out")
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tree, check=True)
    subprocess.run(["git", "commit", "-qm", "base"], cwd=tree, check=True)
    subprocess.run(["git", "am", "-q", *map(str, mails(tmp_path / "out")[1:])], cwd=tree,
                   check=True)
    assert (tree / "fs/pond/pages.c").read_text() == POND_AFTER


def test_the_tree_is_not_written_to(run: Run, db: Path, tree: Path) -> None:
    before = sorted(tree.rglob("*"))
    run("series", "--db", db, "-o", "out")
    assert sorted(tree.rglob("*")) == before


def test_without_the_trees_scripts(run: Run, db: Path, tree: Path, tmp_path: Path) -> None:
    for script in (tree / "scripts").iterdir():
        script.write_text("die 'must not run'")
    done = run("series", "--db", db, "-o", "out", "--no-tree-scripts")
    assert (done.returncode, done.stderr) == (0, "")
    text = mails(tmp_path / "out")[2].read_text()
    assert "Cc: Paula Pond <paula@example.org>\nSigned-off-by" in text
    assert "checkpatch.pl was not run" in mails(tmp_path / "out")[0].read_text()


def test_a_failing_script_falls_back_on_the_database(run: Run, db: Path, tree: Path,
                                                     tmp_path: Path) -> None:
    (tree / "scripts/get_maintainer.pl").write_text("die 'it is broken'")
    done = run("series", "--db", db, "-o", "out")
    assert done.returncode == 0
    assert "get_maintainer.pl: it is broken" in done.stderr
    assert "Cc: Paula Pond" in mails(tmp_path / "out")[2].read_text()


def test_rows_for_the_later_stages(run: Run, db: Path) -> None:
    run("series", "--db", db, "-o", "out")
    rows = sqlite3.connect(db).execute(
        "SELECT id, subsystem, path FROM patch JOIN patch_file ON patch_id = id").fetchall()
    assert rows == [(1, "CHAR DRIVERS", "drivers/char/one.c"),
                    (2, "POND FILE SYSTEM", "fs/pond/pages.c")]


def test_checkpatch_is_reported(run: Run, tree: Path, tmp_path: Path) -> None:
    after = pinned(char("one")).replace("return ret;", "return ret; ")
    db = build(tmp_path / "two.db", tree, "pin_user_pages",
               [Edit("drivers/char/one.c", char("one"), after, "CHAR DRIVERS")])
    done = run("series", "--db", db, "-o", "out", "--format", "tsv")
    assert done.returncode == 0
    header, row = (line.split("\t") for line in done.stdout.splitlines())
    assert dict(zip(header, row))["errors"] == "1"
    assert "checkpatch: line" in done.stderr


def test_nothing_converted(run: Run, tree: Path, tmp_path: Path, db: Path) -> None:
    run("series", "--db", db, "-o", "out")
    empty = build(tmp_path / "empty.db", tree, "pin_user_pages", [])
    done = run("series", "--db", empty, "-o", "out")
    assert done.returncode == 0
    assert "no patch to write" in done.stderr
    assert not mails(tmp_path / "out")


def fails(run: Run, code: int, words: str, *arguments: str | Path) -> None:
    done = run("series", *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_bad_input(run: Run, db: Path, tree: Path, tmp_path: Path,
                   monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text").write_text("no database")
    (tmp_path / "empty").mkdir()
    fails(run, 2, "-o/--output", "--db", db)
    fails(run, 2, "unrecognized arguments", "--db", db, "-o", "out", "--nonsense")
    fails(run, 2, "is no folder", "--db", db, "-o", tmp_path / "text")
    fails(run, 3, "no such database", "--db", "absent.db", "-o", "out")
    fails(run, 3, "not a database", "--db", tmp_path / "text", "-o", "out")
    fails(run, 3, "no kernel tree", "--db", db, "-o", "out", "--tree", tmp_path / "empty")
    old = tmp_path / "old.db"
    sqlite3.connect(old).execute("PRAGMA user_version = 99").connection.commit()
    fails(run, 3, "version 99", "--db", old, "-o", "out")
    (tree / "fs/pond/pages.c").write_text(POND + "\n")
    fails(run, 3, "fs/pond/pages.c: is not the text that was converted", "--db", db, "-o", "out")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    fails(run, 2, "user.name", "--db", db, "-o", "out")
    assert not (tmp_path / "out").exists()


def test_the_core_sources_come_first(run: Run, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    program = ROOT / "build" / "gupconv"
    mini = ROOT / "tests" / "trees" / "none"
    if not program.exists():
        pytest.skip("build/gupconv is not built")
    monkeypatch.setenv("GUPCONV_PROGRAM", str(program))
    before = (mini / "kernel/mfutex.c").read_text()
    db = build(tmp_path / "none.db", mini, "none", [
        Edit("kernel/mfutex.c", before, before.replace("put_page(", "put_user_page("))])
    done = run("series", "--db", db, "-o", "out")
    assert done.returncode == 0, done.stderr
    first = mails(tmp_path / "out")[1].read_text()
    assert "[PATCH 1/2] mm: introduce put_user_page*(), placeholder versions" in first
    assert "Signed-off-by: Some Body <some@example.org>" in first
