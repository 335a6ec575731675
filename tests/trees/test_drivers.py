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
