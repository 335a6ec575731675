# SPDX-License-Identifier: GPL-2.0-only
"""An index after a change is the cold index of the changed tree, whatever remains of the earlier one:
its facts, what was asked for in the rounds of a search, the whole database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Callable

import pytest
from support import connect, copy_tree, dump, first_difference, index, run
from test_family import MEMBERS
from test_follow import (KEPT_DROP, KEPT_HEADER, KEPT_OTHER, KEPT_REED, KEPT_TABLE, KEPT_USER)

HOME = "drivers/heron"
NEST = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include "heron.h"

void nest_fill(struct egret *egret, struct heron *heron)
{
	egret->catch = heron->catch;
	put_page(egret->catch);
}
"""
# Its places have lines in their names.
ALLOCATES = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/slab.h>
#include "heron.h"

struct heron *heron_new(unsigned long uaddr)
{
	struct heron *a = kzalloc(sizeof(*a), GFP_KERNEL);

	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &a->catch) == 1) {
		struct page *page = a->catch;

		unpin_user_page(page);
	}
	if (!uaddr) {
		struct page *page = a->catch;

		unpin_user_page(page);
	}
	return a;
}
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree where pages are followed into files that name no acquire, with a cache of its own."""
    monkeypatch.setenv("GUPCONV_CACHE", str(tmp_path / "cache"))
    tree = copy_tree("pin_user_pages", tmp_path / "tree")
    (tree / HOME).mkdir()
    for name, text in (("heron.h", KEPT_HEADER), ("user.c", KEPT_USER), ("drop.c", KEPT_DROP),
                       ("table.c", KEPT_TABLE), ("reed.c", KEPT_REED), ("other.c", KEPT_OTHER),
                       ("new.c", "\n" * 20 + ALLOCATES)):
        (tree / HOME / name).write_text(text, encoding="utf-8")
    (tree / HOME / "Makefile").write_text(
        "obj-m += user.o drop.o table.o reed.o other.o new.o\n", encoding="utf-8")
    with (tree / "mm/gup.c").open("a", encoding="utf-8") as file:
        file.write(MEMBERS)
    return tree


def replace(path: Path, text: str) -> None:
    """As an editor does it: a new file, with a date of its own."""
    path.with_suffix(".tmp").write_text(text, encoding="utf-8")
    os.replace(path.with_suffix(".tmp"), path)


def edit(path: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def apply(tree: Path) -> None:
        before = (tree / path).read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        replace(tree / path, after)
    return apply


def at_end(text: str) -> str:
    return text + "\n/* touched */\n"


def moved(text: str) -> str:
    return "\n\n\n" + text


def add_file(tree: Path) -> None:
    (tree / HOME / "nest.c").write_text(NEST, encoding="utf-8")


CHANGES = {
    "comment in a candidate": edit(f"{HOME}/user.c", at_end),
    "comment in a followed file": edit(f"{HOME}/drop.c", at_end),
    "comment in a header": edit(f"{HOME}/heron.h", at_end),
    "comment in the family's file": edit("mm/gup.c", at_end),
    "lines of a candidate": edit(f"{HOME}/user.c", moved),
    "lines of places": edit(f"{HOME}/new.c", moved),
    "lines of places in another order": edit(f"{HOME}/new.c", lambda text: "\n" * 70 + text),
    "lines of a followed file": edit(f"{HOME}/reed.c", moved),
    "lines of a header": edit(f"{HOME}/heron.h", moved),
    "lines of the family": edit("mm/gup.c", moved),
    "another symbol": edit(f"{HOME}/Makefile", lambda text: text.replace(" drop.o", "")
                           + "obj-$(CONFIG_HERON) += drop.o\n"),
    "another owner": edit("MAINTAINERS", lambda text: text.replace("F:\t", "F:\tdrivers/heron/\nF:\t", 1)),
    "no pages": edit(f"{HOME}/user.c", lambda text: text.replace("&heron->catch", "NULL")),
    "another member": edit(f"{HOME}/drop.c", lambda text: text.replace("heron->catch", "heron->x")),
    "no release": edit(f"{HOME}/drop.c", lambda text: text.replace("put_page", "get_page")),
    "another order": edit(f"{HOME}/user.c", lambda text: text.replace(
        "\tint nr =", "\tint nr;\n\n\tnest->ops->take(pages, 4);\n\tnr =")),
    "a function more": edit(f"{HOME}/user.c", lambda text: text + (
        "\nvoid heron_more(struct egret *egret, struct heron *heron)\n{\n"
        "\tegret->catch = heron->catch;\n}\n")),
    "a file more": add_file,
    "a file less": lambda tree: (tree / HOME / "drop.c").unlink(),
}


def cold(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The dump of an index that knows nothing from before."""
    monkeypatch.setenv("GUPCONV_CACHE", str(tmp_path / "other-cache"))
    index(tree, tmp_path / "cold.db")
    return dump(tmp_path / "cold.db")


@pytest.mark.parametrize("name", CHANGES)
def test_as_cold(name: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "x.db"
    index(tree, db)
    before = dump(db)
    CHANGES[name](tree)
    assert "up to date" not in index(tree, db)
    after = dump(db)
    assert after != before
    assert not first_difference(cold(tree, tmp_path, monkeypatch), after)
    # And back again: what is kept of several states goes by the facts of each.
    index(tree, tmp_path / "again.db")
    assert not first_difference(after, dump(tmp_path / "again.db"))


def followed(db: Path) -> set[str]:
    with connect(db) as handle:
        return {path for path, in handle.execute("SELECT path FROM file WHERE path LIKE ?",
                                                 (HOME + "/%",))}


def test_what_is_followed_changes(tree: Path, tmp_path: Path) -> None:
    """The tests above would say little of a tree where the rounds always find the same."""
    index(tree, tmp_path / "x.db")
    assert f"{HOME}/drop.c" in followed(tmp_path / "x.db")
    (tree / HOME / "new.c").unlink()
    CHANGES["no pages"](tree)
    index(tree, tmp_path / "x.db")
    assert f"{HOME}/drop.c" not in followed(tmp_path / "x.db")


def wishes(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "wishes").glob("*"))


@pytest.mark.parametrize("path, change", [(f"{HOME}/user.c", at_end), (f"{HOME}/user.c", moved),
                                          (f"{HOME}/reed.c", moved), (f"{HOME}/new.c", moved)])
def test_no_round_is_computed_again(path: str, change: Callable[[str], str], tree: Path,
                                    tmp_path: Path) -> None:
    index(tree, tmp_path / "x.db")
    rounds = wishes(tmp_path)
    assert len(rounds) > 1
    edit(path, change)(tree)
    index(tree, tmp_path / "x.db")
    assert wishes(tmp_path) == rounds


def test_facts_of_a_round_have_a_key_of_their_own(tree: Path, tmp_path: Path) -> None:
    index(tree, tmp_path / "x.db")
    rounds = wishes(tmp_path)
    CHANGES["another order"](tree)
    index(tree, tmp_path / "x.db")
    assert set(wishes(tmp_path)) > set(rounds)


@pytest.mark.parametrize("damage", ["", "garbage", "1\t1\n", "7\t0\ta\tb\tc\td\nend\n", "half"])
def test_broken_wishes(damage: str, tree: Path, tmp_path: Path,
                       monkeypatch: pytest.MonkeyPatch) -> None:
    index(tree, tmp_path / "x.db")
    for path in wishes(tmp_path):
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole[:len(whole) // 2] if damage == "half" else damage, encoding="utf-8")
    index(tree, tmp_path / "y.db")
    assert not first_difference(cold(tree, tmp_path, monkeypatch), dump(tmp_path / "y.db"))


def test_a_conversion_does_not_outlive_its_text(tree: Path, tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "x.db"
    index(tree, db)
    run("convert", "--db", db)
    CHANGES["comment in a candidate"](tree)
    index(tree, db)
    assert not first_difference(cold(tree, tmp_path, monkeypatch), dump(db))
