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

/* Where the pages go, the type of the parameter tells. */
long get_user_pages_into(unsigned long start, struct page **basket)
{
	return mini_walk(current->mm, start, 1, FOLL_GET, basket);
}

/* A container of the caller's is filled. */
long pin_user_vectors(unsigned long start, struct bio_vec *vec, unsigned long nr)
{
	struct page *pages[4];
	long i, got = pin_user_pages_fast(start, nr, FOLL_WRITE, pages);

	for (i = 0; i < got; i++)
		vec[i].bv_page = pages[i];
	return got;
}
"""
DECLARED = """
long pin_user_pages_sealed(unsigned long start, unsigned long nr_pages, struct page **pages);
void unpin_user_page_sealed(struct page *page);
long pin_user_vectors(unsigned long start, struct bio_vec *vec, unsigned long nr);
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
VECTORS = """// SPDX-License-Identifier: GPL-2.0
#include <linux/bvec.h>
#include <linux/mm.h>

int grebe_get_vector(struct bio_vec *vec, unsigned long uaddr)
{
	long got = pin_user_vectors(uaddr, vec, 4);

	return got < 0 ? got : 0;
}

void grebe_drop_vector(struct bio_vec *vec)
{
	unpin_user_page(vec->bv_page);
}

int grebe_give_vector(unsigned long uaddr)
{
	struct bio_vec vec[4];
	long i, got = pin_user_vectors(uaddr, vec, 4);

	for (i = 0; i < got; i++)
		unpin_user_page(vec[i].bv_page);
	return 0;
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
    (home / "vectors.c").write_text(VECTORS)
    (home / "Makefile").write_text("obj-m += user.o vectors.o\n")
    index(tree, tmp_path / "x.db")
    return tmp_path / "x.db"


def states(db: Path) -> list[tuple[str, str]]:
    return [(row["callee"], row["state"]) for row in rows("sites", db)
            if "grebe/user" in row["path"]]


def test_invented_functions_are_members(tmp_path: Path) -> None:
    db = grebe(tmp_path, "unpin_user_page_sealed")
    found = {row["name"]: (row["role"], row["family"], row["site"])
             for row in rows("sql", db, "SELECT * FROM family_member")}
    assert found == {
        "pin_user_pages_sealed": ("acquire", "pin", "1"),
        "unpin_user_page_sealed": ("release", "pin", "1"),
        "get_user_pages_into": ("acquire", "get", "1"),
        "pin_user_vectors": ("acquire", "pin", "1"),
    }
    assert states(db) == [("pin_user_pages_sealed", "converted"),
                          ("unpin_user_page_sealed", "converted")]


def test_audit_names_the_new_ones(tmp_path: Path) -> None:
    db = grebe(tmp_path, "put_page")
    assert states(db) == [("pin_user_pages_sealed", "mismatched"), ("put_page", "mismatched")]
    said = run("audit", "--db", db, code=1).stderr
    assert "pin_user_pages_sealed() (new, acquire by its body)" in said
    assert "look_at_page" not in said
    assert "4, of which 4 have sites" in run("status", "--db", db).stderr


def test_containers_are_filled(tmp_path: Path) -> None:
    """An acquire that fills an array of vectors is a site with links, whatever its name is."""
    db = grebe(tmp_path, "put_page")
    pairs = [(row["acquire_function"], row["release_function"]) for row in rows("links", db)
             if "grebe/vectors" in row["acquire_path"]]
    assert ("grebe_give_vector", "grebe_give_vector") in pairs
    assert ("grebe_get_vector", "grebe_drop_vector") not in pairs


FOR_USERS = """
/* Of the family of put_user_page(), by its body. */
void put_user_page_marked(struct page *page)
{
	page->private = 0;
	put_user_page(page);
}
"""


def test_family_of_user_pages_by_the_body(tmp_path: Path) -> None:
    tree = copy_tree("put_user_page", tmp_path / "tree")
    gup, header = tree / "mm/gup.c", tree / "include/linux/mm.h"
    gup.write_text(gup.read_text() + FOR_USERS)
    above, _, _ = header.read_text().rpartition("#endif")
    header.write_text(above + "void put_user_page_marked(struct page *page);\n#endif\n")
    index(tree, tmp_path / "x.db")
    assert [(row["role"], row["family"], row["site"]) for row in
            rows("sql", tmp_path / "x.db", "SELECT * FROM family_member")] == [
                ("release", "put_user", "1")]


def test_trees_without_any(databases: dict[str, Path]) -> None:
    for db in databases.values():
        assert not rows("sql", db, "SELECT name FROM family_member")
