# SPDX-License-Identifier: GPL-2.0-only
"""In the pin era: a release that is told of which kind its pages are is right for pins, too."""

from __future__ import annotations

from pathlib import Path

from support import copy_tree, index, rows

TEXT = """\
#include <linux/mm.h>
#include <linux/uio.h>
#include <linux/gfp.h>

#define CRATE_PINNED 1

struct crate {
	struct page *pages[16];
	int nr;
	int flags;
};

bool crate_is_pipe(const struct iov_iter *iter);
void bio_put_page(struct crate *crate, struct page *page);

ssize_t crate_extract(struct iov_iter *iter, struct page **pages, size_t *off)
{
	if (crate_is_pipe(iter))
		return iov_iter_get_pages2(iter, pages, PAGE_SIZE * 16, 16, off);
	return iov_iter_extract_pages(iter, &pages, PAGE_SIZE * 16, 16, 0, off);
}

int crate_fill(struct crate *crate, struct iov_iter *iter, int keep)
{
	size_t off;
	ssize_t bytes = crate_extract(iter, crate->pages, &off);
	int i, nr;

	if (bytes <= 0)
		return bytes;
	nr = DIV_ROUND_UP(off + bytes, PAGE_SIZE);
	if (iov_iter_extract_will_pin(iter))
		crate->flags |= CRATE_PINNED;
	crate->nr = min(nr, keep);
	for (i = crate->nr; i < nr; i++)
		bio_put_page(crate, crate->pages[i]);
	return 0;
}

int crate_pad(struct crate *crate)
{
	crate->pages[0] = alloc_page(GFP_KERNEL);
	crate->nr = !!crate->pages[0];
	return crate->nr ? 0 : -ENOMEM;
}

void crate_empty(struct crate *crate)
{
	if (crate->flags & CRATE_PINNED) {
		unpin_user_pages(crate->pages, crate->nr);
		return;
	}
	while (crate->nr)
		put_page(crate->pages[--crate->nr]);
}
"""


def test_beside_one_that_is_mixed(tmp_path: Path) -> None:
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    (tree / "drivers/misc/crate.c").write_text(TEXT)
    with (tree / "drivers/misc/Makefile").open("a") as makefile:
        makefile.write("obj-y += crate.o\n")
    index(tree, tmp_path / "x.db")
    states = {(row["function"], row["callee"]): row["state"]
              for row in rows("sites", tmp_path / "x.db") if "crate.c" in row["path"]}
    # what the pages of that iterator are is another matter
    assert states.pop(("crate_extract", "iov_iter_get_pages2")) != "converted"
    assert states == {
        ("crate_extract", "iov_iter_extract_pages"): "converted",
        ("crate_fill", "bio_put_page"): "converted",
        ("crate_empty", "unpin_user_pages"): "converted",
        ("crate_empty", "put_page"): "mixed",
    }
