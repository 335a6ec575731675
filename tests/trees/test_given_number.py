# SPDX-License-Identifier: GPL-2.0-only
"""Pages that a function of another file gives, as a page or as the number of one."""

from __future__ import annotations

from pathlib import Path

from support import connect, copy_tree, index

WADER_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
#define WADER_PFN_ERROR (~0UL)
struct page;
unsigned long wader_to_pfn(unsigned long addr);
unsigned long wader_stand_pfn(unsigned long addr);
void wader_leave_pfn(unsigned long pfn);
struct page *wader_page(unsigned long addr);
void wader_put(struct page *page);
int wader_step(int depth);
"""
WADER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "wader.h"

unsigned long wader_to_pfn(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return WADER_PFN_ERROR;
	return page_to_pfn(page);
}

unsigned long wader_stand_pfn(unsigned long addr)
{
	return wader_to_pfn(addr);
}

void wader_leave_pfn(unsigned long pfn)
{
	unpin_user_page(pfn_to_page(pfn));
}

struct page *wader_page(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return NULL;
	return page;
}

void wader_put(struct page *page)
{
	unpin_user_page(page);
}
"""
# None of these names an acquire or a release of the API. @ is what one of the two forgets.
HERON = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "wader.h"

int heron_number(unsigned long addr, int depth)
{
	unsigned long pfn = wader_stand_pfn(addr);
	int ret;

	if (pfn == WADER_PFN_ERROR)
		return -EFAULT;
	ret = wader_step(depth);
	if (ret) {
		@wader_leave_pfn(pfn);
		return ret;
	}
	wader_leave_pfn(pfn);
	return 0;
}

int heron_page(unsigned long addr, int depth)
{
	struct page *page = wader_page(addr);

	if (!page)
		return -EFAULT;
	if (wader_step(depth)) {
		@wader_put(page);
		return -EIO;
	}
	wader_put(page);
	return 0;
}
"""


def found(where: Path, heron: str) -> list[tuple[str, str]]:
    tree = copy_tree("pin_user_pages", where / "tree")
    folder = tree / "drivers" / "wader"
    folder.mkdir()
    for name, text in (("wader.h", WADER_HEADER), ("wader.c", WADER), ("heron.c", heron)):
        (folder / name).write_text(text)
    index(tree, where / "x.db")
    with connect(where / "x.db") as db:
        return db.execute("SELECT g.kind, f.name FROM finding AS g"
                          " JOIN file AS p ON p.id = g.file_id"
                          " JOIN function AS f ON f.file_id = p.id"
                          " AND g.line BETWEEN f.line AND f.end_line"
                          " WHERE p.path LIKE 'drivers/wader/%' ORDER BY 1, 2").fetchall()


def test_the_caller_forgets_it(tmp_path: Path) -> None:
    assert found(tmp_path, HERON.replace("@wader_leave_pfn(pfn);", "").replace(
        "@wader_put(page);", "")) == [("unreleased", "heron_number"), ("unreleased", "heron_page")]


def test_the_caller_releases_it(tmp_path: Path) -> None:
    assert found(tmp_path, HERON.replace("@", "")) == []
