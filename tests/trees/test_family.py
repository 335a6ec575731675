# SPDX-License-Identifier: GPL-2.0-only
"""Functions of the API that no table has: they are read from the kernel's own files."""

from __future__ import annotations

from pathlib import Path

from support import copy_tree, index, rows, run

MEMBERS = """
long pin_user_pages_sealed(unsigned long start, unsigned long nr_pages, struct page **pages)
{
	unsigned int gup_flags = FOLL_PIN | FOLL_WRITE;

	return mini_walk(current->mm, start, nr_pages, gup_flags, pages);
}

static void drop_sealed(struct page *page, int flags)
{
	if (flags & FOLL_PIN)
		page->private = 0;
	put_page(page);
}

void unpin_user_page_sealed(struct page *page)
{
	drop_sealed(page, FOLL_PIN);
}

/* An argument tells whether anything is dropped: no release of whatever calls it. */
void look_at_page(struct page *page, bool drop)
{
	if (drop)
		put_page(page);
}

/* Where the pages go, the name of the parameter does not tell. */
long get_user_pages_into(unsigned long start, struct page **basket)
{
	return mini_walk(current->mm, start, 1, FOLL_GET, basket);
}
"""
DECLARED = """
long pin_user_pages_sealed(unsigned long start, unsigned long nr_pages, struct page **pages);
void unpin_user_page_sealed(struct page *page);
void look_at_page(struct page *page, bool drop);
#endif
"""
USER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "grebe.h"

int grebe_get(struct grebe *grebe, unsigned long uaddr)
{
	if (pin_user_pages_sealed(uaddr, 1, &grebe->page) != 1)
		return -EFAULT;
	look_at_page(grebe->page, false);
	return 0;
}

void grebe_drop(struct grebe *grebe)
{
	%s(grebe->page);
}
"""
HEADER = "struct grebe {\n\tstruct page *page;\n};\n"


def grebe(tmp_path: Path, release: str) -> Path:
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    gup, header = tree / "mm/gup.c", tree / "include/linux/mm.h"
    gup.write_text(gup.read_text() + MEMBERS)
    above, end, below = header.read_text().rpartition("#endif")
    header.write_text(above + DECLARED)
    home = tree / "drivers/grebe"
    home.mkdir()
    (home / "grebe.h").write_text(HEADER)
    (home / "user.c").write_text(USER % release)
    (home / "Makefile").write_text("obj-m += user.o\n")
    index(tree, tmp_path / "x.db")
    return tmp_path / "x.db"


def states(db: Path) -> list[tuple[str, str]]:
    return [(row["callee"], row["state"]) for row in rows("sites", db)
            if "grebe" in row["path"]]


def test_invented_functions_are_members(tmp_path: Path) -> None:
    db = grebe(tmp_path, "unpin_user_page_sealed")
    found = {row["name"]: (row["role"], row["family"], row["site"])
             for row in rows("sql", db, "SELECT * FROM family_member")}
    assert found == {
        "pin_user_pages_sealed": ("acquire", "pin", "1"),
        "unpin_user_page_sealed": ("release", "pin", "1"),
        "get_user_pages_into": ("acquire", "get", "0"),
    }
    assert states(db) == [("pin_user_pages_sealed", "converted"),
                          ("unpin_user_page_sealed", "converted")]


def test_audit_names_the_new_ones(tmp_path: Path) -> None:
    db = grebe(tmp_path, "put_page")
    assert states(db) == [("pin_user_pages_sealed", "mismatched"), ("put_page", "mismatched")]
    said = run("audit", "--db", db, code=1).stderr
    assert "pin_user_pages_sealed() (new, acquire by its body)" in said
    assert "look_at_page" not in said


def test_trees_without_any(databases: dict[str, Path]) -> None:
    for db in databases.values():
        assert not rows("sql", db, "SELECT name FROM family_member")
