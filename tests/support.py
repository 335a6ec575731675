# SPDX-License-Identifier: GPL-2.0-only
"""Shared by the tests in Python: the program, its answers, kernel trees."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
sys.path.append(str(ROOT / "reports"))
from gupconv_reports import reasons  # noqa: E402
TREES = TESTS / "trees"
ERAS = tuple(sorted(path.name.split(".")[0] for path in (ROOT / "tests/trees").glob("*.expected.tsv")))
GUPCONV = os.environ.get("GUPCONV", str(ROOT / "build" / "gupconv"))


HANGS = 7200
"""Seconds after which a program is taken to hang, whatever else the machine does. No test
expects an end before a moment of the clock: what has to be quick is measured in CPU time."""


def run(*args: object, code: int = 0, **more: object) -> subprocess.CompletedProcess[str]:
    """gupconv ARGS, which has to end with CODE."""
    done = subprocess.run([GUPCONV, *map(str, args)], text=True, capture_output=True,
                          timeout=HANGS, check=False, **more)
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {done.stderr}"
    return done


def index_incomplete(tree: Path, db: Path, *args: object) -> str:
    """The same where a file cannot be parsed: the last line and the exit code tell."""
    said = run("index", tree, "--db", db, *args, code=1).stderr
    assert "could not be parsed" in said.splitlines()[-1], said
    return said


def index(tree: Path, db: Path, *args: object, **more: object) -> str:
    """Indexes TREE into DB; what it said on stderr."""
    return run("index", tree, "--db", db, *args, **more).stderr


def rows(command: str, db: Path, *args: object) -> list[dict[str, str]]:
    text = run(command, "--db", db, *args, "--format", "tsv").stdout
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def connect(db: Path) -> sqlite3.Connection:
    """To read from, with the SQL function that the views are made with."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    reasons.load(connection)
    return connection


def dump(db: Path) -> str:
    """All of a database as text, the way `.dump` gives it."""
    handle = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return "\n".join(handle.iterdump())
    finally:
        handle.close()


def first_difference(left: str, right: str) -> str:
    for a, b in zip(left.splitlines(), right.splitlines()):
        if a != b:
            return f"{a[:300]}\n{b[:300]}"
    return "one is longer" if left != right else ""


def copy_tree(era: str, to: Path) -> Path:
    return Path(shutil.copytree(TREES / era, to, symlinks=True))


def real_tree(version: str) -> tuple[Path | None, str]:
    """A whole kernel and "", or None and why there is none."""
    variable = "GUPCONV_TREE_" + version.replace(".", "_")
    given = os.environ.get(variable)
    if given:
        tree = Path(given)
        return (tree, "") if (tree / "Makefile").exists() else (None, f"{variable}: no tree there")
    if version != "6.1":
        return None, f"{variable} is not set"
    done = subprocess.run([ROOT / "packaging" / "kernel-source.sh", version], text=True,
                          capture_output=True, check=False)
    if done.returncode:
        return None, done.stderr.strip()
    return Path(done.stdout.strip()), ""
