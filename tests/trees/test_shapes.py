# SPDX-License-Identifier: GPL-2.0-only
"""Right code of drivers gets no hard finding, and each mistake that is put into it gets its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import TREES, connect, copy_tree, index

SHAPES = sorted((TREES / "shapes").glob("*.shape"))
ALONE = sorted((TREES / "shapes/alone").glob("*.shape"))
"""Those whose variants have a folder each."""
LINE = re.compile(r"^(right|wrong) (\d)(?: ([a-z|-]+))?\|(.*)$")
SOFT = "('hazard', 'mixed', 'unknown')"


@dataclass(frozen=True)
class Variant:
    name: str            # of its file, and of its functions
    text: str
    kinds: frozenset[str]    # of which one has to be found; none: nothing may be
    folder: str              # in the tree


def variant(shape: Path, number: str) -> Variant:
    """The shape with one of its mistakes; "0" is none."""
    lines = ["#include <linux/shapes.h>", ""]
    kinds: set[str] = set()
    name = f"shape_{shape.stem}_{number}"
    for line in shape.read_text(encoding="utf-8").splitlines():
        marked = LINE.match(line)
        if not marked:
            lines.append(line)
        elif (marked[1] == "wrong") == (marked[2] == number):
            lines.append(marked[4])
            kinds |= set(marked[3].split("|")) if marked[3] else set()
    folder = f"drivers/misc/{name}" if shape in ALONE else "drivers/misc"
    return Variant(name, "\n".join(lines).replace("@@", name) + "\n", frozenset(kinds), folder)


def variants(shape: Path) -> list[Variant]:
    marked = (LINE.match(line) for line in shape.read_text(encoding="utf-8").splitlines())
    numbers = {mark[2] for mark in marked if mark and mark[1] == "wrong"}
    return [variant(shape, number) for number in ["0", *sorted(numbers)]]


ALL = [each for shape in [*SHAPES, *ALONE] for each in variants(shape)]


def add_to_makefile(folder: Path, line: str) -> None:
    with (folder / "Makefile").open("a") as makefile:
        makefile.write(line + "\n")


@pytest.fixture(scope="session")
def shapes_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shapes")
    tree = copy_tree("pin_user_pages", folder / "tree")
    (tree / "include/linux/shapes.h").write_text((TREES / "shapes/shapes.h").read_text())
    for each in ALL:
        place = tree / each.folder
        place.mkdir(exist_ok=True)
        (place / f"{each.name}.c").write_text(each.text)
        add_to_makefile(place, f"obj-m += {each.name}.o")
        if place.name == each.name:
            add_to_makefile(place.parent, f"obj-y += {each.name}/")
    index(tree, folder / "x.db")
    return folder / "x.db"


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_shape(each: Variant, shapes_db: Path) -> None:
    query = ("SELECT f.kind, f.detail, f.line FROM finding AS f JOIN file AS p ON p.id = f.file_id "
             f"WHERE p.path = ? AND f.kind NOT IN {SOFT}")
    with connect(shapes_db) as connection:
        rows = connection.execute(query, (f"{each.folder}/{each.name}.c",)).fetchall()
    if each.kinds:
        assert any({kind, detail} & each.kinds for kind, detail, _ in rows), rows
    else:
        assert rows == []


def test_all_shapes_are_understood(shapes_db: Path) -> None:
    """Each calls an acquire, a compiler sees all of its calls, and each has a mistake or is a trap."""
    query = ("SELECT count(*) FROM call AS c JOIN file AS p ON p.id = c.file_id "
             "WHERE p.path = ? AND c.role = 'acquire' AND c.status = 'resolved'")
    unseen = ("SELECT p.path, c.line, c.status FROM call AS c JOIN file AS p ON p.id = c.file_id WHERE p.path LIKE "
              "'drivers/misc/shape_%' AND c.role IN ('acquire', 'release') AND c.status NOT IN ('resolved', 'recovered')")
    with connect(shapes_db) as connection:
        for each in ALL:
            assert connection.execute(query, (f"{each.folder}/{each.name}.c",)).fetchone()[0], each.name
        assert connection.execute(unseen).fetchall() == []
