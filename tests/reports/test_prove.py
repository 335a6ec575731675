# SPDX-License-Identifier: GPL-2.0-only
"""gupconv prove, on a tree whose build takes no time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import Run, pinned
from fixture import Edit, build
from gupconv_reports import owners, prove
from gupconv_reports.store import PatchRow, opened
from gupconv_reports.tree import opened as tree_of
from proving import HEADER, WAY, cross, edit, proof, series, text


def test_proven_and_why_not(run: Run, tmp_path: Path, buildable: Path,
                            monkeypatch: pytest.MonkeyPatch) -> None:
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"),
                edit("drivers/char/two.c", "two"), edit("drivers/three/x.c", "x"),
                edit("arch/sparc/x.c", "x"))
    cross(tmp_path, monkeypatch)
    code, rows, said = proof(run, db)
    assert code == 0
    assert rows == {
        "drivers/char/one.o": ("proven", WAY),
        "drivers/char/two.o": ("proven", WAY),
        "drivers/three/x.o": ("not-proven", "CONFIG_THREE is not set in defconfig"),
        "arch/sparc/x.o": ("not-proven", "sparc64-linux-gnu-gcc is not installed "
                                         "(package gcc-sparc64-linux-gnu)"),
    }
    assert "4 objects built" in said
    assert "sudo apt-get install gcc-sparc64-linux-gnu" in said
    assert "0 objects built" in proof(run, db)[2]


def test_each_for_its_architecture(run: Run, tmp_path: Path, buildable: Path,
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"),
                edit("drivers/char/two.c", "two"), edit("arch/sparc/x.c", "x"))
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE patched_file SET arch = 'arm' WHERE path = 'drivers/char/two.c'")
    cross(tmp_path, monkeypatch, "sparc64-linux-gnu", "arm-linux-gnueabi")
    code, rows, _ = proof(run, db)
    assert (code, rows) == (0, {
        "drivers/char/one.o": ("proven", WAY),
        "drivers/char/two.o": ("proven", "arm-linux-gnueabi-gcc, arm, defconfig"),
        "arch/sparc/x.o": ("proven", "sparc64-linux-gnu-gcc, sparc64, defconfig")})
    rows = proof(run, db, "--arch", "sparc64")[1]
    assert rows["arch/sparc/x.o"][0] == "proven"
    assert rows["drivers/char/two.o"] == ("not-proven", "arm only, which --arch leaves out")
    assert proof(run, db, "--arch", "pdp11")[0] == 2


def test_the_first_configuration_that_has_it(run: Run, tmp_path: Path, buildable: Path) -> None:
    configs = buildable / "arch/x86/configs"
    configs.mkdir(parents=True)
    (configs / "three_defconfig").touch()
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"),
                edit("drivers/three/x.c", "x"))
    rows = proof(run, db, "--config", "defconfig,three_defconfig")[1]
    assert rows == {"drivers/char/one.o": ("proven", WAY),
                    "drivers/three/x.o": ("proven", "gcc, x86_64, three_defconfig")}


def test_an_architecture_that_cannot_be_prepared(run: Run, tmp_path: Path, buildable: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    configs = buildable / "arch/sparc/configs"
    configs.mkdir(parents=True)
    (configs / "broken_defconfig").touch()
    db = series(run, tmp_path, buildable, edit("arch/sparc/x.c", "x"))
    cross(tmp_path, monkeypatch, "sparc64-linux-gnu")
    code, rows, said = proof(run, db, "--config", "broken_defconfig")
    assert code == 0
    outcome, why = rows["arch/sparc/x.o"]
    assert outcome == "not-proven" and "no such machine" in why
    assert "warning: sparc, broken_defconfig" in said


def test_a_patch_that_does_not_compile(run: Run, tmp_path: Path, buildable: Path) -> None:
    broken = text("one").replace("put_page(*page);", "unpin_user_page(nothing);")
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one", broken))
    code, rows, _ = proof(run, db)
    assert code == 1
    outcome, reason = rows["drivers/char/one.o"]
    assert outcome == "failed" and "error: " in reason and "nothing" in reason


def test_a_new_warning(run: Run, tmp_path: Path, buildable: Path) -> None:
    noisy = pinned(text("one")).replace("{\n", "{\n\tint unused;\n", 1)
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one", noisy))
    code, rows, _ = proof(run, db)
    assert code == 1
    assert rows["drivers/char/one.o"][0] == "warned"
    assert "-Wunused-variable" in rows["drivers/char/one.o"][1]


def test_an_old_warning_is_nobodys_fault(run: Run, tmp_path: Path, buildable: Path) -> None:
    old = text("one").replace("{\n", "{\n\tint unused;\n", 1)
    (buildable / "drivers/char/one.c").write_text(old)
    db = series(run, tmp_path, buildable, Edit("drivers/char/one.c", old,
                                               "\n" + pinned(old), "CHAR DRIVERS"))
    code, rows, _ = proof(run, db)
    assert (code, rows["drivers/char/one.o"]) == (0, ("proven", WAY))


def test_a_header_counts_for_those_that_include_it(run: Run, tmp_path: Path, buildable: Path
                                                   ) -> None:
    header = HEADER.replace("void unpin_user_page(struct page *page);\n", "")
    (buildable / "include/mm.h").write_text(header)
    db = series(run, tmp_path, buildable,
                Edit("include/mm.h", header, HEADER, "CHAR DRIVERS", group=5),
                Edit("drivers/char/one.c", text("one"), pinned(text("one")), "CHAR DRIVERS",
                     group=5))
    code, rows, _ = proof(run, db)
    assert code == 0
    assert rows["drivers/char/one.o"] == ("proven", WAY)
    assert rows["include/mm.h"] == ("proven", "a header, by drivers/char/one.o")


def test_a_header_that_the_patch_has_no_file_for(run: Run, tmp_path: Path, buildable: Path) -> None:
    """One of the driver's own is built through a file beside it; for another there is none."""
    (buildable / "include/other.h").write_text("#define OTHER 1\n")
    (buildable / "drivers/char/own.h").write_text("#define OWN 1\n")
    (buildable / "drivers/char/one.c").write_text('#include "own.h"\n' + text("one"))
    db = series(run, tmp_path, buildable,
                Edit("include/other.h", "#define OTHER 1\n", "#define OTHER 2\n", "CHAR DRIVERS",
                     group=5),
                Edit("drivers/char/own.h", "#define OWN 1\n", "#define OWN 2\n", "CHAR DRIVERS",
                     group=5),
                edit("drivers/three/x.c", "x"))
    code, rows, _ = proof(run, db)
    assert code == 0
    assert rows["drivers/char/one.o"] == ("proven", WAY)
    assert rows["drivers/char/own.h"] == ("proven", "a header, by drivers/char/one.o")
    assert rows["include/other.h"] == (
        "not-proven", "a header, and no object that was built for this patch includes it")


def test_a_header_that_breaks_its_user(run: Run, tmp_path: Path, buildable: Path) -> None:
    (buildable / "drivers/char/own.h").write_text("#define OWN 1\n")
    (buildable / "drivers/char/one.c").write_text('#include "own.h"\n' + text("one"))
    db = series(run, tmp_path, buildable,
                Edit("drivers/char/own.h", "#define OWN 1\n", "#error gone\n", "CHAR DRIVERS"))
    code, rows, _ = proof(run, db)
    assert code == 1
    assert rows["drivers/char/one.o"][0] == "failed"
    assert rows["drivers/char/own.h"][0] == "not-proven"


def test_a_new_file_has_no_before(tmp_path: Path, buildable: Path) -> None:
    """As the kernel's own part brings them: the Makefile that names it is in the same patch."""
    row = PatchRow(1, "0001-x.patch", "x", "", "", ("drivers/char/Makefile", "drivers/char/new.c",
                                                    "tools/x.c"))
    makefile = (buildable / "drivers/char/Makefile").read_bytes()
    step = prove.Step(row, {"drivers/char/Makefile": makefile, "drivers/char/new.c": None,
                            "tools/x.c": None},
                      {"drivers/char/Makefile": makefile + b"obj-y += new.o\n",
                       "drivers/char/new.c": pinned(text("new")).encode(), "tools/x.c": b""})
    options = prove.Options(Path(), None, tmp_path / "b", None, 1, ("defconfig",), (), False, "text")
    db = build(tmp_path / "new.db", buildable, "pin_user_pages", [])
    for path, data in step.after.items():
        assert data is not None
        (tmp_path / "work" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "work" / path).write_bytes(data)
    with opened(db, writable=True) as store:
        owners.find(store, buildable, tmp_path / "work", step.after)
        done = prove.proven([step], tree_of(buildable), options, store)
    assert [(v.object, v.outcome, v.reason) for v in done.verdicts] == [
        ("drivers/char/new.o", "proven", WAY),
        ("tools/x.o", "not-proven", "of tools/: no part of the kernel")]
    assert done.built == 1


def test_what_touches_the_tree_is_nothing(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"))
    before = {path: path.stat().st_mtime_ns for path in buildable.rglob("*")}
    proof(run, db)
    assert before == {path: path.stat().st_mtime_ns for path in buildable.rglob("*")}


def test_a_taken_back_edit_is_not_remembered(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"))
    proof(run, db)
    db.unlink()
    db = series(run, tmp_path, buildable, edit("drivers/char/two.c", "two"))
    assert proof(run, db)[1] == {"drivers/char/two.o": ("proven", WAY)}
    link = next((tmp_path / "cache").rglob("src/drivers/char/one.c"))
    assert link.read_text() == text("one")


def test_bad_input(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one"))
    assert proof(run, db, "--config", "nonsense")[0] == 2
    assert proof(run, db, "-j", "0")[0] == 2
    code, _, said = proof(run, db, "--series", "elsewhere")
    assert code == 3 and "run 'gupconv series' again" in said


def test_nothing_to_prove(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = build(tmp_path / "none.db", buildable, "pin_user_pages", [])
    code, rows, said = proof(run, db)
    assert (code, rows) == (0, {})
    assert "no patch to prove" in said
