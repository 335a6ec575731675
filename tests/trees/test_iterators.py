# SPDX-License-Identifier: GPL-2.0-only
"""What becomes of pages of an iterator: extracted, or kept as ordinary references, and why.

Also the mm of a program that has not begun, which is not pinned.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_tree, index, rows

HEAD = """
// SPDX-License-Identifier: GPL-2.0
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/uio.h>

#define WEIR_VEC 8

size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
"""
KEPT = """
struct weir { struct page *pages[WEIR_VEC]; int n; struct scatterlist sg[WEIR_VEC]; };

%s
void weir_free(struct weir *w)
{
	int i;

	for (i = 0; i < w->n; i++)
		put_page(w->pages[i]);
}
"""
TAKE = """
	ssize_t got;
	size_t off;

	got = iov_iter_get_pages2(iter, w->pages, PAGE_SIZE, WEIR_VEC, &off);
	if (got <= 0)
		return got;
	w->n = DIV_ROUND_UP(got + off, PAGE_SIZE);
	for (int i = 0; i < w->n; i++)
		sg_set_page(&w->sg[i], w->pages[i], PAGE_SIZE, 0);
	return got;
"""
SHAPES = {
    # a device may write: extracted
    "device": (KEPT % f"ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n",
               "unconverted", "iov_iter_extract_pages", "CASE 1"),
    # the same iterator is copied from, in every caller
    "source": (KEPT % (f"static ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n"
                       "ssize_t weir_send(struct weir *w, struct iov_iter *from, struct page *own)\n"
                       "{\n\tif (iov_iter_count(from) < PAGE_SIZE)\n"
                       "\t\treturn copy_page_from_iter(own, 0, PAGE_SIZE, from);\n"
                       "\treturn weir_take(w, from);\n}\n"),
               "keep", "keep", "is a source of data"),
    # one caller copies from its iterator, the other does not
    "one caller": (KEPT % (f"static ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n"
                           "ssize_t weir_send(struct weir *w, struct iov_iter *from, struct page *own)\n"
                           "{\n\tif (iov_iter_count(from) < PAGE_SIZE)\n"
                           "\t\treturn copy_page_from_iter(own, 0, PAGE_SIZE, from);\n"
                           "\treturn weir_take(w, from);\n}\n"
                           "ssize_t weir_receive(struct weir *w, struct iov_iter *to)\n"
                           "{\n\treturn weir_take(w, to);\n}\n"),
                   "unconverted", "iov_iter_extract_pages", "CASE 1"),
    # one path frees a page as the allocator's, under its pin
    "freed": (KEPT % (f"static ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n"
                      "int weir_start(struct weir *w, struct iov_iter *iter)\n"
                      "{\n\tssize_t got = weir_take(w, iter);\n"
                      "\tif (got > 0 && got < PAGE_SIZE) {\n"
                      "\t\t__free_page(w->pages[0]);\n\t\tw->n = 0;\n\t\treturn -EFAULT;\n\t}\n"
                      "\treturn got < 0 ? got : 0;\n}\n"),
              "keep", "keep", "__free_page()"),
    # the pages become fragments of a packet
    "fragments": ("""
struct skb_shared_info { int nr_frags; struct page *frags[WEIR_VEC]; };

ssize_t weir_take(struct skb_shared_info *w, struct iov_iter *iter)
{
	struct page *pages[WEIR_VEC];
	ssize_t got;
	size_t off;
	int i;

	got = iov_iter_get_pages2(iter, pages, PAGE_SIZE, WEIR_VEC, &off);
	if (got <= 0)
		return got;
	for (i = 0; i < DIV_ROUND_UP(got + off, PAGE_SIZE); i++)
		w->frags[w->nr_frags++] = pages[i];
	return got;
}

void weir_free(struct skb_shared_info *w)
{
	int i;

	for (i = 0; i < w->nr_frags; i++)
		put_page(w->frags[i]);
}
""", "keep", "keep", "among ordinary ones"),
    # the pages are given a second time to fragments, with a reference of their own
    "kept before": (KEPT.replace("struct weir {", "struct pipe_buffer { struct page *page; };\nstruct weir {") % (
                    f"ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n"
                    "void weir_share(struct weir *w, struct pipe_buffer *buf)\n"
                    "{\n\tget_page(w->pages[0]);\n\tbuf->page = w->pages[0];\n}\n"),
                    "unconverted", "iov_iter_extract_pages", "CASE 1"),
    # the iterator is known not to be over user memory
    "denied": (KEPT % ("static ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n"
                       f"{{\n\tif (iov_iter_extract_will_pin(iter))\n\t\treturn -EINVAL;\n\t{{{TAKE}}}\n}}\n"
                       "ssize_t weir_receive(struct weir *w, struct iov_iter *to)\n"
                       "{\n\treturn weir_take(w, to);\n}\n"),
               "keep", "keep", "over kernel memory, as iov_iter_extract_will_pin()"),
    # the page is only looked for
    "probe": ("""
bool weir_has(const struct iov_iter *iter)
{
	struct iov_iter probe = *iter;
	struct page *page;
	size_t off;

	if (iov_iter_get_pages2(&probe, &page, 1, 1, &off) <= 0)
		return false;
	put_page(page);
	return true;
}
""", "keep", "keep", "only looked for"),
    # the reference is dropped before the page is used
    "dropped": ("""
struct page *weir_next(struct iov_iter *iter, size_t *off)
{
	struct page *page;

	if (iov_iter_get_pages2(iter, &page, PAGE_SIZE, 1, off) < 0)
		return NULL;
	put_page(page);
	return page;
}
""", "keep", "keep", "dropped before the pages are used"),
}


def decided(tmp_path: Path, text: str, callee: str) -> dict[str, str]:
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    home = tree / "drivers/weir"
    home.mkdir()
    (home / "Makefile").write_text("obj-y += weir.o\n")
    (home / "weir.c").write_text(text)
    index(tree, tmp_path / "x.db")
    found = [row for row in rows("sites", tmp_path / "x.db")
             if row["path"] == "drivers/weir/weir.c" and row["callee"] == callee]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_of_an_iterator(shape: str, tmp_path: Path) -> None:
    text, state, target, reason = SHAPES[shape]
    row = decided(tmp_path, HEAD.lstrip() + text, "iov_iter_get_pages2")
    assert (row["state"], row["target"]) == (state, target), row["reason"]
    assert reason in row["reason"]


@pytest.mark.parametrize(("made", "target"), [
    ("struct iov_iter *iter", ""),
    ("struct iov_iter *iter)\n{\n\tif (!user_backed_iter(iter))\n\t\treturn -EINVAL;\n"
     "\treturn weir_take(w, iter);\n}\nssize_t weir_again(struct weir *w, struct iov_iter *iter",
     "unpin_user_page")])
def test_a_release_has_another_name_only_for_a_users_pages(made: str, target: str, tmp_path: Path) -> None:
    """Pages of a kernel's iterator are lent: there is nothing to release."""
    text = KEPT % (f"static ssize_t weir_take(struct weir *w, struct iov_iter *iter)\n{{{TAKE}}}\n"
                   f"ssize_t weir_receive(struct weir *w, {made})\n"
                   "{\n\tif (!user_backed_iter(iter))\n\t\treturn %s;\n\treturn weir_take(w, iter);\n}\n"
                   % ("-EINVAL" if target else "weir_take(w, iter)"))
    row = decided(tmp_path, HEAD.lstrip() + text, "put_page")
    assert (row["state"], row["target"]) == ("unconverted", target), row["reason"]


MM = """
struct %s { struct mm_struct *mm; };

static struct page *weir_page(struct %s *w, unsigned long pos)
{
	struct mm_struct *mm = w->mm;
	struct page *page;

	if (get_user_pages_remote(mm, pos, 1, FOLL_WRITE, &page, NULL) <= 0)
		return NULL;
	return page;
}

void weir_fill(struct %s *w, unsigned long pos, const void *from)
{
	struct page *page = weir_page(w, pos);

	if (!page)
		return;
	memcpy(kmap(page), from, PAGE_SIZE);
	kunmap(page);
	put_page(page);
}
"""


@pytest.mark.parametrize(("tag", "state"), [("linux_binprm", "keep"), ("weir_task", "unconverted")])
def test_mm_of_a_program_that_has_not_begun_is_not_pinned(tag: str, state: str, tmp_path: Path) -> None:
    row = decided(tmp_path, HEAD.lstrip() + MM % (tag, tag, tag), "get_user_pages_remote")
    assert row["state"] == state, row["reason"]
    assert ("has not begun" in row["reason"]) == (state == "keep")
