# SPDX-License-Identifier: GPL-2.0-only
"""Macros with the names of API functions: a use of one is as a call, whatever the macro is made of."""

from __future__ import annotations

from pathlib import Path

from support import connect, copy_tree, index, rows

# None of them says by its arithmetic that it is about a page.
HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
struct lens_map { unsigned long base, words[16]; };
extern struct lens_map lens_map;
struct page *lens_section(unsigned long number);
typedef struct { unsigned long word; } lens_entry;

#define page_to_phys(page)	(lens_map.words[(unsigned long)(page) % 16] * 64)
#define copy_to_user_page(vma, page, dst)	do { *(char *)(dst) = lens_map.base; (void)(page); } while (0)
#define nth_page(page, n)	({ unsigned long __at = (unsigned long)(page); \\
				   lens_section(__at) + (n); })
#define pte_page(entry)		(lens_section((entry).word) + 1)
#define lens_check(x)		do { if (!(x)) lens_map.base++; } while (0)
"""
SOURCE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "lens.h"

int lens_write(unsigned long addr, unsigned long *phys)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	lens_check(page_to_phys(page) + 1);
	copy_to_user_page(NULL,
			  page, phys);
	put_page(nth_page(page, 0));
	return 0;
}

void lens_forget(lens_entry entry)
{
	struct page *other = pte_page(entry);

	put_page(other);
}
"""


def lens(folder: Path) -> Path:
    """The index of a driver whose header has the macros."""
    tree = copy_tree("pin_user_pages", folder / "tree")
    home = tree / "drivers/lens"
    home.mkdir()
    (home / "lens.h").write_text(HEADER)
    (home / "lens.c").write_text(SOURCE)
    (home / "Makefile").write_text("obj-m += lens.o\n")
    index(tree, folder / "x.db")
    return folder / "x.db"


def test_use_of_a_macro_is_a_call(tmp_path: Path) -> None:
    db = lens(tmp_path)
    with connect(db) as connection:
        calls = {row[0]: tuple(row[1:]) for row in connection.execute(
            "SELECT callee, call.status, place.name FROM call LEFT JOIN place ON place.id = place_id"
            " JOIN file ON file.id = file_id WHERE path = 'drivers/lens/lens.c'")}
    for callee in ("page_to_phys", "copy_to_user_page", "nth_page"):
        assert calls[callee] == ("recovered", "lens_write.page")
    assert calls["pte_page"][0] == "recovered"
    kinds = {row["release_function"]: row["kind"] for row in rows("links", db)
             if "lens" in row["release_path"]}
    assert kinds == {"lens_write": "link", "lens_forget": "decoy"}
