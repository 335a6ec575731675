# SPDX-License-Identifier: GPL-2.0-only
"""The status page and the closing table."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest
from conftest import Run, char, pinned
from fixture import Edit, build


@pytest.fixture
def db(tree: Path, tmp_path: Path) -> Path:
    return build(tmp_path / "one.db", tree, "pin_user_pages", [
        Edit("drivers/char/one.c", char("one"), pinned(char("one")), "CHAR DRIVERS", group=1),
        Edit("drivers/char/two.c", char("two"), char("two"), "<OTHERS>", group=2,
             kept=("two_once:put_page", "two_once:get_user_pages_fast"),
             reasons={"two_once:put_page": "pages of alloc_page()"})])


def test_the_page_stands_alone(run: Run, db: Path, tmp_path: Path) -> None:
    done = run("report", "--db", db, "-o", "status.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = (tmp_path / "status.html").read_text()
    assert "http" not in text and "<script" not in text
    assert "&lt;OTHERS&gt;" in text
    stat = (tmp_path / "status.html").stat()
    assert "up to date" in run("report", "--db", db, "-o", "status.html").stderr
    assert (tmp_path / "status.html").stat() == stat


def test_a_page_that_cannot_be_written(run: Run, db: Path) -> None:
    done = run("report", "--db", db, "-o", "no/such/folder.html")
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1


def test_the_table_of_all_sites(run: Run, db: Path) -> None:
    run("series", "--db", db, "-o", "out")
    with sqlite3.connect(db) as connection:
        connection.executemany("INSERT INTO verdict VALUES (1, 'drivers/char/one.o', ?, ?)",
                               [("warned", "unused variable")])
    done = run("report", "--db", db, "--table", "--format", "tsv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(done.stdout.splitlines(), delimiter="\t"))
    acquire, release = rows[0], rows[1]
    assert [row["role"] for row in rows] == ["acquire", "release"] * 2
    assert (acquire["call"], acquire["outcome"], acquire["patches"]) == (
        "get_user_pages_fast", "converted", "1")
    assert (release["call"], release["outcome"], release["verdict"]) == (
        "put_page", "converted", "warned")
    assert acquire["releases"] == release["site"]
    assert release["proof"] == "drivers/char/one.o: unused variable"
    kept = rows[3]
    assert (kept["outcome"], kept["by"], kept["patches"], kept["verdict"]) == ("kept", "", "", "")
    assert kept["reason"] == "pages of alloc_page()"
    text = run("report", "--db", db, "--table").stdout.splitlines()
    assert text[0].split()[-1] == "verdict" and len(text) == 5


def test_a_report_of_nothing(run: Run, db: Path) -> None:
    done = run("report", "--db", db)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--table" in done.stderr


def test_the_closing_table(run: Run, db: Path, tmp_path: Path) -> None:
    run("series", "--db", db, "-o", "out")
    done = run("summary", "--db", db, "--out", "out", "--format", "tsv")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == ["what", "count", "detail"]
    assert ["sites found", "4", "2 take pages, 2 release them"] in rows
    assert ["converted", "2", "1 take pages, 1 release them"] in rows
    assert ["", "1", "pages of alloc_page()"] in rows
    assert ["patches written", "1", str(tmp_path / "out")] in rows
    assert ["patches proven", "0", ""] in rows
    with sqlite3.connect(db) as connection:
        connection.execute("INSERT INTO verdict VALUES (1, 'drivers/char/one.o', 'proven', '')")
        connection.executemany("INSERT INTO proof_lines VALUES (?, 1, 'a.c', 1, 1, ?, '', '')",
                               [(1, "compiled"), (2, "not-compiled")])
    assert "1      objects: 1 proven; changes: 1 of 2 compiled" in \
        run("summary", "--db", db, "--out", "out").stdout
