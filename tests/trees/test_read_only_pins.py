# SPDX-License-Identifier: GPL-2.0-only
"""Pins for reading that are kept are a finding in a tree that gives them no page of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import TREES, connect, copy_tree, index
from test_findings import found, wanted

SOURCE = TREES / "findings/read_only/cellars.c"
QUESTION = "bool gup_must_unshare({});\n\nstatic long mini_walk("


def index_with(folder: Path, parameters: str, arguments: str) -> Path:
    """The mini kernel, whose walk asks that before it takes a page; parameters "": it does not."""
    tree = copy_tree("pin_user_pages", folder / "tree")
    gup, makefile = tree / "mm/gup.c", tree / "drivers/misc/Makefile"
    if parameters:
        text = gup.read_text().replace("static long mini_walk(", QUESTION.format(parameters), 1)
        gup.write_text(text.replace(
            "\t\tif (pages) {\n\t\t\tget_page(page);",
            f"\t\tif (pages) {{\n\t\t\tif (gup_must_unshare({arguments}))\n"
            "\t\t\t\treturn i;\n\t\t\tget_page(page);", 1))
    (tree / "drivers/misc/finding_cellars.c").write_text(SOURCE.read_text())
    makefile.write_text(makefile.read_text() + "obj-m += finding_cellars.o\n")
    index(tree, folder / "x.db")
    return folder / "x.db"


@pytest.mark.parametrize(("parameters", "arguments", "is_found"), [
    ("unsigned int flags, struct page *page", "gup_flags, page", True),
    ("struct vm_area_struct *vma, unsigned int flags, struct page *page",
     "NULL, gup_flags, page", False),
    ("", "", False),
])
def test_kept_pins_for_reading(parameters: str, arguments: str, is_found: bool,
                               tmp_path: Path) -> None:
    db = index_with(tmp_path, parameters, arguments)
    marked = {mark for mark in wanted(SOURCE.read_text()) if mark[1] == "read-only"}
    assert len(marked) == 3
    assert found(db, "drivers/misc/finding_cellars.c") == (marked if is_found else set())
    with connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM finding WHERE detail = 'read-only'"
                                  ).fetchone()[0] == (3 if is_found else 0)
