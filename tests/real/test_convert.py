# SPDX-License-Identifier: GPL-2.0-only
"""gupconv convert on whole kernels: each site's outcome, parts of it, dry, and twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import dump, rows, run

SECONDS = 90
"""Of CPU, for a conversion without its index; spatch's included."""


@dataclass(frozen=True)
class Converted:
    version: str
    tree: Path
    indexed: Path
    db: Path
    sites: list[dict[str, str]]
    said: str
    cpu: float


def children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


@pytest.fixture(scope="module")
def converted(indexed, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    if not shutil.which("spatch"):
        pytest.skip("spatch is not installed")
    db = Path(shutil.copy(indexed.db, tmp_path_factory.mktemp("converted") / "x.db"))
    before = children_cpu()
    sites = rows("convert", db)
    cpu = children_cpu() - before
    said = run("convert", "--db", db).stderr
    print(f"note: {indexed.version}: converted in {cpu:.0f} CPU s")
    return Converted(indexed.version, indexed.tree, indexed.db, db, sites, said, cpu)


def part(converted: Converted, folder: Path, *args: object) -> tuple[Path, list[dict[str, str]]]:
    db = Path(shutil.copy(converted.indexed, folder / "part.db"))
    return db, rows("convert", db, *args)


def changed(db: Path) -> set[str]:
    return {row["path"] for row in rows("sql", db, "SELECT path FROM edit_file AS e "
                                        "JOIN file AS f ON f.id = e.file_id")}


def some_site(converted: Converted, rule: bool = True) -> dict[str, str]:
    """The first site that a rule converted, so that no patch source comes along."""
    for site in converted.sites:
        if site["outcome"] == "converted" and ("/" in site["rule"]) != rule:
            return site
    pytest.skip(f"{converted.version}: no such site")


def test_every_site_has_an_outcome_and_a_reason(converted: Converted) -> None:
    decided = rows("sql", converted.db, "SELECT call_id FROM decision")
    assert len(converted.sites) == len(decided)
    assert {site["outcome"] for site in converted.sites} <= {"converted", "kept", "refused"}
    assert [site for site in converted.sites if site["outcome"] != "converted"
            and not site["reason"]] == []
    assert [site for site in converted.sites if site["outcome"] == "converted"
            and not site["rule"]] == []


def test_what_was_asked_for_is_what_changed(converted: Converted) -> None:
    found = rows("sql", converted.db, "SELECT f.path, c.expected, c.changed, "
                 "reason_text(c.reason, c.args) AS note "
                 "FROM edit_check AS c JOIN file AS f ON f.id = c.file_id")
    assert found or not changed(converted.db)
    for row in found:
        same = row["expected"] == row["changed"]
        assert same == (row["note"] == "")
        assert same != (f"{row['path']}: {row['changed']} of {row['expected']} sites changed"
                        in converted.said)


def test_twice_is_the_same(converted: Converted) -> None:
    kept, before = dump(converted.db), children_cpu()
    assert rows("convert", converted.db) == converted.sites
    assert dump(converted.db) == kept
    assert children_cpu() - before < 10


def test_dry_run(converted: Converted, tmp_path: Path) -> None:
    path = some_site(converted)["path"]
    kept = dump(converted.indexed)
    db, sites = part(converted, tmp_path, "--dry-run", "--only", path)
    assert [site for site in sites if site["outcome"] == "converted"]
    assert dump(db) == kept


@pytest.mark.parametrize("what", ["id", "place", "path", "folder", "subsystem"])
def test_only(converted: Converted, tmp_path: Path, what: str) -> None:
    site = some_site(converted)
    row = rows("sql", converted.db, f"SELECT * FROM site WHERE id = {site['id']}")[0]
    only = {"id": site["id"], "place": f"{site['path']}:{site['line']}", "path": site["path"],
            "folder": str(Path(site["path"]).parent), "subsystem": row["subsystem"]}[what]
    db, sites = part(converted, tmp_path, "--only", only)
    assert site["path"] in changed(db)
    assert changed(db) < changed(converted.db) or len(changed(converted.db)) == 1
    asked = {s["id"] for s in sites if s["reason"] != "not chosen"}
    assert site["id"] in asked and len(asked) < len(converted.sites)
    if what == "path":
        assert {s["path"] for s in sites} >= {site["path"]}
        assert {s["id"]: s["outcome"] for s in sites if s["path"] == site["path"]} == {
            s["id"]: s["outcome"] for s in converted.sites if s["path"] == site["path"]}


def test_diff_applies(converted: Converted, tmp_path: Path) -> None:
    text = run("convert", "--db", converted.db, "--diff").stdout
    paths = {line.split("\t")[0][6:] for line in text.splitlines() if line.startswith("+++ b/")}
    assert changed(converted.db) <= paths
    for path in paths:
        if (converted.tree / path).exists():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(converted.tree / path, tmp_path / path)
    subprocess.run(["git", "apply", "--check", "-"], input=text, text=True, cwd=tmp_path,
                   check=True)


def test_cost(converted: Converted) -> None:
    assert converted.cpu < SECONDS
