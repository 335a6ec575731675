# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel, all the way: patches for its own repository."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from support import TESTS, TREES, rows, run

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


def headers() -> list[Path]:
    """Kernels that a module can be built with."""
    names = [Path(name) for name in os.environ.get("GUPCONV_HEADERS", "").split()]
    return [path for path in names or sorted(Path("/lib/modules").glob("*/build"))
            if (path / "include/config/auto.conf").is_file()]


def kernel_words(kernels: list[Path]) -> list[object]:
    return [word for kernel in kernels for word in ("--kernel", kernel)]


def test_run_proves_with_every_headers_package(tmp_path: Path) -> None:
    kernels = headers()
    if not kernels:
        pytest.skip("no linux-headers package is installed (or set GUPCONV_HEADERS)")
    driver = repository(tmp_path)
    before = {path: path.read_bytes() for path in driver.rglob("*") if path.is_file()}
    done = run("run", "--module", driver, *kernel_words(kernels), "-o", tmp_path / "out", env=ENV)
    assert before == {path: path.read_bytes() for path in driver.rglob("*") if path.is_file()}
    verdicts = rows("sql", tmp_path / "out.db", "SELECT object, outcome, reason FROM verdict")
    assert [row["outcome"] for row in verdicts] == ["proven"] * len(kernels)
    assert all(row["reason"].startswith("its own make") for row in verdicts)
    assert done.stdout.startswith("sconce at commit ")
    assert all(f"patch 1 on {row['object']}" in done.stdout for row in verdicts)
    assert (tmp_path / "out.db.2").exists() == (len(kernels) > 1)


def test_a_patch_that_does_not_build_has_failed(tmp_path: Path) -> None:
    kernels = headers()
    if not kernels:
        pytest.skip("no linux-headers package is installed (or set GUPCONV_HEADERS)")
    driver = repository(tmp_path)
    run("run", "--module", driver, *kernel_words(kernels[:1]), "-o", tmp_path / "out",
        "--no-prove", env=ENV)
    patch = next((tmp_path / "out").glob("0001-*"))
    patch.write_text(patch.read_text(encoding="utf-8").replace(
        "+\tunpin_user_pages(buf->pages, buf->nr);", "+\tunpin_user_pages(buf->pages);"),
        encoding="utf-8")
    text = run("prove", "--db", tmp_path / "out.db", *kernel_words(kernels[:1]), "--format", "tsv",
               code=1).stdout
    assert "\tfailed\t" in text and "too few arguments" in text


def test_a_driver_that_does_not_build_before_is_said(tmp_path: Path) -> None:
    """The small kernel has no make of its own; the rest of the way is walked."""
    driver = repository(tmp_path)
    done = run("run", "--module", driver, "--kernel", KERNEL, "-o", tmp_path / "out", env=ENV)
    assert "not-proven: does not build before: " in done.stdout


def test_a_finding_that_the_patch_brings_has_failed(tmp_path: Path) -> None:
    driver = repository(tmp_path)
    run("run", "--module", driver, "--kernel", KERNEL, "-o", tmp_path / "out", "--no-prove",
        env=ENV)
    patch = next((tmp_path / "out").glob("0001-*"))
    patch.write_text(patch.read_text(encoding="utf-8").replace(
        "+\tunpin_user_pages(buf->pages, buf->nr);", "+\trelease_pages(buf->pages, buf->nr);"),
        encoding="utf-8")
    text = run("prove", "--db", tmp_path / "out.db", "--format", "tsv", code=1).stdout
    assert "\tfailed\taudit: mismatched: sconce.c:" in text


def test_kernels_that_contradict_give_no_series(tmp_path: Path) -> None:
    """Only one of them has the pin: the text would be wrong for the other."""
    driver = repository(tmp_path)
    done = run("run", "--module", driver, *kernel_words([KERNEL, TREES / "put_user_page"]),
               "-o", tmp_path / "out", "--no-prove", code=1, env=ENV)
    assert "no series, since one text has to be right for every kernel: sconce.c:" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_driver_without_pages_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/Kbuild").write_text("obj-m += empty.o\n", encoding="utf-8")
    (tmp_path / "empty/empty.c").write_text("int none;\n", encoding="utf-8")
    done = run("run", "--module", tmp_path / "empty", "--kernel", KERNEL, "-o", tmp_path / "out",
               code=1, env=ENV)
    assert "no call that takes pages of a user or releases pages was found" in done.stderr


def test_a_call_that_is_left_over_is_no_success(tmp_path: Path) -> None:
    """Without the transfer, nothing says what the pages are wanted for."""
    driver = repository(tmp_path)
    text = (driver / "sconce.c").read_text(encoding="utf-8")
    for word in ("sg_alloc_table_from_pages", "dma_map_sgtable", "set_page_dirty_lock"):
        text = text.replace(word, f"sconce_{word}")
    (driver / "sconce.c").write_text(text, encoding="utf-8")
    git(driver, "commit", "-qam", "Hide the transfer")
    done = run("run", "--module", driver, "--kernel", KERNEL, "-o", tmp_path / "out", code=1,
               env=ENV)
    assert "question: " in done.stdout and "there is no patch to prove" in done.stderr


def test_a_report_has_the_drivers_name(tmp_path: Path) -> None:
    driver = repository(tmp_path)
    db = converted(driver, tmp_path / "x.db")
    run("report", "--db", db, "-o", tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    commit = git(driver, "rev-parse", "HEAD")[:12]
    assert f"<title>get_user_pages*() in sconce at commit {commit}, for Linux" in text
    driver.rename(driver.with_name("gone"))
    run("report", "--db", db, "-o", tmp_path / "page.html")
    assert "<h1>get_user_pages*() in driver, for Linux" in (tmp_path / "page.html").read_text()


def test_check_takes_patches_of_the_repository(tmp_path: Path) -> None:
    """By paths from its root, or from the driver's folder; other folders are not the driver's."""
    driver = repository(tmp_path)
    repo = tmp_path / "repo"
    (repo / "README").write_text("A lamp.\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Describe it")
    run("index", "--module", driver, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    source = driver / "sconce.c"
    source.write_text(source.read_text().replace("get_user_pages_fast(", "pin_user_pages_fast("))
    (repo / "README").write_text("A lamp of iron.\n")
    for words in ((), ("--relative",)):
        (tmp_path / "x.patch").write_text(git(driver, "diff", *words))
        git(repo, "stash", "-q")
        done = run("check", "--db", tmp_path / "x.db", tmp_path / "x.patch", code=1)
        git(repo, "stash", "pop", "-q")
        assert "sconce.c:" in done.stdout and "mismatched: put_page() here" in done.stdout


def test_words_of_run(tmp_path: Path) -> None:
    for words, said in ((("--module", SCONCE), "--module wants the kernels"),
                        (("--kernel", KERNEL), "--kernel goes with --module"),
                        (("--module", SCONCE, "--kernel", KERNEL, KERNEL), "too many arguments"),
                        ((), "an argument is missing")):
        assert said in run("run", *words, "-o", tmp_path / "out", code=2).stderr


def test_a_new_file_is_carried(tmp_path: Path) -> None:
    """A conversion may add a header of its own: it has no text before."""
    driver = repository(tmp_path)
    db = converted(driver, tmp_path / "x.db")
    with sqlite3.connect(db) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(file)")]
        names = ", ".join(name for name in columns if name not in ("id", "path"))
        connection.execute(f"INSERT INTO file(path, {names}) SELECT 'lamp_compat.h', {names} "
                           "FROM file LIMIT 1")
        connection.execute("INSERT INTO edit_file SELECT max(id), '', CAST(? AS BLOB) FROM file",
                           ("/* new */\n",))
    run("series", "--db", db, "-o", tmp_path / "out", env=ENV)
    patch = sorted((tmp_path / "out").glob("*.patch"))[1]
    git(tmp_path / "repo", "am", "-q", patch)
    assert (driver / "lamp_compat.h").read_text(encoding="utf-8") == "/* new */\n"
