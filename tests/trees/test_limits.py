# SPDX-License-Identifier: GPL-2.0-only
"""Limits that docs/analysis.md and docs/findings.md name: each is as far as they say, and no farther."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import connect, copy_tree, index, rows

HOLDER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "martin.h"

int martin_hold(struct martin *martin, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &martin->martin_page) == 1 ? 0 : -EFAULT;
}
"""
HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
struct martin {
	struct page *martin_page;
};
"""
DROPPER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "martin.h"

void martin_drop_NUMBER(struct martin *martin)
{
	put_page(martin->martin_page);
}
"""


def martin(folder: Path, droppers: int) -> Path:
    """A driver that pins in one file, and releases by put_page() in others, which name no acquire."""
    tree = copy_tree("pin_user_pages", folder / "tree")
    home = tree / "drivers/martin"
    home.mkdir()
    (home / "martin.h").write_text(HEADER)
    (home / "hold.c").write_text(HOLDER)
    (home / "Makefile").write_text("obj-m += hold.o\n")
    for number in range(droppers):
        (home / f"drop{number}.c").write_text(DROPPER.replace("NUMBER", str(number)))
    return tree


def of_martin(db: Path) -> list[tuple[str, str]]:
    return [(row["path"], row["state"]) for row in rows("sites", db) if "martin" in row["path"]]


def test_file_without_an_acquire_is_not_read(tmp_path: Path) -> None:
    tree = martin(tmp_path, 1)
    index(tree, tmp_path / "x.db", "--follow=0")
    assert [path for path, _ in of_martin(tmp_path / "x.db")] == ["drivers/martin/hold.c"]
    index(tree, tmp_path / "y.db")
    assert ("drivers/martin/drop0.c", "mismatched") in of_martin(tmp_path / "y.db")


@pytest.mark.parametrize(("droppers", "followed"), [(12, 12), (14, 0)])
def test_name_of_a_service_is_not_followed(droppers: int, followed: int, tmp_path: Path) -> None:
    index(martin(tmp_path, droppers), tmp_path / "x.db", "--follow=1")
    assert sum(path != "drivers/martin/hold.c" for path, _ in of_martin(tmp_path / "x.db")) == followed


def chain(length: int) -> str:
    """Functions that hand a page through so many calls, for a user's page and for another."""
    text = "// SPDX-License-Identifier: GPL-2.0\n#include <linux/gfp.h>\n#include <linux/mm.h>\n"
    for number in range(length, 0, -1):
        inner = "page" if number == length else f"swift_{number + 1}(page)"
        text += f"\nstatic struct page *swift_{number}(struct page *page)\n{{\n\treturn {inner};\n}}\n"
    return text + """
int swift_user(unsigned long uaddr)
{
	struct page *page, *same;

	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	same = swift_1(page);
	put_page(same);
	return 0;
}

void swift_other(void)
{
	struct page *fresh = alloc_page(GFP_KERNEL), *also;

	also = swift_1(fresh);
	put_page(also);
}
"""


@pytest.mark.parametrize(("length", "kind"), [(6, "link"), (7, "unknown")])
def test_calls_are_told_apart_six_deep(length: int, kind: str, tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    (tree / "drivers/misc/swift.c").write_text(chain(length))
    index(tree, tmp_path / "x.db")
    query = ("SELECT l.kind FROM link_site AS l JOIN site AS s ON s.id = l.release_id "
             "WHERE s.path = 'drivers/misc/swift.c' AND s.function = 'swift_user'")
    with connect(tmp_path / "x.db") as connection:
        assert {row[0] for row in connection.execute(query)} == {kind}


TABLE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

struct gate;

void gate_exchange(struct gate *gate, int slot, unsigned long *pfn);

int gate_map(struct gate *gate, unsigned long uaddr, int slot)
{
	struct page *page;
	unsigned long pfn;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	pfn = page_to_pfn(page);
	gate_exchange(gate, slot, &pfn);
	return 0;
}

void gate_unmap(struct gate *gate, int slot)
{
	unsigned long pfn = 0;

	gate_exchange(gate, slot, &pfn);
	if (pfn)
		put_page(pfn_to_page(pfn));
}
"""


def test_table_that_is_exchanged_out_of_sight(tmp_path: Path) -> None:
    tree = copy_tree("none", tmp_path / "tree")
    (tree / "drivers/misc/gate.c").write_text(TABLE)
    index(tree, tmp_path / "x.db")
    query = "SELECT kind FROM link_site WHERE release_path = 'drivers/misc/gate.c'"
    with connect(tmp_path / "x.db") as connection:
        assert {row[0] for row in connection.execute(query)} == {"unknown"}
