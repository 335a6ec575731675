# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel, all the way: patches for its own repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support import TESTS, TREES, run

SCONCE = TESTS / "modules" / "sconce"
KERNEL = TREES / "pin_user_pages"
SENDER = {"GIT_AUTHOR_NAME": "A Tester", "GIT_AUTHOR_EMAIL": "tester@example.com",
          "GIT_COMMITTER_NAME": "A Tester", "GIT_COMMITTER_EMAIL": "tester@example.com",
          "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
ENV = {**os.environ, **SENDER}


def git(folder: Path, *args: object) -> str:
    done = subprocess.run(["git", *map(str, args)], cwd=folder, env=ENV, text=True,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def repository(folder: Path, prefix: str = "") -> Path:
    """A repository with the driver in a folder of it; the driver."""
    driver = Path(shutil.copytree(SCONCE, folder / "repo" / "linux" / "driver"))
    git(folder, "init", "-q", folder / "repo")
    for number in range(4):
        (driver / "NEWS").write_text(f"{number}\n", encoding="utf-8")
        git(folder / "repo", "add", "-A")
        git(folder / "repo", "commit", "-q", "-m", f"{prefix}Do step {number}")
    return driver


def converted(driver: Path, db: Path) -> Path:
    run("index", "--module", driver, "--kernel", KERNEL, "--db", db)
    run("convert", "--db", db)
    return db


@pytest.mark.parametrize("prefix,subject", [("Lamp: ", "Lamp: convert "), ("fix: ", "sconce: "),
                                            ("", "sconce: convert ")])
def test_series_is_of_the_own_repository(prefix: str, subject: str, tmp_path: Path) -> None:
    driver = repository(tmp_path, prefix)
    db = converted(driver, tmp_path / "x.db")
    run("series", "--db", db, "-o", tmp_path / "out", env=ENV)
    cover, patch = sorted((tmp_path / "out").glob("*.patch"))
    text = patch.read_text(encoding="utf-8")
    assert f"Subject: [PATCH 1/1] {subject}" in text
    assert "\nSigned-off-by: A Tester <tester@example.com>\n" in text
    assert "\n+++ b/linux/driver/sconce.c\n" in text
    head = git(tmp_path / "repo", "rev-parse", "HEAD").strip()
    letter = cover.read_text(encoding="utf-8")
    assert f"\nbase-commit: {head}\n" in letter
    assert f"applies to sconce at commit {head[:12]}" in letter and "Linux" not in letter
    git(tmp_path / "repo", "am", "-q", patch)
    assert "pin_user_pages_fast(" in (driver / "sconce.c").read_text(encoding="utf-8")


def test_series_without_a_repository(tmp_path: Path) -> None:
    driver = Path(shutil.copytree(SCONCE, tmp_path / "driver"))
    db = converted(driver, tmp_path / "x.db")
    run("series", "--db", db, "-o", tmp_path / "out",
        env={**ENV, "GIT_CEILING_DIRECTORIES": str(tmp_path)})
    cover, patch = sorted((tmp_path / "out").glob("*.patch"))
    assert "base-commit" not in cover.read_text(encoding="utf-8")
    assert "\n+++ b/sconce.c\n" in patch.read_text(encoding="utf-8")


def test_series_wants_what_was_committed(tmp_path: Path) -> None:
    driver = repository(tmp_path)
    with (driver / "sconce.c").open("a", encoding="utf-8") as text:
        text.write("\n")
    db = converted(driver, tmp_path / "x.db")
    done = run("series", "--db", db, "-o", tmp_path / "out", code=3, env=ENV)
    assert "sconce.c: is not as it was committed" in done.stderr
    assert not (tmp_path / "out").exists()
