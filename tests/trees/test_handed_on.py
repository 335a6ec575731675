# SPDX-License-Identifier: GPL-2.0-only
"""Pages that their function hands on: within mm/, by a table of functions, with a reference each."""

from __future__ import annotations

from pathlib import Path

from support import copy_tree, index, rows

BOG_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
#define BOG_COUNTED 1
struct page;
int bog_report(unsigned long pfn, int flags);
void fen_look(struct page *page);
"""
# The one that acquires: all that it has of the page afterwards is a number.
MARSH = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "bog.h"

int marsh_inject(unsigned long start)
{
	struct page *page;
	unsigned long pfn;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	pfn = page_to_pfn(page);
	return bog_report(pfn, BOG_COUNTED);
}

int marsh_tell(unsigned long start)
{
	struct page *page;
	unsigned long pfn;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	pfn = page_to_pfn(page);
	put_page(page);
	return bog_report(pfn, 0);
}
"""
BOG = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "bog.h"

struct bog_state {
	unsigned long mask;
	int level;
	int (*action)(struct bog_state *state, struct page *page);
};

static int bog_drain(struct bog_state *state, struct page *page)
{
	put_page(page);
	return state->level;
}

static struct bog_state bog_states[] = {
	{ 1, 2, bog_drain },
};

int bog_report(unsigned long pfn, int flags)
{
	struct page *page = pfn_to_page(pfn);
	struct bog_state *state;

	if (!(flags & BOG_COUNTED))
		get_page(page);
	fen_look(page);
	for (state = bog_states; state->mask; state++)
		if (state->level)
			return state->action(state, page);
	return 0;
}
"""
FEN = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "bog.h"

void fen_look(struct page *page)
{
	if (PageDirty(page)) {
		get_page(page);
		put_page(page);
	}
}
"""


def links(db: Path) -> list[tuple[str, str, str]]:
    return [(row["acquire"], row["release"], row["kind"]) for row in rows(
        "sql", db, "SELECT acquire_function AS acquire, release_function AS release, kind"
        " FROM link_site WHERE acquire_id IS NOT NULL"
        " AND acquire_path NOT LIKE '%/char/%' ORDER BY 1, 2")]


def test_within_memory_management(tmp_path: Path) -> None:
    """One step, from the acquire's function; and what was released before is not handed on."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    for name, text in (("bog.h", BOG_HEADER), ("marsh.c", MARSH), ("bog.c", BOG), ("fen.c", FEN)):
        (tree / "mm" / name).write_text(text)
    (tree / "mm/Makefile").write_text("obj-y := gup.o marsh.o bog.o fen.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    found = [link for link in links(db) if link[0].startswith("marsh")]
    assert found == [("marsh_inject", "bog_drain", "mixed"), ("marsh_tell", "marsh_tell", "link")]
    files = {row["path"] for row in rows("sql", db, "SELECT path FROM file")}
    assert "mm/bog.c" in files and "mm/fen.c" not in files


REED_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
struct page;
struct reed {
	struct page *page;
	int nr;
};
void reed_plant(struct reed *reed, struct page *page);
void reed_cut(struct reed *reed);
"""
REED_USER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "reed.h"

int reed_grow(struct reed *reed, unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	reed_plant(reed, page);
	put_page(page);
	return 0;
}
"""
REED = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "reed.h"

void reed_plant(struct reed *reed, struct page *page)
{
	reed->page = page;
	reed->nr++;
	if (page)
		get_page(page);
}
"""
REED_CUT = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "reed.h"

void reed_cut(struct reed *reed)
{
	put_page(reed->page);
	reed->page = NULL;
}
"""


def test_with_a_reference_of_its_own(tmp_path: Path) -> None:
    """What takes the reference is in a function that releases nothing."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    home = tree / "drivers/reed"
    home.mkdir()
    for name, text in (("reed.h", REED_HEADER), ("user.c", REED_USER), ("plant.c", REED),
                       ("cut.c", REED_CUT)):
        (home / name).write_text(text)
    (home / "Makefile").write_text("obj-m += user.o plant.o cut.o\n")
    db = tmp_path / "x.db"
    index(tree, db)
    found = [link for link in links(db) if link[0].startswith("reed")]
    assert found == [("reed_grow", "reed_grow", "link")]
    assert [row["reason"] for row in rows(
        "sql", db, "SELECT l.reason AS reason FROM link l JOIN site s ON s.id = l.release_id"
        " WHERE s.function = 'reed_cut'")] == ["own-reference"]


# A request holds the pin of its page, or a reference of its own, and one bit says which.
FERRY = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include "ferry.h"

struct ferry_request *ferry_request_new(struct page *page)
{
	struct ferry_request *req = kzalloc(sizeof(*req), GFP_KERNEL);

	if (req) {
		req->page = page;
		get_page(page);
	}
	return req;
}

void ferry_request_free(struct ferry_request *req)
{
	struct page *page = req->page;

	if (test_bit(FERRY_PINNED, &req->flags))
		unpin_user_page(page);
	else
		put_page(page);
	kfree(req);
}
"""
FERRY_HEADER = """/* SPDX-License-Identifier: GPL-2.0 */
enum { FERRY_BUSY, FERRY_PINNED };
struct ferry_request {
	struct page *page;
	unsigned long flags;
};
struct ferry_request *ferry_request_new(struct page *page);
void ferry_request_free(struct ferry_request *req);
int ferry_send(struct ferry_request *req);
static inline void ferry_take_pin(struct ferry_request *req)
{
	set_bit(FERRY_PINNED, &req->flags);
	put_page(req->page);
}
"""
FERRY_DIRECT = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/uio.h>
#include "ferry.h"

ssize_t ferry_direct(struct iov_iter *iter)
{
	bool pinned = iov_iter_extract_will_pin(iter);
	struct page *page, **list = &page;
	struct ferry_request *req;
	size_t offset;
	ssize_t got = iov_iter_extract_pages(iter, &list, PAGE_SIZE, 1, 0, &offset);

	if (got <= 0)
		return got;
	req = ferry_request_new(page);
	if (!req) {
		if (pinned)
			unpin_user_page(page);
		return -ENOMEM;
	}
	if (pinned)
		ferry_take_pin(req);
	return ferry_send(req);
}
"""


def test_a_pin_that_a_request_takes_over(tmp_path: Path) -> None:
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    folder = tree / "drivers/misc"
    (folder / "ferry.h").write_text(FERRY_HEADER)
    (folder / "ferry.c").write_text(FERRY)
    (folder / "ferry_direct.c").write_text(FERRY_DIRECT)
    with (folder / "Makefile").open("a") as makefile:
        makefile.write("obj-y += ferry.o ferry_direct.o\n")
    index(tree, tmp_path / "x.db")
    sites = {(site["function"], site["callee"]): site["state"]
             for site in rows("sites", tmp_path / "x.db")
             if site["path"].startswith("drivers/misc/ferry")}
    assert sites["ferry_direct", "iov_iter_extract_pages"] == "converted"
    assert sites["ferry_request_free", "unpin_user_page"] == "converted"
    assert sites["ferry_request_free", "put_page"] == "keep"
