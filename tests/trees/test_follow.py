# SPDX-License-Identifier: GPL-2.0-only
"""index --follow: the file that calls a driver's operations has the pages for them."""

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
    assert states(tree, tmp_path / "x.db") == ["unknown", "unknown"]
    assert states(tree, tmp_path / "y.db", "--follow=1") == ["unconverted", "unconverted"]
    files = {row["path"] for row in rows("sql", tmp_path / "y.db", "SELECT path FROM file")}
    assert "drivers/stork/core.c" in files and "drivers/stork/other.c" not in files
