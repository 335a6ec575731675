# SPDX-License-Identifier: GPL-2.0-only
"""A macro that chooses by type, as page_folio() does, hands its pages on."""

from __future__ import annotations

from pathlib import Path

from support import copy_tree, index, rows

DRIVER = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

#define linnet_head(p) (_Generic((p), \\
	const struct page *: (struct page *)compound_head((struct page *)(p)), \\
	struct page *: (struct page *)compound_head(p)))

int linnet_once(unsigned long uaddr)
{
	struct page *page, *head;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	head = linnet_head(page);
	put_page(head);
	return 0;
}
"""


def test_pages_go_through_a_choice_by_type(tmp_path: Path) -> None:
    tree = copy_tree("put_user_page", tmp_path / "tree")
    (tree / "drivers/misc/linnet.c").write_text(DRIVER)
    makefile = tree / "drivers/misc/Makefile"
    makefile.write_text(makefile.read_text() + "obj-m += linnet.o\n")
    index(tree, tmp_path / "x.db")
    assert [row["state"] for row in rows("sites", tmp_path / "x.db")
            if row["path"].endswith("linnet.c")] == ["unconverted", "unconverted"]
