# SPDX-License-Identifier: GPL-2.0-only
"""In mm/: a page that is handed out with an ordinary reference, whatever the flags ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import connect, copy_tree, index

GATE = """
extern struct page *mini_gate_page;

static int mini_gate(unsigned long addr, unsigned int gup_flags, struct page **page)
{
	if (gup_flags & FOLL_WRITE)
		return -EFAULT;
	*page = mini_gate_page;
	%s
	return 0;
}

static int mini_door(unsigned long addr, unsigned int gup_flags, struct page **page)
{
	*page = mini_gate_page;
	return try_grab_page(*page, gup_flags) ? 0 : -ENOMEM;
}
"""
CALLS = """
	if (!start)
		return mini_gate(start, gup_flags, pages);
	if (start == PAGE_SIZE)
		return mini_door(start, gup_flags, pages);
"""
FORMS = {
    "plain": ("get_page(*page);", 1),
    "tried": ("if (!try_get_page(*page))\n\t\treturn -ENOMEM;", 1),
    "told": ("if (!try_grab_page(*page, gup_flags))\n\t\treturn -ENOMEM;", 0),
    "asked": ("if (gup_flags & FOLL_PIN)\n\t\tpage_ref_add(*page, 1024);\n\telse\n\t\tget_page(*page);", 0),
}


@pytest.mark.parametrize("form", FORMS)
def test_reference_is_of_the_kind_that_the_flags_ask_for(form: str, tmp_path: Path) -> None:
    taken, expected = FORMS[form]
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    source = tree / "mm/gup.c"
    before, head, after = source.read_text().partition("static long mini_walk(")
    declared = "bool try_get_page(struct page *page);\nbool try_grab_page(struct page *page, unsigned int flags);\n"
    declared += "void page_ref_add(struct page *page, int n);\n"
    body = "{\n\treturn get_user_pages_unlocked(start, nr_pages, pages,\n"
    assert body in after
    after = after.replace(body, body.replace("{\n", "{" + CALLS), 1)
    after = after.replace("\tget_page(page);", "\ttry_grab_page(page, gup_flags);")
    source.write_text(before + declared + GATE % taken + head + after)
    index(tree, tmp_path / "x.db")
    with connect(tmp_path / "x.db") as connection:
        rows = connection.execute("SELECT count(*) FROM finding AS f JOIN file AS p ON p.id = f.file_id "
                                  "WHERE f.kind = 'mismatched' AND p.path = 'mm/gup.c'").fetchone()
    assert rows[0] == expected
