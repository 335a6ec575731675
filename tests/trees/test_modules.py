# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel: every call under every version, states as of the kernel at hand."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import ERAS, TESTS, TREES, dump, first_difference, real_tree, rows, run

ANVIL = TESTS / "modules" / "anvil"
OTHER = TESTS / "kernel" / "module"


def index_module(module: Path, kernel: Path, db: Path, *args: object) -> str:
    return run("index", "--module", module, "--kernel", kernel, "--db", db, *args).stderr


def expected() -> list[dict[str, str]]:
    with (TESTS / "modules" / "anvil.expected.tsv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def anvils(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("anvils")
    for era in ERAS:
        index_module(ANVIL, TREES / era, folder / f"{era}.db")
    return {era: folder / f"{era}.db" for era in ERAS}


@pytest.mark.parametrize("era", ERAS)
def test_rows(era: str, anvils: dict[str, Path]) -> None:
    have = {(row["path"], row["line"], row["callee"], row["role"]): row["state"]
            for row in rows("sites", anvils[era])}
    want = {(row["path"], row["line"], row["callee"], row["role"]): row[era]
            for row in expected()}
    assert have == want


def test_guards_in_words(anvils: dict[str, Path]) -> None:
    """The use of a macro has the guard of the macro that was used."""
    have = {(row["path"], row["line"], row["callee"]): row["guard"]
            for row in rows("sites", anvils["put_user_page"])}
    assert have == {(row["path"], row["line"], row["callee"]): row["guard"]
                    for row in expected()}


@pytest.mark.parametrize("era", ERAS)
def test_nothing_is_text_only(era: str, anvils: dict[str, Path]) -> None:
    run("audit", "--completeness", "--db", anvils[era])
    assert {row["status"] for row in rows("sites", anvils[era])} == {"resolved", "recovered"}
    assert not rows("sites", anvils[era], "--role", "acquire")[0]["subsystem"]


@pytest.mark.parametrize("era,finding", [("put_user_page", "missed"),
                                         ("pin_user_pages", "mismatched")])
def test_the_forgotten_release_is_named(era: str, finding: str, anvils: dict[str, Path]) -> None:
    text = run("audit", "--format", "tsv", "--db", anvils[era], code=1).stdout
    found = [row for row in csv.DictReader(text.splitlines(), delimiter="\t")
             if row["finding"] == finding]
    assert [(row["path"], row["line"]) for row in found] == [("core/reap.c", "33")]


def test_the_test_module_too(tmp_path: Path) -> None:
    """tests/kernel/module has a release left over on purpose."""
    db = tmp_path / "x.db"
    index_module(OTHER, TREES / "put_user_page", db)
    assert "text-only" not in {row["status"] for row in rows("sites", db)}
    text = run("audit", "--format", "tsv", "--db", db, code=1).stdout
    named = {(row["path"], int(row["line"]))
             for row in csv.DictReader(text.splitlines(), delimiter="\t")
             if row["finding"] == "missed"}
    left = {(path.name, number + 1) for path in OTHER.glob("*.c")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
            if re.match(r"\s+put_page\(", line)}
    assert left and left <= named


def test_kernel_without_a_target_is_said(anvils: dict[str, Path]) -> None:
    done = run("convert", "--db", anvils["none"], code=3)
    assert done.stderr.count("\n") == 1
    assert f"{TREES / 'none'}: include/linux/mm.h offers no function" in done.stderr


def test_convert(anvils: dict[str, Path], tmp_path: Path) -> None:
    db = Path(shutil.copy(anvils["put_user_page"], tmp_path / "x.db"))
    text = run("convert", "--db", db, "--format", "tsv").stdout
    made = [row for row in csv.DictReader(text.splitlines(), delimiter="\t")
            if row["outcome"] == "converted"]
    assert [(row["path"], row["line"], row["target"]) for row in made] == \
        [("core/reap.c", "33", "put_user_page")]


def test_jobs_do_not_show_and_nothing_new(anvils: dict[str, Path], tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    index_module(ANVIL, TREES / "none", db, "-j1")
    assert not first_difference(dump(anvils["none"]), dump(db))
    assert "up to date" in index_module(ANVIL, TREES / "none", db)


def test_a_change_of_either_is_seen(tmp_path: Path) -> None:
    module = Path(shutil.copytree(ANVIL, tmp_path / "anvil"))
    kernel = Path(shutil.copytree(TREES / "none", tmp_path / "kernel", symlinks=True))
    db = tmp_path / "x.db"
    index_module(module, kernel, db)
    header = module / "include/anvil_compat.h"
    header.write_text("\n" + header.read_text(encoding="utf-8"), encoding="utf-8")
    said = index_module(module, kernel, db)
    assert " 3 parsed" in said, said
    mm_h = kernel / "include/linux/mm.h"
    mm_h.write_text(mm_h.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert " 5 parsed" in index_module(module, kernel, db)


def test_a_build_directory_and_an_installed_package(anvils: dict[str, Path],
                                                    tmp_path: Path) -> None:
    """Both are a Makefile that includes the one of the sources, which may lie beside."""
    package = tmp_path / "linux-headers-1-amd64"
    package.mkdir()
    shutil.copytree(TREES / "none", tmp_path / "linux-headers-1-common", symlinks=True)
    for where in ("/usr/src/linux-headers-1-common/Makefile", "../linux-headers-1-common/Makefile",
                  f"{TREES / 'none'}/Makefile"):
        (package / "Makefile").write_text(f"# made by hand\ninclude {where}\n", encoding="utf-8")
        db = tmp_path / "x.db"
        index_module(ANVIL, package, db)
        assert rows("sites", db) == rows("sites", anvils["none"])


def test_what_is_no_kernel_or_no_module(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for module, kernel, word in ((ANVIL, tmp_path / "empty", "not a kernel source tree"),
                                 (ANVIL, tmp_path / "nowhere", "No such file"),
                                 (tmp_path / "nowhere", TREES / "none", "No such file"),
                                 (tmp_path / "file", TREES / "none", "a module is a directory")):
        done = run("index", "--module", module, "--kernel", kernel, "--db", tmp_path / "x.db",
                   code=3)
        assert done.stderr.count("\n") == 1 and word in done.stderr
    assert not (tmp_path / "x.db").exists()


def installed_headers() -> Path | None:
    names = [Path(name) for name in os.environ.get("GUPCONV_HEADERS", "").split() if name]
    found = names or sorted(Path("/lib/modules").glob("*/build")) + \
        sorted(Path("/usr/src").glob("linux-headers-*-amd64"))
    return next((path for path in found if (path / "Makefile").is_file()), None)


def test_real_headers_package(tmp_path: Path) -> None:
    headers = installed_headers()
    if not headers:
        pytest.skip("no linux-headers package is installed (or set GUPCONV_HEADERS)")
    index_module(ANVIL, headers, tmp_path / "x.db")
    have = {(row["path"], row["line"], row["callee"])
            for row in rows("sites", tmp_path / "x.db") if row["status"] != "text-only"}
    assert have == {(row["path"], row["line"], row["callee"]) for row in expected()}


def test_real_kernel(tmp_path: Path) -> None:
    tree, why = real_tree("6.1")
    if not tree:
        pytest.skip(why)
    index_module(ANVIL, tree, tmp_path / "x.db")
    have = {(row["path"], row["line"], row["callee"])
            for row in rows("sites", tmp_path / "x.db") if row["status"] != "text-only"}
    assert have == {(row["path"], row["line"], row["callee"]) for row in expected()}


UNCONVERTED = """
// SPDX-License-Identifier: GPL-2.0
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct torch { struct device *dev; struct page *page; dma_addr_t dma; };

int torch_map(struct torch *torch, unsigned long uaddr)
{
	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &torch->page) != 1)
		return -EFAULT;
	torch->dma = dma_map_page(torch->dev, torch->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void torch_unmap(struct torch *torch)
{
	dma_unmap_page(torch->dev, torch->dma, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty_lock(torch->page);
	put_page(torch->page);
}
"""


def test_the_offer_is_read_from_the_headers(tmp_path: Path) -> None:
    """A module that calls nothing of the new family is converted to it, if the kernel has it."""
    module = tmp_path / "module"
    module.mkdir()
    (module / "Kbuild").write_text("obj-m += torch.o\n")
    (module / "torch.c").write_text(UNCONVERTED)
    states = {}
    for era in ERAS:
        index_module(module, TREES / era, tmp_path / f"{era}.db")
        states[era] = {(row["callee"], row["state"], row["target"])
                       for row in rows("sites", tmp_path / f"{era}.db")}
    assert states["pin_user_pages"] == {
        ("get_user_pages_fast", "unconverted", "pin_user_pages_fast"),
        ("put_page", "unconverted", "unpin_user_page")}
    assert states["put_user_page"] == {("get_user_pages_fast", "unconverted", "get_user_pages_fast"),
                                       ("put_page", "unconverted", "put_user_page")}
    diff = run("convert", "--db", tmp_path / "pin_user_pages.db", "--diff").stdout
    assert "+\tif (pin_user_pages_fast(" in diff and "+\tunpin_user_page(" in diff


def test_a_header_that_comes_to_offer_more_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.mkdir()
    (module / "Kbuild").write_text("obj-m += torch.o\n")
    (module / "torch.c").write_text(UNCONVERTED)
    kernel = Path(shutil.copytree(TREES / "pin_user_pages", tmp_path / "kernel"))
    header = kernel / "include/linux/mm.h"
    whole = header.read_text()
    header.write_text(re.sub(r"\bunpin_user_page\(", "unpin_user_leaf(", whole))
    index_module(module, kernel, tmp_path / "x.db")
    assert {row["state"] for row in rows("sites", tmp_path / "x.db")} == {"keep"}
    header.write_text(whole)
    index_module(module, kernel, tmp_path / "x.db")
    assert {row["state"] for row in rows("sites", tmp_path / "x.db")} == {"unconverted"}


def test_conversion_builds_by_its_own_make(tmp_path: Path) -> None:
    headers = installed_headers()
    if not headers:
        pytest.skip("no linux-headers package is installed (or set GUPCONV_HEADERS)")
    module = Path(shutil.copytree(TESTS / "modules" / "sconce", tmp_path / "sconce"))
    index_module(module, headers, tmp_path / "x.db")
    diff = run("convert", "--db", tmp_path / "x.db", "--diff").stdout
    subprocess.run(["patch", "-p1", "-d", module], input=diff, text=True, check=True)
    text = (module / "sconce.c").read_text()
    assert "put_page(" not in re.sub(r"unpin_user_page\w*\(", "", text)
    made = subprocess.run(["make", "-C", module, f"KDIR={headers}"], capture_output=True, text=True,
                          check=False)
    assert made.returncode == 0 and "warning: " not in made.stderr.split("vmlinux")[0], made.stderr
    index_module(module, headers, tmp_path / "y.db")
    run("audit", "--db", tmp_path / "y.db")
    assert {row["state"] for row in rows("sites", tmp_path / "y.db")} == {"converted"}


def test_branches_of_a_makefile_do_not_meet(tmp_path: Path) -> None:
    """Asked for by its guard, the other branch's macro comes without the first one's."""
    module = tmp_path / "module"
    module.mkdir()
    (module / "Kbuild").write_text(
        "obj-m := x.o\nifeq ($(shell echo y),y)\nccflags-y += -DNEW_WAY -DBESIDE\nelse\n"
        "ccflags-y += -DOLD_WAY\nendif\n", encoding="utf-8")
    (module / "x.c").write_text(
        "#include <linux/mm.h>\n#ifdef NEW_WAY\n#define drop(p) unpin_user_page(p)\n#endif\n"
        "#ifdef OLD_WAY\nstatic void drop(struct page *p)\n{\n\tput_page(p);\n}\n#endif\n"
        "#if defined(BESIDE) && defined(NEW_WAY)\n"
        "void both(struct page *p)\n{\n\tput_page(p);\n}\n#endif\n"
        "void use(struct page *p)\n{\n\tdrop(p);\n}\n", encoding="utf-8")
    index_module(module, TREES / "pin_user_pages", tmp_path / "x.db")
    have = {(row["function"], row["callee"]): row["status"]
            for row in rows("sites", tmp_path / "x.db") if row["line"] != "3"}
    assert have == {("drop", "put_page"): "recovered", ("both", "put_page"): "resolved",
                    ("use", "unpin_user_page"): "resolved"}
