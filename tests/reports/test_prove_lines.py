# SPDX-License-Identifier: GPL-2.0-only
"""gupconv prove: each changed line is compiled, or named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run, pinned
from fixture import Edit
from proving import WAY, cross, edit, proof, series, text

GARBAGE = "\tthis is not C at all;\n"
MOST = "gcc, x86_64, allmodconfig"


def guarded(first: str, body: str = GARBAGE, other: str = "") -> str:
    """The text of one.c, converted, with a line under a conditional."""
    return pinned(text("one")).replace(
        "\treturn ret;\n", f"{first}\n{body}{other}#endif\n\treturn ret;\n")


def lines(run: Run, db: Path, *words: str) -> list[tuple[str, int, int, str, str, str]]:
    done = run("prove", "--db", db, "--format", "json", "--lines", *words)
    return [(row["path"], row["line"], row["lines"], row["outcome"], row["guard"], row["reason"])
            for row in json.loads(done.stdout)]


NOT_THERE = f"not in drivers/char/one.o, {MOST}"
BY_HAND = "with {} defined by hand, which nothing sets at this patch"


@pytest.mark.parametrize("first, other, why", [
    ("#ifdef CONFIG_NOBODY_HAS_IT", "", BY_HAND.format("CONFIG_NOBODY_HAS_IT") + ": "
     "drivers/char/one.c: error: "),
    ("#if 0", "", NOT_THERE),
    ("#ifndef CONFIG_NOBODY_HAS_IT\n\tret++;\n#else", "",
     BY_HAND.format("CONFIG_NOBODY_HAS_IT") + ": drivers/char/one.c: error: "),
    ("#ifdef CONFIG_FOUR", "#else\n\tret++;\n", BY_HAND.format("CONFIG_FOUR") + ": "),
    ("#if defined(CONFIG_NOBODY_HAS_IT) && !defined(CONFIG_TWO)", "", NOT_THERE)])
def test_garbage_that_nothing_compiles(run: Run, tmp_path: Path, buildable: Path, first: str,
                                       other: str, why: str) -> None:
    after = guarded(first, other=other)
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one", after))
    code, rows, said = proof(run, db, "--config", "any")
    line = after.split("\n").index(GARBAGE.rstrip("\n")) + 1
    outcome, reason = rows["drivers/char/one.o"]
    assert (code, outcome) == (0, "not-compiled")
    guard = first.replace("\n\tret++;\n#else", "").replace("#ifndef", "#else of #ifndef")
    assert reason.startswith(f"drivers/char/one.c:{line} under {guard} ({why}"), reason
    assert "1 not-compiled" in said


@pytest.mark.parametrize("body, why", [
    ("\tret--;\n", "it would compile {}"), ("\tint unused;\n", "{}: drivers/char/one.c: warning: ")])
def test_what_would_compile(run: Run, tmp_path: Path, buildable: Path, body: str, why: str) -> None:
    """A symbol that no configuration sets is defined by hand: that proves nothing, but tells."""
    db = series(run, tmp_path, buildable,
                edit("drivers/char/one.c", "one", guarded("#ifdef CONFIG_NOBODY_HAS_IT", body)))
    outcome, reason = proof(run, db, "--config", "any")[1]["drivers/char/one.o"]
    assert outcome == "not-compiled"
    assert why.format(BY_HAND.format("CONFIG_NOBODY_HAS_IT")) in reason, reason


def test_a_second_run_builds_nothing(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = series(run, tmp_path, buildable,
                edit("drivers/char/one.c", "one", guarded("#if 0")))
    first = proof(run, db, "--config", "any")
    second = proof(run, db, "--config", "any")
    assert first[:2] == second[:2] and "0 objects built" in second[2]
    made = {path: path.read_bytes() for path in (tmp_path / "cache").rglob("src/drivers/char/*.c")
            if path.is_file()}
    assert made and not any(b"gupconv-hunk" in data for data in made.values())


@pytest.mark.parametrize("first", ["#ifdef CONFIG_TWO", "#ifndef CONFIG_NOBODY_HAS_IT"])
def test_garbage_that_is_compiled(run: Run, tmp_path: Path, buildable: Path, first: str) -> None:
    db = series(run, tmp_path, buildable,
                edit("drivers/char/one.c", "one", guarded(first)))
    code, rows, _ = proof(run, db, "--config", "any")
    assert code == 1
    assert rows["drivers/char/one.o"][0] == "failed"


@pytest.mark.parametrize("first, other", [
    ("#ifdef CONFIG_FIVE", "#else\n\tret++;\n"), ("#ifdef CONFIG_SEVEN", ""),
    ("#if defined(CONFIG_SEVEN) && !defined(CONFIG_FIVE)", "")])
def test_what_the_guards_want_is_built(run: Run, tmp_path: Path, buildable: Path, first: str,
                                       other: str) -> None:
    """Both branches, one after the other; a fault in the second one is found as well."""
    for body, outcome in (("\tret--;\n", "proven"), (GARBAGE, "failed")):
        after = guarded(first, body if not other else "\tret--;\n", other and f"#else\n{body}")
        db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one", after))
        assert proof(run, db, "--config", "any")[1]["drivers/char/one.o"][0] == outcome, after
        db.unlink()


def test_lines_are_listed(run: Run, tmp_path: Path, buildable: Path) -> None:
    db = series(run, tmp_path, buildable,
                edit("drivers/char/one.c", "one", guarded("#if 0")),
                edit("drivers/three/x.c", "x"))
    assert lines(run, db, "--config", "defconfig") == [
        ("drivers/char/one.c", 4, 1, "compiled", "", f"drivers/char/one.o, {WAY}"),
        ("drivers/char/one.c", 6, 2, "compiled", "", f"drivers/char/one.o, {WAY}"),
        ("drivers/char/one.c", 8, 1, "not-compiled", "#if 0", f"not in drivers/char/one.o, {WAY}"),
        ("drivers/three/x.c", 4, 1, "not-compiled", "", "CONFIG_THREE is not set in defconfig"),
        ("drivers/three/x.c", 6, 1, "not-compiled", "", "CONFIG_THREE is not set in defconfig")]


def test_a_line_of_a_header(run: Run, tmp_path: Path, buildable: Path) -> None:
    """A header's line is compiled by the object that includes it."""
    old = "#ifndef OWN_H\n#define OWN_H\n#define OWN 1\n#endif\n"
    new = old.replace("#endif", "#ifdef CONFIG_NOBODY_HAS_IT\n#define NO 1\n#endif\n#endif")
    (buildable / "drivers/char/own.h").write_text(old)
    (buildable / "drivers/char/one.c").write_text('#include "own.h"\n' + text("one"))
    db = series(run, tmp_path, buildable,
                Edit("drivers/char/own.h", old, new.replace("OWN 1", "OWN 2"), "CHAR DRIVERS"))
    rows = proof(run, db, "--config", "any")[1]
    assert rows["drivers/char/one.o"] == ("proven", MOST)
    assert rows["drivers/char/own.h"] == (
        "not-compiled", "drivers/char/own.h:5 under #ifdef CONFIG_NOBODY_HAS_IT (it would compile "
                        f"{BY_HAND.format('CONFIG_NOBODY_HAS_IT')})")
    assert [row[1:4] for row in lines(run, db)] == [
        (3, 2, "compiled"), (5, 1, "not-compiled")]


def test_a_configuration_is_searched_for(run: Run, tmp_path: Path, buildable: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """CONFIG_FOUR needs a machine that only a board of one of the configurations has."""
    (buildable / "Kconfig").write_text('source "arch/$(SRCARCH)/Kconfig"\n')
    (buildable / "arch/sparc/Kconfig").write_text(
        'config MACHINE\n\tbool\n\nconfig BOARD\n\tbool "Board"\n\tselect MACHINE\n\n'
        'config FOUR\n\tbool "Four"\n\tdepends on MACHINE\n')
    (buildable / "arch/sparc/Makefile").write_text("obj-$(CONFIG_FOUR) += x.o\n")
    configs = buildable / "arch/sparc/configs"
    configs.mkdir()
    for name in ("broken", "three"):
        (configs / f"{name}_defconfig").write_text("CONFIG_BOARD=y\nCONFIG_MACHINE=y\n")
    (configs / "machine_defconfig").write_text("CONFIG_BOARD=y\n")
    db = series(run, tmp_path, buildable, edit("arch/sparc/x.c", "x"))
    cross(tmp_path, monkeypatch, "sparc64-linux-gnu")
    rows = proof(run, db, "--config", "any")[1]
    assert rows["arch/sparc/x.o"] == (
        "proven", "sparc64-linux-gnu-gcc, sparc64, machine_defconfig")
    assert "0 objects built" in proof(run, db, "--config", "any")[2]


def test_a_line_of_another_architecture(run: Run, tmp_path: Path, buildable: Path,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """What x86 leaves out may be compiled for another one that has a compiler."""
    (buildable / "Makefile").write_text((buildable / "Makefile").read_text().replace(
        "CONFIG_FIVE=y\\n'", "CONFIG_FIVE=y\\n%s' $(if $(filter sparc64,$(ARCH)),CONFIG_BOARD=y)"))
    db = series(run, tmp_path, buildable,
                edit("drivers/char/one.c", "one", guarded("#ifdef CONFIG_BOARD", "\tret--;\n")),
                edit("drivers/char/two.c", "two",
                     pinned(text("two")).replace("\treturn", "#ifdef CONFIG_BOARD\n\tret--;\n"
                                                 f"{GARBAGE}#endif\n\treturn")))
    (buildable / "Kconfig").write_text('source "arch/$(SRCARCH)/Kconfig"\n')
    for arch, entry in (("x86", "NO_BOARD"), ("sparc", "BOARD")):
        (buildable / f"arch/{arch}").mkdir(exist_ok=True)
        (buildable / f"arch/{arch}/Kconfig").write_text(f"config {entry}\n\tbool\n")
    rows = proof(run, db, "--config", "any", "--arch", "x86")[1]
    assert rows["drivers/char/one.o"][0] == "not-compiled"
    cross(tmp_path, monkeypatch, "sparc64-linux-gnu")
    rows = proof(run, db, "--config", "any")[1]
    assert rows["drivers/char/one.o"] == ("proven", MOST)
    outcome, why = rows["drivers/char/two.o"]
    assert outcome == "failed" and "(sparc64-linux-gnu-gcc, sparc64, allmodconfig)" in why


def test_a_symbol_that_the_series_brings(run: Run, tmp_path: Path, buildable: Path) -> None:
    """Each patch is built with the configuration of the Kconfig files that it finds."""
    (buildable / "drivers/char/Kconfig").write_text("config TWO\n\tbool\n")
    makefile = (buildable / "Makefile").read_text()
    (buildable / "Makefile").write_text(makefile.replace(
        "> $(O)/.config\nthree", "> $(O)/.config; grep -q NINE $(src)drivers/char/Kconfig && "
        "echo CONFIG_NINE=y >> $(O)/.config || true\nthree"))
    old, late = text("one"), guarded("#ifndef CONFIG_NINE", "#error too early\n", "#else\n\tret--;\n")
    db = series(run, tmp_path, buildable,
                Edit("drivers/char/Kconfig", "config TWO\n\tbool\n",
                     "config NINE\n\tbool \"Nine\"\n\nconfig TWO\n\tbool\n", "CHAR DRIVERS",
                     group=7),
                Edit("drivers/char/one.c", old, late, "CHAR DRIVERS", group=7),
                edit("drivers/char/two.c", "two", pinned(text("two")).replace(
                    "\treturn", "#ifdef CONFIG_NINE\n\tret--;\n#endif\n\treturn")))
    rows = proof(run, db, "--config", "allmodconfig")[1]
    assert rows["drivers/char/two.o"] == ("proven", MOST), rows
    assert rows["drivers/char/one.o"][0] == "not-compiled"
    assert "#ifndef CONFIG_NINE" in rows["drivers/char/one.o"][1]
    assert "0 objects built" in proof(run, db, "--config", "allmodconfig")[2]


def test_lines_of_objects_that_are_not_proven(run: Run, tmp_path: Path, buildable: Path) -> None:
    """A warning is no reason to call a line left out; an error is one."""
    noisy = pinned(text("one")).replace("{\n", "{\n\tint unused;\n", 1)
    db = series(run, tmp_path, buildable, edit("drivers/char/one.c", "one", noisy),
                edit("drivers/char/two.c", "two", pinned(text("two")).replace("ret;", "gone;")))
    assert {(path, outcome, why.split(":")[0]) for path, _, _, outcome, _, why in
            lines(run, db, "--config", "defconfig")} == {
        ("drivers/char/one.c", "compiled", f"drivers/char/one.o, {WAY}"),
        ("drivers/char/two.c", "not-compiled", "drivers/char/two.c")}


def test_a_header_of_the_whole_kernel_alone(run: Run, tmp_path: Path, buildable: Path) -> None:
    header = (buildable / "include/mm.h").read_text()
    db = series(run, tmp_path, buildable,
                Edit("include/mm.h", header, header + "void more(void);\n", "THE REST", group=3),
                edit("drivers/char/one.c", "one"))
    rows = proof(run, db)[1]
    assert rows["include/mm.h"] == ("proven", "a header, by drivers/char/one.o")
