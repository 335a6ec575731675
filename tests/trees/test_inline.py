# SPDX-License-Identifier: GPL-2.0-only
"""Pages that go through inline functions of headers are followed by the bodies of these, which each
file that calls them has for itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import connect, copy_tree, dump, first_difference, index, rows

HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_SATCHEL_H
#define _LINUX_SATCHEL_H

#include <linux/mm.h>
#include <linux/scatterlist.h>

struct satchel {
	struct scatterlist sg[4];
	unsigned int count;
};

static inline struct scatterlist *satchel_at(struct satchel *satchel, unsigned int at)
{
	return &satchel->sg[at];
}

static inline void
satchel_add(struct satchel *satchel, struct page *page, unsigned int size)
{
	sg_set_page(satchel_at(satchel, satchel->count++), page, size, 0);
}

static inline void satchel_drop(struct satchel *s, unsigned int i) { put_page(sg_page(&s->sg[i])); }

#ifdef CONFIG_SATCHEL_LOCK
void satchel_lock(struct satchel *satchel, struct page *page);
#else
static inline void satchel_lock(struct satchel *satchel, struct page *page)
{
}
#endif

static inline unsigned int satchel_weight(struct page *page)
{
	return page ? 1 : 0;
}
#endif
"""
# Fills a satchel by an acquire, and empties it by an inline function's result.
USER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/satchel.h>

int egret_fill(struct satchel *satchel, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	satchel_add(satchel, page, PAGE_SIZE);
	return 0;
}

void egret_empty(struct satchel *satchel)
{
	unsigned int i;

	for (i = 0; i < satchel->count; i++)
		unpin_user_page(sg_page(satchel_at(satchel, i)));
}
"""
# The same struct with pages of the driver's own, beside another acquire.
OWNER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/satchel.h>

int godwit_fill(struct satchel *satchel)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	satchel_add(satchel, page, PAGE_SIZE);
	return 0;
}

void godwit_empty(struct satchel *satchel)
{
	put_page(sg_page(satchel_at(satchel, 0)));
}

int godwit_look(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	satchel_weight(page);
	unpin_user_page(page);
	return 0;
}
"""
# Its pages are dropped by the header itself.
DROPPER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/satchel.h>

int curlew_fill(struct satchel *satchel, unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	satchel_add(satchel, page, PAGE_SIZE);
	return 0;
}

void curlew_empty(struct satchel *satchel)
{
	satchel_drop(satchel, 0);
}
"""
PATH = "include/linux/satchel.h"
FILES = {"egret": USER, "godwit": OWNER, "curlew": DROPPER}


def satchels(folder: Path, names: list[str], precompiled: bool = True) -> Path:
    tree = copy_tree("pin_user_pages", folder)
    (tree / PATH).write_text(HEADER)
    if precompiled:
        with open(tree / "include/linux/vmalloc.h", "a", encoding="utf-8") as common:
            common.write("#include <linux/satchel.h>\n")
    for name in names:
        (tree / "drivers" / name).mkdir()
        (tree / "drivers" / name / f"{name}.c").write_text(FILES[name])
        (tree / "drivers" / name / "Makefile").write_text(f"obj-m += {name}.o\n")
    return tree


def links(db: Path, name: str) -> list[tuple[str, str]]:
    return [(row["acquire_function"], row["release_function"]) for row in rows("links", db)
            if row["kind"] == "link" and name in row["acquire_path"]]


@pytest.mark.parametrize("precompiled", [True, False])
def test_the_body_is_followed(tmp_path: Path, precompiled: bool) -> None:
    tree = satchels(tmp_path / "tree", sorted(FILES), precompiled)
    index(tree, tmp_path / "x.db")
    assert links(tmp_path / "x.db", "egret") == [("egret_fill", "egret_empty")]
    assert links(tmp_path / "x.db", "curlew") == [("curlew_fill", "satchel_drop")]


def test_each_file_has_pages_of_its_own(tmp_path: Path) -> None:
    """One struct and one set of functions, but no page of one driver comes to the other."""
    tree = satchels(tmp_path / "tree", sorted(FILES))
    index(tree, tmp_path / "x.db")
    states = {row["function"]: (row["state"], row["reason"])
              for row in rows("sites", tmp_path / "x.db")}
    assert states["godwit_empty"][0] == "keep" and "alloc_page" in states["godwit_empty"][1]
    assert states["egret_empty"][0] == "converted"


REF = """/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/satchel.h>

static inline void satchel_unref(struct scatterlist *sg)
{
	put_page(sg_page(sg));
}
"""
# Beside the file that fills satchels. No page of its own comes to them.
UNREF = """// SPDX-License-Identifier: GPL-2.0
#include <linux/satchel_ref.h>

void curlew_free(struct satchel *satchel)
{
	satchel_unref(&satchel->sg[0]);
}

int curlew_look(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
"""


def test_another_header_drops_what_is_in_the_container(tmp_path: Path) -> None:
    tree = satchels(tmp_path / "tree", ["curlew"])
    (tree / "include/linux/satchel_ref.h").write_text(REF)
    home = tree / "drivers/curlew"
    (home / "curlew.c").write_text(DROPPER[:DROPPER.index("void curlew_empty")])
    (home / "free.c").write_text(UNREF)
    (home / "Makefile").write_text("obj-m += curlew.o free.o\n")
    index(tree, tmp_path / "x.db")
    assert ("curlew_fill", "satchel_unref") in links(tmp_path / "x.db", "curlew.c")


def test_functions_that_only_look_are_not_read(tmp_path: Path) -> None:
    text = OWNER[:OWNER.index("int godwit_fill")] + OWNER[OWNER.index("int godwit_look"):]
    tree = satchels(tmp_path / "tree", ["godwit"])
    (tree / "drivers/godwit/godwit.c").write_text(text)
    index(tree, tmp_path / "x.db")
    assert PATH not in {row["path"] for row in
                        rows("sql", tmp_path / "x.db", "SELECT path FROM file")}


FACTS = {
    "function": "SELECT t.line, t.name, t.end_line FROM function AS t",
    "call": "SELECT t.line, t.column, t.callee, t.status, p.name FROM call AS t"
            " JOIN place AS p ON p.id = t.place_id",
    "flow": "SELECT t.line, t.kind, dst.name, dst.scope, src.name, src.scope FROM flow AS t"
            " JOIN place AS dst ON dst.id = t.dst JOIN place AS src ON src.id = t.src",
}


def facts(db: Path) -> dict[str, list[tuple[object, ...]]]:
    of_file = " JOIN file AS f ON f.id = t.file_id WHERE f.path = ?"
    with connect(db) as connection:
        return {kind: sorted(connection.execute(query + of_file, (PATH,)))
                for kind, query in FACTS.items()}


def test_precompiled_or_not_is_no_matter(tmp_path: Path) -> None:
    """A header that the common ones include is read by its bodies, another one as a whole."""
    index(satchels(tmp_path / "with", ["egret"]), tmp_path / "with.db")
    index(satchels(tmp_path / "without", ["egret"], False), tmp_path / "without.db")
    found = facts(tmp_path / "with.db")
    assert [row[1] for row in found["function"]] == [
        "satchel_at", "satchel_add", "satchel_drop", "satchel_weight"]
    assert ("put_page", "resolved") in {row[2:4] for row in found["call"]}
    assert found == facts(tmp_path / "without.db")


def test_a_changed_header_is_read_again(tmp_path: Path) -> None:
    tree = satchels(tmp_path / "tree", sorted(FILES))
    index(tree, tmp_path / "x.db")
    text = HEADER.replace("satchel->count++), page", "satchel->count++), compound_head(page)")
    (tree / PATH).write_text("\n" + text.replace("put_page(sg", "__free_page(sg"))
    index(tree, tmp_path / "x.db")
    index(tree, tmp_path / "y.db")
    assert links(tmp_path / "x.db", "curlew") == []
    again, cold = dump(tmp_path / "x.db"), dump(tmp_path / "y.db")
    assert again == cold, first_difference(again, cold)
