# SPDX-License-Identifier: GPL-2.0-only
"""Files that no kernel has: no crash, no hang, a row for each that says so."""

from __future__ import annotations

import os
import subprocess
import random
from pathlib import Path

import pytest
from support import GUPCONV, copy_tree, index, index_incomplete, rows, run

CALL = "get_user_pages_fast(start, 1, 1, pages)"
HEAD = "#include <linux/mm.h>\n"


def function(name: str, body: str = f"\treturn {CALL};") -> str:
    return f"int {name}(unsigned long start, struct page **pages)\n{{\n{body}\n}}\n"


def truncated(folder: Path) -> None:
    (folder / "hostile.c").write_text((HEAD + function("whole") + function("half"))[:-25])


def truncated_in_comment(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + function("whole") + "/* and so on")


def truncated_in_string(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + function("whole") + 'char *s = "and so on')


def ends_in_backslash(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + function("whole") + "#define x \\")


def empty_after_the_name(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + function("whole") + "int y = get_user_pages")


def binary(folder: Path) -> None:
    noise = random.Random(1).randbytes(200_000)
    (folder / "hostile.c").write_bytes(noise + b"\n get_user_pages_fast(1, 2, 3, 4);\n" + noise)


def nul_bytes(folder: Path) -> None:
    text = (HEAD + function("whole")).replace("return", "\0return\0")
    (folder / "hostile.c").write_bytes(text.encode() + b"\0" * 1000 + function("more").encode())


def mis_encoded(folder: Path) -> None:
    text = "/* \xe4\xf6\xfc \xff\xfe */\nchar *\xe9t\xe9 = \"\xdf\";\n"
    (folder / "hostile.c").write_bytes(HEAD.encode() + text.encode("latin-1") +
                                       function("whole").encode())


def utf16(folder: Path) -> None:
    (folder / "hostile.c").write_bytes((HEAD + function("whole")).encode("utf-16") +
                                       b"/* get_user_pages() */")


def carriage_returns(folder: Path) -> None:
    (folder / "hostile.c").write_bytes((HEAD + function("whole")).replace("\n", "\r\n").encode())


def ten_megabytes(folder: Path) -> None:
    filler = "static const int table_%d[] = { 1, 2, 3, 4, 5, 6, 7, 8 }; /* %s */\n"
    with (folder / "hostile.c").open("w") as file:
        file.write(HEAD)
        for number in range(10 * 1024 * 1024 // 180):
            file.write(filler % (number, "x" * 110))
        file.write(function("whole"))


def one_long_line(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + "int x = " + "1 + " * 20_000 + "1; " +
                                      function("whole").replace("\n", " "))


def deep_braces(folder: Path) -> None:
    body = "{" * 20_000 + f"\treturn {CALL};" + "}" * 20_000
    (folder / "hostile.c").write_text(HEAD + function("whole", body))


def deep_parentheses(folder: Path) -> None:
    body = "\treturn " + "(" * 50_000 + CALL + ")" * 50_000 + ";"
    (folder / "hostile.c").write_text(HEAD + function("whole", body))


def deep_ifs(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + "#ifdef CONFIG_MMU\n" * 5_000 + function("whole") +
                                      "#endif\n" * 5_000)


def unbalanced_ifs(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + "#endif\n#else\n#elif X\n#if (\n#if\n" +
                                      function("whole"))


def macro_bomb(folder: Path) -> None:
    lines = ["#define m0 start +"]
    lines += [f"#define m{n + 1} m{n} m{n} m{n} m{n} m{n} m{n} m{n} m{n}" for n in range(9)]
    (folder / "hostile.c").write_text(HEAD + "\n".join(lines) + "\n" +
                                      function("whole", f"\tstart = m9 1;\n\treturn {CALL};"))


def self_include(folder: Path) -> None:
    (folder / "hostile.c").write_text(HEAD + '#include "hostile.c"\n' + function("whole"))


def cyclic_include(folder: Path) -> None:
    (folder / "hostile_a.h").write_text('#include "hostile_b.h"\n')
    (folder / "hostile_b.h").write_text('#include "hostile_a.h"\n' + function("in_header"))
    (folder / "hostile.c").write_text(HEAD + '#include "hostile_a.h"\n' + function("whole"))


def missing_include(folder: Path) -> None:
    (folder / "hostile.c").write_text('#include "nowhere.h"\n' + HEAD + function("whole"))


def directory_include(folder: Path) -> None:
    (folder / "hostile.c").write_text('#include "."\n#include "/"\n' + HEAD + function("whole"))


HOSTILE = (truncated, truncated_in_comment, truncated_in_string, ends_in_backslash,
           empty_after_the_name, binary, nul_bytes, mis_encoded, utf16, carriage_returns,
           ten_megabytes, one_long_line, deep_braces, deep_parentheses, deep_ifs, unbalanced_ifs,
           macro_bomb, self_include, cyclic_include, missing_include, directory_include)
# Calls that no text search for ASCII names can see.
NO_CALL = (utf16,)


@pytest.mark.parametrize("make", HOSTILE)
def test_hostile_file(make, databases: dict[str, Path], tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    make(tree / "drivers/misc")
    db = tmp_path / "x.db"
    done = subprocess.run([GUPCONV, "index", tree, "--db", db, "--timeout", "4"], text=True,
                          stderr=subprocess.PIPE, check=False)
    said = done.stderr
    status = run("sql", "--db", db, "--format", "tsv",
                 "SELECT status, reason FROM file WHERE path = 'drivers/misc/hostile.c'").stdout
    lines = status.splitlines()
    assert len(lines) == 2, "the file has no row"
    state, reason = lines[1].split("\t")
    assert done.returncode == (state != "parsed"), said
    if state != "parsed":
        assert reason and "drivers/misc/hostile.c" in said
    sites = rows("sites", db, "--role", "acquire")
    mine = [row for row in sites if row["path"] == "drivers/misc/hostile.c"]
    if make not in NO_CALL:
        assert mine, f"its call is no row; the file is {state} {reason}"
    # and nobody else suffered
    others = [row for row in sites if not row["path"].startswith("drivers/misc/hostile")]
    untouched = rows("sites", databases["none"], "--role", "acquire")
    assert [row["path"] for row in others] == [row["path"] for row in untouched]


def test_timeout_is_a_row(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    nest = "#define m0 start +\n" + "".join(
        f"#define m{n + 1} {' '.join([f'm{n}'] * 10)}\n" for n in range(12))
    (tree / "drivers/misc/hostile.c").write_text(
        HEAD + nest + function("whole", f"\tstart = m12 1;\n\treturn {CALL};"))
    db = tmp_path / "x.db"
    said = index_incomplete(tree, db, "--timeout", 2)
    assert "drivers/misc/hostile.c: not parsed" in said
    assert "parsing took more than 2 seconds of CPU time" in said
    mine = [row for row in rows("sites", db) if row["path"] == "drivers/misc/hostile.c"]
    assert [row["status"] for row in mine] == ["text-only"]
    assert "1 file could not be parsed (drivers/misc/hostile.c)" in said


def test_core_header_with_errors(tmp_path: Path) -> None:
    """Headers that do not parse are precompiled as far as they go; anew here, not from the cache."""
    tree = copy_tree("none", tmp_path / "tree")
    with (tree / "include/linux/mm.h").open("a") as file:
        file.write("static inline struct nowhere broken(struct never x) { return nothing; }\n")
    db = tmp_path / "x.db"
    index(tree, db, env=dict(os.environ, GUPCONV_CACHE=str(tmp_path / "cache")))
    assert list((tmp_path / "cache").rglob("*.pch"))
    assert len(rows("sites", db, "--role", "acquire")) > 30


def test_function_of_two_configurations(tmp_path: Path) -> None:
    """It is parsed twice, and what the second parse builds and does not want is given back."""
    tree = copy_tree("none", tmp_path / "tree")
    body = f"\tint got = {CALL};\n\n#ifdef CONFIG_TWICE\n\tput_page(pages[0]);\n#else\n" \
        "\twhile (got > 0)\n\t\tput_page(pages[--got]);\n#endif\n\treturn got;"
    (tree / "drivers/misc/twice.c").write_text(HEAD + function("whole", body))
    db = tmp_path / "x.db"
    index(tree, db)
    guards = [row["guard"] for row in rows("sites", db, "--role", "release")
              if row["path"] == "drivers/misc/twice.c"]
    assert len(guards) == 2 and guards[0] != guards[1]


def test_symlink_loops(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    index(tree, tmp_path / "before.db")
    (tree / "drivers/loop").symlink_to("..")
    (tree / "drivers/self").symlink_to("self")
    (tree / "drivers/misc/dangling.c").symlink_to("nowhere.c")
    (tree / "drivers/misc/again.c").symlink_to("thimble.c")
    index(tree, tmp_path / "after.db")
    assert rows("sites", tmp_path / "before.db") == rows("sites", tmp_path / "after.db")


def test_no_regular_files(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    os.mkfifo(tree / "drivers/misc/pipe.c")
    os.mkfifo(tree / "drivers/misc/pipe.h")
    (tree / "drivers/misc/folder.c").mkdir()
    index(tree, tmp_path / "x.db")


def test_names_that_need_care(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tr ee'\"$(x)")
    text = HEAD + function("whole")
    for name in ("a b.c", "tab\there.c", "new\nline.c", "quo\"te'.c", "-dash.c"):
        path = os.fsencode(tree / "drivers/misc") + b"/" + os.fsencode(name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
    db = tmp_path / "x.db"
    index(tree, db)
    done = run("sites", "--db", db, "--role", "acquire", "--format", "tsv", errors="replace")
    assert done.stdout.count("\twhole\t") == 5


def strange_name(tree: Path, name: bytes, text: str) -> None:
    path = os.path.join(os.fsencode(tree / "drivers"), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    """Kept under an escaped name, said, parsed with its headers, incremental as any."""
    tree = copy_tree("none", tmp_path / "tree")
    more = "void whole_put(unsigned long start)\n{\n\tstruct page *pages[1];\n\n" \
        "\tif (whole(start, pages) == 1)\n\t\tput_page(pages[0]);\n}\n"
    strange_name(tree, b"misc/\xff\\.c", HEAD + '#include "thimble.h"\n' + function("whole") + more)
    strange_name(tree, b"m\xe4sc/x.c", HEAD + '#include "local.h"\n#if LOCAL\n' +
                 function("local") + "#endif\n")
    strange_name(tree, b"m\xe4sc/local.h", "#define LOCAL 1\n")
    db = tmp_path / "x.db"
    said = index(tree, db)
    names = {"whole": "drivers/misc/\\xff\\x5c.c", "local": "drivers/m\\xe4sc/x.c"}
    have = {row["function"]: row for row in rows("sites", db, "--role", "acquire")
            if row["function"] in names}
    printed = {name: path.replace("\\", "\\\\") for name, path in names.items()}
    assert {name: row["path"] for name, row in have.items()} == printed
    assert {row["status"] for row in have.values()} == {"resolved"}
    for path in names.values():
        assert said.count(f"{path}: the file's name is not UTF-8") == 1
    assert "up to date" in index(tree, db)
    done = run("convert", "--db", db, "--format", "tsv")
    assert any(printed["whole"] in line and "not UTF-8" in line for line in done.stdout.splitlines())
    strange_name(tree, b"misc/\xff\\.c", HEAD + function("other"))
    index(tree, db)
    assert any(row["function"] == "other" for row in rows("sites", db, "--role", "acquire"))


def test_hostile_maintainers_and_makefiles(tmp_path: Path) -> None:
    """A file that is read as text only may hold any bytes."""
    tree = copy_tree("none", tmp_path / "tree")
    noise = random.Random(2).randbytes(50_000)
    for name in ("MAINTAINERS", "drivers/misc/Makefile", "Kconfig", "drivers/Makefile"):
        (tree / name).write_bytes(noise)
    db = tmp_path / "x.db"
    index(tree, db)
    assert len(rows("sites", db, "--role", "acquire")) > 30


def test_makefile_that_includes_itself(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    with (tree / "drivers/misc/Makefile").open("a") as file:
        file.write("include $(src)/Makefile\ninclude drivers/misc/Makefile\nX = $(X)\n"
                   "ccflags-y += $(X) $(shell touch ran)\n$(error stop)\n")
    index(tree, tmp_path / "x.db")
    assert not list(tree.rglob("ran")) and not (Path.cwd() / "ran").exists()
