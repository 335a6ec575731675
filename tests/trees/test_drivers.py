# SPDX-License-Identifier: GPL-2.0-only
"""Shapes of drivers outside of the kernel: each acquire is a row, each release is linked, all is right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import TREES, copy_tree, rows, run

DRIVERS = TREES / "drivers"
NAMES = sorted(path.name for path in DRIVERS.glob("*.c"))


@pytest.fixture(scope="session")
def drivers_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drivers")
    kernel = copy_tree("pin_user_pages", folder / "kernel")
    shutil.copy(DRIVERS / "drv.h", kernel / "include/linux")
    run("index", "--module", DRIVERS, "--kernel", kernel, "--db", folder / "x.db")
    return folder / "x.db"


def of(name: str, found: list[dict[str, str]], column: str = "path") -> list[dict[str, str]]:
    return [row for row in found if row[column] == name]


@pytest.mark.parametrize("name", NAMES)
def test_each_call_is_seen(name: str, drivers_db: Path) -> None:
    sites = of(name, rows("sites", drivers_db))
    assert {row["status"] for row in sites} <= {"resolved", "recovered"}
    text = (DRIVERS / name).read_text(encoding="utf-8")
    acquires = text.count("get_user_pages") + text.count("pin_user_pages") - text.count("unpin_user_pages")
    assert len([row for row in sites if row["role"] == "acquire"]) == acquires


@pytest.mark.parametrize("name", NAMES)
def test_each_release_is_linked(name: str, drivers_db: Path) -> None:
    """But the text of a macro, whose uses are linked."""
    links = of(name, rows("links", drivers_db), "release_path")
    assert {row["kind"] for row in links if row["release_function"]} <= {"link"}
    states = {row["state"] for row in of(name, rows("sites", drivers_db)) if row["function"]
              and "for other kernel versions" not in row["reason"]}
    assert states <= {"converted", "unconverted"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found(name: str, drivers_db: Path) -> None:
    query = ("SELECT f.kind, f.detail, f.line FROM finding AS f JOIN file AS p ON p.id = f.file_id "
             f"WHERE p.path = '{name}' AND f.kind NOT IN ('hazard', 'unknown')")
    assert rows("sql", drivers_db, query) == []


def test_what_a_file_keeps_is_kept(drivers_db: Path) -> None:
    """A dma-buf has the pages until the user closes it, though a work item drops them then."""
    acquire = next(row for row in of("exporter.c", rows("sites", drivers_db)) if row["role"] == "acquire")
    assert acquire["use_case"] == "2" and "keeps the pages" in acquire["reason"]


LODGE = """#include <linux/drv.h>
#include <linux/version.h>
struct lodge { struct page **pages; int n; };
static LIST_HEAD(lodges);
int lodge_export(struct lodge *l, unsigned long at);
int lodge_export(struct lodge *l, unsigned long at)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);
	long got = get_user_pages(
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 6, 0)
				  current, current->mm,
#endif
				  at, 16, FOLL_WRITE, l->pages);

	if (got <= 0)
		return -EFAULT;
	l->n = got;
	info.priv = l;
	return PTR_ERR_OR_ZERO(dma_buf_export(&info));
}
void lodge_release(struct dma_buf *buf);
void lodge_release(struct dma_buf *buf)
{
	struct lodge *l = buf->priv;
	int i;

	dma_map_page(NULL, l->pages[0], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	for (i = 0; i < l->n; i++)
		put_page(l->pages[i]);
}
"""


def test_no_flag_is_added_between_conditions(tmp_path: Path) -> None:
    """Which argument of the text has the flags depends on the kernel: the call is left as it is."""
    kernel = copy_tree("pin_user_pages", tmp_path / "kernel")
    shutil.copy(DRIVERS / "drv.h", kernel / "include/linux")
    module = tmp_path / "lodge"
    module.mkdir()
    (module / "Kbuild").write_text("obj-m += lodge.o\n", encoding="utf-8")
    (module / "lodge.c").write_text(LODGE, encoding="utf-8")
    run("index", "--module", module, "--kernel", kernel, "--db", tmp_path / "x.db")
    acquire = next(row for row in rows("sites", tmp_path / "x.db") if row["role"] == "acquire")
    assert acquire["state"] == "unconverted" and acquire["use_case"] == "2"
    assert run("convert", "--db", tmp_path / "x.db", "--diff").stdout == ""
