# SPDX-License-Identifier: GPL-2.0-only
"""index --compile-commands: a build's exact flags, and never a row less than without."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import copy_tree, dump, first_difference, index, rows, run

# Seen by nobody who does not know the value, and clang knows none of these options.
FLAGS = "-DFROM_BUILD=42 -fno-allow-store-data-races -mskip-rax-setup -fplugin-arg-x=y"
PLANTED = """#include <linux/mm.h>
#if FROM_BUILD == 42
int planted(unsigned long start, struct page **pages)
{
	return get_user_pages_fast(start, 1, 1, pages);
}
#endif
"""
SEEN = ("path", "line", "column", "callee")


@dataclass(frozen=True)
class Built:
    tree: Path
    out: Path
    entries: list[dict[str, object]]
    commands: Path
    bare: Path


def compiler(folder: Path) -> Path:
    """A compiler that only says how it was called."""
    script = folder / "cc"
    script.write_text(f'#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done >>{folder}/calls\n'
                      f'printf "\\0" >>{folder}/calls\n', encoding="utf-8")
    script.chmod(0o755)
    return script


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    tree = copy_tree("none", folder / "tree")
    (tree / "drivers/misc/planted.c").write_text(PLANTED, encoding="utf-8")
    with (tree / "drivers/misc/Makefile").open("a", encoding="utf-8") as file:
        file.write("obj-y += planted.o\n")
    out = folder / "out"
    make = ["make", "-s", "-C", tree, f"O={out}", "ARCH=x86_64"]
    subprocess.run([*make, "defconfig", "prepare"], check=True, capture_output=True)
    objects = sorted(str(path.relative_to(tree).with_suffix(".o")) for path in tree.rglob("*.c")
                     if path.parts[len(tree.parts)] not in ("arch", "scripts", "Documentation"))
    subprocess.run([*make, "-k", f"CC={compiler(folder)}", f"KCFLAGS={FLAGS}", *objects],
                   check=False, capture_output=True)
    calls = [call.split("\0") for call in
             (folder / "calls").read_text(encoding="utf-8").split("\0\0") if call]
    entries: list[dict[str, object]] = [
        {"directory": str(out), "command": shlex.join(["gcc", *words]), "file": words[-1]}
        for words in calls if words[-1].endswith(".c")]
    assert len(entries) > 20
    commands = folder / "compile_commands.json"
    commands.write_text(json.dumps(entries), encoding="utf-8")
    index(tree, folder / "bare.db")
    return Built(tree, out, entries, commands, folder / "bare.db")


def with_commands(built: Built, db: Path, commands: Path | None = None) -> str:
    return index(built.tree, db, "--compile-commands", commands or built.commands)


def seen(db: Path) -> set[tuple[str, ...]]:
    text = run("sql", "--db", db, "--format", "tsv",
               "SELECT f.path, c.line, c.column, c.callee FROM call AS c "
               "JOIN file AS f ON f.id = c.file_id").stdout
    return {tuple(line.split("\t")) for line in text.splitlines()}


def test_superset(built: Built, tmp_path: Path) -> None:
    with_commands(built, tmp_path / "x.db")
    assert seen(built.bare) <= seen(tmp_path / "x.db")
    rank = {"resolved": 0, "homonym": 0, "recovered": 1, "dead": 2, "text-only": 3}
    before = {tuple(row[key] for key in SEEN): row for row in rows("sites", built.bare)}
    for row in rows("sites", tmp_path / "x.db"):
        old = before.get(tuple(row[key] for key in SEEN))
        assert not old or rank[row["status"]] <= rank[old["status"]], row
    run("audit", "--completeness", "--db", tmp_path / "x.db")


def planted(db: Path) -> tuple[str, str]:
    row = next(row for row in rows("sites", db) if row["path"] == "drivers/misc/planted.c")
    return row["status"], row["config"]


def test_the_flags_are_used(built: Built, tmp_path: Path) -> None:
    with_commands(built, tmp_path / "x.db")
    assert planted(built.bare) == ("recovered", "with FROM_BUILD == 42")
    assert planted(tmp_path / "x.db") == ("resolved", "")
    answer = run("sql", "--db", tmp_path / "x.db", "--format", "tsv",
                 "SELECT value FROM meta WHERE key = 'compile_commands'").stdout
    assert answer == f"value\n{built.commands}\n"


def test_other_ways_to_write_it(built: Built, tmp_path: Path) -> None:
    """A list of words, names from the directory, a name through a link: the same flags."""
    link = tmp_path / "link"
    link.symlink_to(built.tree)
    entries = []
    for number, entry in enumerate(built.entries):
        words = shlex.split(str(entry["command"]))
        name = os.path.relpath(str(entry["file"]), built.out) if number % 2 else \
            str(entry["file"]).replace(str(built.tree), str(link))
        entries.append({"directory": entry["directory"], "arguments": words, "file": name})
    other = tmp_path / "other.json"
    other.write_text(json.dumps(entries), encoding="utf-8")
    with_commands(built, tmp_path / "x.db", other)
    assert planted(tmp_path / "x.db") == ("resolved", "")


def test_incremental_and_jobs(built: Built, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    with_commands(built, db)
    assert "up to date" in with_commands(built, db)
    run("index", built.tree, "--db", tmp_path / "one.db", "--compile-commands", built.commands,
        "-j1")
    assert not first_difference(dump(db), dump(tmp_path / "one.db"))
    config = built.out / "include/generated/autoconf.h"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + "#define CONFIG_MORE 1\n", encoding="utf-8")
    try:
        assert " 0 parsed" not in with_commands(built, db)
    finally:
        config.write_text(text, encoding="utf-8")
    assert "up to date" not in index(built.tree, db), "without the file, its flags are gone"
    assert planted(db)[0] == "recovered"


def test_entries_of_elsewhere_are_counted(built: Built, tmp_path: Path) -> None:
    more = tmp_path / "more.json"
    strange: list[object] = [{"file": "/nowhere/x.c", "command": "cc -c x.c", "directory": "/"},
                             {"file": 5}, 7, {"command": "cc 'open", "file": "a", "directory": "b"}]
    more.write_text(json.dumps([*built.entries, *strange]), encoding="utf-8")
    said = with_commands(built, tmp_path / "x.db", more)
    assert f"{len(built.entries)} of its {len(built.entries) + 3} entries are of this tree" in said


@pytest.mark.parametrize("text,word", [
    ("", "this is not JSON"), ("{ not json", "this is not JSON"),
    ("[]", "none of its 0 entries"), ("{\"a\": 1}", "none of its 0 entries"),
    ('[{"directory": "/", "file": "/x.c", "command": "cc x.c"}]', "was another tree built?")])
def test_what_is_no_such_file(text: str, word: str, built: Built, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(text, encoding="utf-8")
    done = run("index", built.tree, "--db", tmp_path / "x.db", "--compile-commands", bad, code=3)
    assert done.stderr.count("\n") == 1 and f"{bad}: " in done.stderr and word in done.stderr
    assert not (tmp_path / "x.db").exists()


def test_one_in_the_tree_is_not_used_unasked(built: Built, tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    (tree / "compile_commands.json").write_text("not json", encoding="utf-8")
    index(tree, tmp_path / "x.db")
