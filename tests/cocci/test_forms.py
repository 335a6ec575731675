# SPDX-License-Identifier: GPL-2.0-only
"""Releases that stand once for many: bodies of macros, helpers whose callers disagree.

Here the index itself says who calls what with whose pages.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from support import copy_tree, dump, index, rows, run

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")

PATH = "drivers/misc/sack.c"
HEAD = """\
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <linux/slab.h>

struct sack {
	struct page *pages[16];
	int nr;
};
"""
TAKE = """
long sack_take(struct sack *sack, unsigned long addr)
{
	long n = get_user_pages_fast(addr, 16, 0, sack->pages);

	if (n <= 0)
		return n;
	sack->nr = n;
	return 0;
}
"""


class Sack:
    """A driver in a small tree, indexed and converted."""

    def __init__(self, folder: Path, text: str, headers: dict[str, str] | None = None,
                 era: str = "put_user_page") -> None:
        self.tree, self.db = copy_tree(era, folder / "tree"), folder / "x.db"
        for path, more in {PATH: text, **(headers or {})}.items():
            (self.tree / path).parent.mkdir(parents=True, exist_ok=True)
            (self.tree / path).write_text(more)
        self.text = text
        index(self.tree, self.db)
        self.sites = [site for site in rows("convert", self.db, "--only", PATH)
                      if site["path"] in (PATH, *(headers or {}))]

    def outcomes(self, callee: str = "put_page") -> list[str]:
        return [site["outcome"] for site in self.sites if site["callee"] == callee]

    def reasons(self) -> str:
        return "\n".join(site["reason"] for site in self.sites)

    def after(self, path: str = PATH) -> str:
        with sqlite3.connect(self.db) as db:
            row = db.execute("SELECT after FROM edit_file JOIN file ON file.id = file_id "
                             "WHERE path = ?", (path,)).fetchone()
        return row[0].decode() if row else (self.tree / path).read_text()

    def again(self, tmp: Path) -> list[str]:
        """Sites that an index of the converted tree would still convert, and its findings."""
        diff = run("convert", "--db", self.db, "--only", PATH, "--diff").stdout
        subprocess.run(["git", "apply", "-"], input=diff, text=True, cwd=self.tree, check=True)
        db = tmp / "again.db"
        index(self.tree, db)
        found = rows("sql", db, f"SELECT line, state FROM site WHERE path = '{PATH}' "
                     "AND state IN ('unconverted', 'mismatched', 'mixed')")
        return [f"{row['line']} {row['state']}" for row in found]


MACRO = HEAD + """
#define SACK_PUT(sack, i) put_page((sack)->pages[i])
#define SACK_PUT_ALL(sack) do {			\\
	int _i;						\\
							\\
	for (_i = 0; _i < (sack)->nr; _i++)		\\
		put_page((sack)->pages[_i]);		\\
} while (0)
""" + TAKE + """
void sack_drop(struct sack *sack, int i)
{
	if (i < 0)
		SACK_PUT_ALL(sack);
	else
		SACK_PUT(sack, i);
}
"""


def test_macro_all_of_whose_uses_are_linked(tmp_path: Path) -> None:
    made = Sack(tmp_path, MACRO)
    assert made.outcomes() == ["converted"] * 4
    assert made.after() == MACRO.replace(
        "SACK_PUT(sack, i) put_page(", "SACK_PUT(sack, i) put_user_page(").replace(
        "put_page((sack)->pages[_i]);		\\", "put_user_page((sack)->pages[_i]);	\\")
    assert "each use (1) is linked" in made.reasons()
    assert made.again(tmp_path) == []


def test_macro_with_a_use_for_other_pages(tmp_path: Path) -> None:
    text = MACRO.replace("SACK_PUT(sack, i);", "SACK_PUT(sack, i);\n}\n\nvoid sack_own(void)\n{\n"
                         "	struct sack own;\n\n	own.pages[0] = NULL;\n	SACK_LET(alloc_page(0));") \
        .replace("#define SACK_PUT_ALL", "#define SACK_LET(page) put_page(page)\n"
                 "#define SACK_PUT_ALL").replace("SACK_PUT(sack, i);", "SACK_LET(sack->pages[i]);")
    made = Sack(tmp_path, text)
    assert "converted" not in made.outcomes()
    assert "comes out of macro SACK_LET, which is also used at drivers/misc/sack.c:" \
        in made.reasons()
    assert made.after() == text


def test_macro_of_a_header(tmp_path: Path) -> None:
    """Others may use it, in files that no index has seen."""
    define = "#define SACK_PUT(sack, i) put_page((sack)->pages[i])\n"
    made = Sack(tmp_path, MACRO.replace(define, '#include "sack.h"\n'), {
        "drivers/misc/sack.h": define})
    assert "comes out of macro SACK_PUT, whose body is not seen" in made.reasons()
    assert "converted" not in made.outcomes()


def test_macro_that_spatch_cannot_parse(tmp_path: Path) -> None:
    text = MACRO.replace("do {			\\\n	int _i;						\\",
                         "\\\n	if ((sack)->nr) {				\\\n	int _i;						\\") \
        .replace("} while (0)", "}").replace("(sack)->nr; _i++)		\\", "(sack)->nr; _i++) @	\\") \
        .replace("_i++) @", "_i++) SACK_AND")
    made = Sack(tmp_path, text.replace("#define SACK_PUT(", "#define SACK_AND if (1)\n"
                                       "#define SACK_PUT("))
    assert "refused" in made.outcomes()
    assert made.after().count("put_user_page") == 0


HELPER = HEAD + """
static void sack_put_pages(struct page **pages, int n);

static void sack_put_pages(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

static void sack_put(struct page *page,
		     int dirty)
{
	if (dirty)
		set_page_dirty_lock(page);
	put_page(page);
}

long sack_take(unsigned long addr, int dirty)
{
	struct page *pages[16];
	long n = get_user_pages_fast(addr, 16, 0, pages);

	if (n <= 0)
		return n;
	if (n == 1)
		sack_put(pages[0],
			 dirty);
	else
		sack_put_pages(pages, n);
	return 0;
}

int sack_own(void)
{
	struct page *mine[2];

	mine[0] = alloc_page(GFP_KERNEL);
	if (!mine[0])
		return -ENOMEM;
	mine[1] = alloc_page(GFP_KERNEL);
	if (!mine[1]) {
		sack_put(mine[0], 0);
		return -ENOMEM;
	}
	sack_put_pages(mine, 2);
	return 0;
}
"""
SECOND = [("""
static void sack_put_pages(struct page **pages, int n);
""", """
static void sack_put_pages(struct page **pages, int n);
static void sack_put_user_pages(struct page **pages, int n);
"""), ("""
static void sack_put(struct page *page,
""", """
static void sack_put_user_pages(struct page **pages, int n)
{
	put_user_pages(pages, n);
}

static void sack_put(struct page *page,
"""), ("""
long sack_take(""", """
static void sack_put_user(struct page *page, int dirty)
{
	if (dirty)
		set_page_dirty_lock(page);
	put_user_page(page);
}

long sack_take("""), ("""		sack_put(pages[0],
			 dirty);
	else
		sack_put_pages(pages, n);
""", """		sack_put_user(pages[0],
			      dirty);
	else
		sack_put_user_pages(pages, n);
""")]


def test_helper_gets_a_second_form(tmp_path: Path) -> None:
    made = Sack(tmp_path, HELPER)
    wanted = HELPER
    for old, new in SECOND:
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)
    assert made.after() == wanted
    assert made.outcomes() == ["converted", "converted"]
    assert "in sack_put_user(), beside sack_put()" in made.reasons()
    assert made.again(tmp_path) == []


def test_helper_in_the_era_of_pins(tmp_path: Path) -> None:
    """The pages are only given back here, which asks for no pin: nothing changes."""
    made = Sack(tmp_path, HELPER.replace("		set_page_dirty_lock(page);\n", "		cpu_relax();\n"),
                era="pin_user_pages")
    assert {site["outcome"] for site in made.sites} == {"kept"}


def test_helper_of_pins(tmp_path: Path) -> None:
    text = HELPER.replace("	if (n == 1)", "	memset(page_address(pages[0]), 0, PAGE_SIZE);\n	if (n == 1)") \
        .replace("addr, 16, 0, pages", "addr, 16, FOLL_WRITE, pages")
    made = Sack(tmp_path, text, era="pin_user_pages")
    assert {site["outcome"] for site in made.sites} == {"converted"}, made.reasons()
    assert "	unpin_user_pages(pages, n);\n" in made.after()
    assert "	long n = pin_user_pages_fast(addr, 16, FOLL_WRITE, pages);\n" in made.after()
    assert made.again(tmp_path) == []


@pytest.mark.parametrize(("old", "new", "reason"), [
    ("sack_put_pages(mine, 2);", "sack_put_pages(mine, 2);\n	sack_hook = sack_put_pages;", "mixed"),
    ("	sack_put_pages(mine, 2);", "	if (get_user_pages_fast(0, 2, 0, mine) == 2)\n"
     "		sack_put_pages(mine, 2);", "mixed"),
    ("sack_put_pages(mine, 2);\n	return 0;",
     "sack_put_pages(mine, 2); sack_put_pages(mine, 2);\n	return 0;", "two calls of it"),
    ("static void sack_put_pages(struct page **pages, int n)\n{",
     "static void sack_put_pages(struct page **pages, int n)\n{" + "\n\tcpu_relax();" * 40,
     "too long"),
    ("long sack_take(", "int sack_put_user_pages;\n\nlong sack_take(", "the name for it is taken"),
    ("	int i;\n", "	int i;\n\n	put_page(alloc_page(GFP_KERNEL));\n", ""),
], ids=["pointer", "both", "line", "long", "taken", "decoy"])
def test_helper_that_cannot(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = HELPER.replace(old, new).replace("long sack_take(",
                                            "void (*sack_hook)(struct page **, int);\n\n"
                                            "long sack_take(" if "sack_hook" in new else
                                            "long sack_take(")
    made = Sack(tmp_path, text)
    inside = [site for site in made.sites if site["function"] == "sack_put_pages"]
    if reason:
        assert "converted" not in {site["outcome"] for site in inside}
        assert "sack_put_user_pages(" not in made.after()
    else:
        assert made.after().count("put_page(alloc_page(GFP_KERNEL))") == 2
    if reason not in ("", "mixed"):
        assert reason in inside[0]["reason"]


GUARDED = HEAD + "#include <linux/cleanup.h>\n" + TAKE + """
void sack_drop(struct sack *sack, int i)
{
	scoped_guard(mutex, &sack->nr) {
		put_page(sack->pages[i]);
	}
}

void sack_drop_first(struct sack *sack)
{
	put_page(sack->pages[0]);
}
"""
CLEANUP = "#define scoped_guard(kind, lock) for (int _k = 1; _k; _k = 0)\n"


def test_function_that_spatch_drops(tmp_path: Path) -> None:
    """It exits 0 all the same: what was to change and what did is counted and told."""
    made = Sack(tmp_path, GUARDED, {"include/linux/cleanup.h": CLEANUP})
    assert made.outcomes() == ["refused", "refused"]
    line = GUARDED[:GUARDED.index("put_page(")].count("\n") + 1
    kept = dump(made.db)
    said = run("convert", "--db", made.db, "--only", PATH).stderr
    assert f"{PATH}: 0 of 2 sites changed: line {line}, put_page(): spatch cannot parse" in said
    assert dump(made.db) == kept
    found = rows("sql", made.db, "SELECT path, expected, changed, reason_text(c.reason, c.args) AS note FROM edit_check AS c "
                 "JOIN file ON file.id = c.file_id")
    assert [(row["path"], row["expected"], row["changed"]) for row in found] == [(PATH, "2", "0")]
    assert "spatch cannot parse the function" in found[0]["note"]


def test_what_fits_is_counted_too(tmp_path: Path) -> None:
    made = Sack(tmp_path, HELPER)
    assert rows("sql", made.db, "SELECT expected, changed, reason AS note FROM edit_check") == [
        {"expected": "2", "changed": "2", "note": ""}]
    assert "sites changed" not in run("convert", "--db", made.db, "--only", PATH).stderr
