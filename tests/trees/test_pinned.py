# SPDX-License-Identifier: GPL-2.0-only
"""Drivers of several shapes: all that belongs to an acquire becomes a pin, or nothing does.

tests/trees/pinned/*.c are added to a mini kernel whose pin_user_pages_unlocked() refuses
FOLL_LONGTERM. The second line of each has what becomes of it: "pinned" and the flags, or
"stays" and the code of the reason why.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import TREES, connect, copy_tree, index, rows, run

SHAPES = sorted((TREES / "pinned").glob("*.c"))
REFUSES = """\
	if (WARN_ON_ONCE(gup_flags & FOLL_GET))
		return -EINVAL;
"""
REFUSES_LONGTERM = """\
	if (WARN_ON_ONCE(gup_flags & FOLL_LONGTERM))
		return -EINVAL;
"""
PIN = re.compile(r"^((?:long|int) (pin_user_pages\w*)\([^{]*\)\n\{\n)", re.MULTILINE)

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def mini_kernel(folder: Path) -> Path:
    tree = copy_tree("pin_user_pages", folder / "tree")
    for source in SHAPES:
        shutil.copy(source, tree / "drivers/misc" / f"pinned_{source.name}")
    with (tree / "drivers/misc/Makefile").open("a") as makefile:
        makefile.writelines(f"obj-m += pinned_{source.stem}.o\n" for source in SHAPES)
    header = tree / "include/linux/mm.h"
    header.write_text(header.read_text().replace("#define FOLL_FORCE",
                                                 "#define FOLL_GET\t0x04\n#define FOLL_FORCE", 1))
    gup = tree / "mm/gup.c"
    text = PIN.sub(lambda match: match[1] + REFUSES, gup.read_text())
    text = re.sub(r"(\nlong get_user_pages_unlocked\([^{]*\)\n\{\n.*?\n\n)",
                  lambda match: match[1] + REFUSES_LONGTERM + "\n", text, count=1, flags=re.DOTALL)
    text = text.replace("\treturn pin_user_pages_unlocked(start, nr_pages, pages, gup_flags);",
                        "\treturn mini_walk(current->mm, start, nr_pages, gup_flags | FOLL_PIN, pages);")
    gup.write_text(text)
    return tree


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The database of the mini kernel, and a copy that is converted."""
    folder = tmp_path_factory.mktemp("pinned")
    tree, db = mini_kernel(folder), folder / "x.db"
    (folder / "decisions").write_text(
        "drivers/misc/pinned_answered.c:answered_run:get_user_pages_fast  longterm  it is tried\n")
    index(tree, db, "--decisions", folder / "decisions")
    run("convert", "--db", db)
    after = Path(shutil.copytree(tree, folder / "after", symlinks=True))
    with connect(db) as connection:
        for path, text in connection.execute(
                "SELECT path, after FROM edit_file JOIN file ON file.id = file_id"):
            (after / path).write_bytes(text)
    return db, after


@pytest.mark.parametrize("source", SHAPES, ids=lambda path: path.stem)
def test_shape(source: Path, converted: tuple[Path, Path]) -> None:
    db, after = converted
    path = f"drivers/misc/pinned_{source.name}"
    word, told = source.read_text().splitlines()[1][len("/* expected: "):-len(" */")].split(" ", 1)
    text = (after / path).read_text()
    folded = re.sub(r"\s+", " ", text)
    outcomes = {site["outcome"] for site in rows("convert", db) if site["path"] == path}
    assert outcomes == {"converted" if word == "pinned" else "kept"}
    if word == "pinned":
        assert not re.search(r"\b(get_user_pages\w*|put_page|release_pages)\(", text)
        assert re.search(rf"[, ]{re.escape(told)}[,)]", folded.split("*/", 1)[1])
        assert "FOLL_LONGTERM" in told or "FOLL_LONGTERM" not in text
        return
    assert text == source.read_text()
    with connect(db) as connection:
        reasons = [args for (args,) in connection.execute(
            "SELECT args FROM decision JOIN call ON call.id = call_id JOIN file ON file.id = file_id "
            "WHERE path = ?", (path,))]
    assert reasons and all(told in args for args in reasons)


def test_refusal_is_read_from_the_tree(converted: tuple[Path, Path]) -> None:
    with connect(converted[0]) as connection:
        found = connection.execute(
            "SELECT reason_text(adds_reason, adds_args) FROM decision JOIN call ON call.id = call_id "
            "JOIN file ON file.id = file_id WHERE path LIKE '%pinned_unlocked.c' AND adds_reason <> ''"
        ).fetchall()
    assert len(found) == 1
    assert "but pin_user_pages_unlocked() of this tree refuses FOLL_LONGTERM (mm/gup.c:" in found[0][0]


def test_converted_tree_is_right(converted: tuple[Path, Path], tmp_path: Path) -> None:
    index(converted[1], tmp_path / "y.db")
    with connect(tmp_path / "y.db") as connection:
        wrong = connection.execute(
            "SELECT path, line, state FROM site WHERE path LIKE '%/pinned_%' AND state IN "
            "('unconverted', 'mismatched', 'mixed', 'unknown')").fetchall()
    assert not wrong


def test_truth_values_as_flags_are_mended_before(converted: tuple[Path, Path],
                                                 tmp_path: Path) -> None:
    db = Path(shutil.copy(converted[0], tmp_path / "x.db"))
    run("series", "--db", db, "-o", tmp_path / "out", "--no-tree-scripts")
    mails = sorted((tmp_path / "out").glob("*.patch"))[1:]
    for name in ("boolean", "truth"):
        mended, pinned = [re.sub(r"\s+", " ", mail.read_text()) for mail in mails
                          if f"b/drivers/misc/pinned_{name}.c" in mail.read_text()]
        assert "FOLL_ flags" in mended and "+++" in mended and "pin_user_pages" not in mended
        assert " ? FOLL_WRITE : 0" in re.split(r" \+\s", mended, maxsplit=1)[1]
        assert " -\t got" not in pinned and "? FOLL_WRITE : 0" in pinned
