# SPDX-License-Identifier: GPL-2.0-only
"""Files that name no acquire: the file that calls a driver's operations has the pages for them."""

from __future__ import annotations

from pathlib import Path

from support import copy_tree, index, rows

HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
struct stork;
struct stork_ops {
	void (*put_pages)(struct stork *stork, struct page **pages);
};
struct stork {
	const struct stork_ops *ops;
	struct page *pages[4];
	int nr;
};
"""
USER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "stork.h"

static void stork_put(struct stork *stork, struct page **pages)
{
	release_pages(pages, stork->nr);
}

const struct stork_ops stork_ops = { .put_pages = stork_put };

int stork_get(struct stork *stork, unsigned long uaddr)
{
	stork->nr = get_user_pages_fast(uaddr, 4, FOLL_WRITE, stork->pages);
	return stork->nr > 0 ? 0 : -EFAULT;
}
"""
CORE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "stork.h"

void stork_drop(struct stork *stork)
{
	stork->ops->put_pages(stork, stork->pages);
}
"""
OTHER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "stork.h"

/* Names put_pages, and has one of its own. */
void put_pages(struct stork *stork);

void stork_other(struct stork *stork)
{
	put_pages(stork);
}
"""


def states(tree: Path, db: Path, *options: str) -> list[str]:
    index(tree, db, *options)
    return [row["state"] for row in rows("sites", db) if "stork" in row["path"]]


def test_who_calls_an_operation_that_releases(tmp_path: Path) -> None:
    tree = copy_tree("put_user_page", tmp_path / "tree")
    home = tree / "drivers/stork"
    home.mkdir()
    for name, text in (("stork.h", HEADER), ("user.c", USER), ("core.c", CORE), ("other.c", OTHER)):
        (home / name).write_text(text)
    (home / "Makefile").write_text("obj-m += user.o core.o other.o\n")
    assert states(tree, tmp_path / "x.db", "--follow=0") == ["unknown", "unknown"]
    assert states(tree, tmp_path / "y.db", "--follow=1") == ["unconverted", "unconverted"]
    files = {row["path"] for row in rows("sql", tmp_path / "y.db", "SELECT path FROM file")}
    assert "drivers/stork/core.c" in files and "drivers/stork/other.c" not in files


KEPT_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
struct heron {
	struct page *catch;
};
struct egret {
	struct page *catch;
};
struct nest_ops {
	void (*take)(struct page **pages, int nr);
};
struct nest {
	const struct nest_ops *ops;
};
void reed_take(struct page **pages, int nr);
"""
KEPT_USER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "heron.h"

int heron_get(struct heron *heron, unsigned long uaddr)
{
	return pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &heron->catch) == 1 ? 0 : -EFAULT;
}

int nest_get(struct nest *nest, unsigned long uaddr)
{
	struct page *pages[4];
	int nr = pin_user_pages_fast(uaddr, 4, FOLL_WRITE, pages);

	if (nr <= 0)
		return -EFAULT;
	nest->ops->take(pages, nr);
	return 0;
}
"""
KEPT_DROP = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "heron.h"

void heron_put(struct heron *heron)
{
	put_page(heron->catch);
}
"""
KEPT_TABLE = """// SPDX-License-Identifier: GPL-2.0
#include "heron.h"

const struct nest_ops reed_ops = { .take = reed_take };
"""
KEPT_REED = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "heron.h"

void reed_take(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]);
}
"""
# Another struct has a member of that name, and this file cannot see the first one.
KEPT_OTHER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

struct bittern {
	struct page *catch;
};

void bittern_put(struct bittern *bittern)
{
	put_page(bittern->catch);
}
"""


def test_pages_are_followed_unasked(tmp_path: Path) -> None:
    """By a struct's member where the struct is visible, and by a table that is filled in a third file."""
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    home = tree / "drivers/heron"
    home.mkdir()
    texts = {"heron.h": KEPT_HEADER, "user.c": KEPT_USER, "drop.c": KEPT_DROP, "table.c": KEPT_TABLE,
             "reed.c": KEPT_REED, "other.c": KEPT_OTHER}
    for name, text in texts.items():
        (home / name).write_text(text)
    (home / "Makefile").write_text("obj-m += user.o drop.o table.o reed.o other.o\n")
    index(tree, tmp_path / "x.db")
    files = {row["path"] for row in rows("sql", tmp_path / "x.db", "SELECT path FROM file")}
    assert {f"drivers/heron/{name}" for name in ("user.c", "drop.c", "table.c", "reed.c")} <= files
    assert "drivers/heron/other.c" not in files
    found = {row["path"] for row in rows("sites", tmp_path / "x.db") if row["state"] == "mismatched"}
    assert {"drivers/heron/drop.c", "drivers/heron/reed.c"} <= found
    said = index(tree, tmp_path / "x.db")
    assert "up to date" in said
    index(tree, tmp_path / "y.db", "--follow=0")
    files = {row["path"] for row in rows("sql", tmp_path / "y.db", "SELECT path FROM file")}
    assert {path for path in files if path.startswith("drivers/heron/")} == {"drivers/heron/user.c"}


PACK = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <linux/bvec.h>
#include "ibis.h"

struct bio_vec *ibis_pack(struct iov_iter *iter)
{
	struct bio_vec *vec = kcalloc(4, sizeof(*vec), GFP_KERNEL);
	struct page *pages[4];
	size_t start;
	int i;

	if (iov_iter_get_pages(iter, pages, 4 * PAGE_SIZE, 4, &start) < 0)
		return NULL;
	for (i = 0; i < 4; i++)
		vec[i].bv_page = pages[i];
	return vec;
}

void ibis_unpack(struct bio_vec *vec)
{
	int i;

	for (i = 0; i < 4; i++)
		put_page(vec[i].bv_page);
}
"""
PACKS = """// SPDX-License-Identifier: GPL-2.0
#include <linux/errno.h>
#include <linux/uio.h>
#include "ibis.h"

int ibis_NAME(struct iov_iter *iter)
{
	struct bio_vec *vec;

	if (!iter_is_iovec(iter))
		return -EINVAL;
	vec = ibis_pack(iter);
	if (vec)
		ibis_unpack(vec);
	return 0;
}
"""


def test_who_packs_and_unpacks(tmp_path: Path) -> None:
    """A container is every user's own: of its users, those in the folder matter, and they test."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    home, far = tree / "drivers/ibis", tree / "drivers/far"
    for folder in (home, far):
        folder.mkdir()
        (folder / "ibis.h").write_text(
            "/* SPDX-License-Identifier: GPL-2.0 */\n"
            "struct bio_vec *ibis_pack(struct iov_iter *iter);\n"
            "void ibis_unpack(struct bio_vec *vec);\n")
    (home / "pack.c").write_text(PACK)
    (home / "send.c").write_text(PACKS.replace("NAME", "send"))
    (far / "far.c").write_text(PACKS.replace("NAME", "far"))
    (home / "Makefile").write_text("obj-m += pack.o send.o\n")
    (far / "Makefile").write_text("obj-m += far.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    files = {row["path"] for row in rows("sql", db, "SELECT path FROM file")}
    assert "drivers/ibis/send.c" in files and "drivers/far/far.c" not in files
    found = [row["state"] for row in rows("sites", db)
             if "ibis" in row["path"] and row["callee"] == "put_page"]
    assert found == ["unconverted"]


REQUEST = """/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_TERN_H
#define _LINUX_TERN_H
struct page;
struct tern {
	struct page **pages;
	int nr;
};
void tern_set_pages(struct tern *tern, struct page **pages, int nr);
#endif
"""
SETTER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/tern.h>

/* Names no function of the API. */
void tern_set_pages(struct tern *tern, struct page **pages, int nr)
{
	tern->pages = pages;
	tern->nr = nr;
}
"""
KEEPER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/tern.h>

int dunlin_fill(struct tern *tern, unsigned long start)
{
	struct page **pages = kcalloc(4, sizeof(*pages), GFP_KERNEL);
	int nr = pages ? get_user_pages_fast(start, 4, FOLL_WRITE, pages) : 0;

	if (nr <= 0)
		return -EFAULT;
	tern_set_pages(tern, pages, nr);
	return 0;
}

void dunlin_done(struct tern *tern)
{
	release_pages(tern->pages, tern->nr);
	kfree(tern->pages);
}
"""


def test_a_setter_in_another_folder(tmp_path: Path) -> None:
    """The member is each folder's own, and filled by a function of another one."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    (tree / "include/linux/tern.h").write_text(REQUEST)
    for folder, text in (("tern", SETTER), ("dunlin", KEEPER)):
        (tree / "drivers" / folder).mkdir()
        (tree / "drivers" / folder / f"{folder}.c").write_text(text)
        (tree / "drivers" / folder / "Makefile").write_text(f"obj-m += {folder}.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    found = [(row["acquire_function"], row["release_function"], row["kind"])
             for row in rows("links", db) if "dunlin" in row["release_path"]]
    assert found == [("dunlin_fill", "dunlin_done", "link")]


GATHER_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/uio.h>
#include <linux/bvec.h>
struct snipe {
	struct iov_iter iter;
	struct bio_vec *vecs;
	int nr;
};
void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count);
int snipe_gather(unsigned long start, struct iov_iter *new);
"""
GATHER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include "snipe.h"

int snipe_gather(unsigned long start, struct iov_iter *new)
{
	struct bio_vec *bv = kcalloc(4, sizeof(*bv), GFP_KERNEL);
	struct page *pages[4];
	int i, nr = get_user_pages_fast(start, 4, FOLL_WRITE, pages);

	for (i = 0; i < nr; i++)
		bv[i].bv_page = pages[i];
	iov_iter_bvec(new, 0, bv, nr, nr * PAGE_SIZE);
	return nr;
}
"""
GATHERED = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "snipe.h"

void snipe_start(struct snipe *snipe, unsigned long start)
{
	snipe->nr = snipe_gather(start, &snipe->iter);
	snipe->vecs = (struct bio_vec *)snipe->iter.bvec;
}

void snipe_end(struct snipe *snipe)
{
	int i;

	for (i = 0; i < snipe->nr; i++)
		put_page(snipe->vecs[i].bv_page);
}
"""


def test_an_iterator_that_is_filled_for_the_caller(tmp_path: Path) -> None:
    """Its vectors stand in an anonymous union, and are the pages that were put into it."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    home = tree / "drivers/snipe"
    home.mkdir()
    for name, text in (("snipe.h", GATHER_HEADER), ("gather.c", GATHER), ("end.c", GATHERED)):
        (home / name).write_text(text)
    (home / "Makefile").write_text("obj-m += gather.o end.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    found = [(row["acquire_function"], row["release_function"], row["kind"])
             for row in rows("links", db) if "snipe" in row["release_path"]]
    assert found == [("snipe_gather", "snipe_end", "link")]


CRANE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/bvec.h>
#include <linux/uio.h>
#include "crane.h"

void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count);

int crane_lift(struct crane *crane, unsigned long uaddr)
{
	struct page *page;
	struct iov_iter iter;
	struct bio_vec vec;
	int ret;

	ret = get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page);
	if (ret != 1)
		return -EFAULT;
	vec.bv_page = page;
	vec.bv_len = PAGE_SIZE;
	vec.bv_offset = 0;
	iov_iter_bvec(&iter, READ, &vec, 1, PAGE_SIZE);
	ret = crane_swing(crane, &iter);
	crane_note(crane, &vec);
	put_page(page);
	return ret;
}
"""
SWING = """// SPDX-License-Identifier: GPL-2.0
#include <linux/uio.h>
#include "crane.h"

int crane_swing(struct crane *crane, struct iov_iter *iter)
{
	return crane_copy(crane, iter);
}
"""
NOTE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/bvec.h>
#include "crane.h"

void crane_note(struct crane *crane, struct bio_vec *vec)
{
	crane_keep(crane, vec);
}
"""


def test_no_page_leaves_an_iterator(tmp_path: Path) -> None:
    """A function that is handed a vector may hand it on to a release; of an iterator none comes."""
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    home = tree / "drivers/crane"
    home.mkdir()
    (home / "crane.h").write_text(
        "/* SPDX-License-Identifier: GPL-2.0 */\n"
        "struct crane;\n"
        "int crane_swing(struct crane *crane, struct iov_iter *iter);\n"
        "int crane_copy(struct crane *crane, struct iov_iter *iter);\n"
        "void crane_note(struct crane *crane, struct bio_vec *vec);\n"
        "void crane_keep(struct crane *crane, struct bio_vec *vec);\n")
    for name, text in (("lift.c", CRANE), ("swing.c", SWING), ("note.c", NOTE)):
        (home / name).write_text(text)
    (home / "Makefile").write_text("obj-m += lift.o swing.o note.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    files = {row["path"] for row in rows("sql", db, "SELECT path FROM file")}
    assert "drivers/crane/note.c" in files and "drivers/crane/swing.c" not in files
