# SPDX-License-Identifier: GPL-2.0-only
"""The whole way on each mini kernel: what comes out applies, and is right where it is known."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import ERAS, TREES, copy_tree, index, rows, run

SENDER = {"GIT_AUTHOR_NAME": "A Tester", "GIT_AUTHOR_EMAIL": "tester@example.com",
          "GIT_COMMITTER_NAME": "A Tester", "GIT_COMMITTER_EMAIL": "tester@example.com",
          "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
ENV = {**os.environ, **SENDER}


@dataclass(frozen=True)
class Walked:
    era: str
    tree: Path   # a copy, as it was
    db: Path
    series: Path
    table: str   # what the run printed
    patched: Path


def git(tree: Path, *args: str | Path) -> str:
    done = subprocess.run(["git", *args], cwd=tree, env=ENV, text=True, capture_output=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session", params=ERAS)
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp(request.param)
    tree = copy_tree(request.param, folder / "tree")
    before = bytes_below(tree)
    done = run("run", tree, "-o", folder / "series", "--db", folder / "x.db", env=ENV,
               cwd=folder)
    assert bytes_below(tree) == before, "the tree was written to"
    patched = Path(shutil.copytree(tree, folder / "patched", symlinks=True))
    git(patched, "init", "-q")
    git(patched, "add", "-A", "-f")
    git(patched, "commit", "-q", "-m", "before")
    patches = sorted((folder / "series").glob("*.patch"))
    git(patched, "am", "-q", *[path for path in patches if not path.name.startswith("0000")])
    return Walked(request.param, tree, folder / "x.db", folder / "series", done.stdout, patched)


def patches_of(walked: Walked) -> list[Path]:
    return sorted(path for path in walked.series.glob("*.patch")
                  if not path.name.startswith("0000"))


def expected(era: str) -> list[dict[str, str]]:
    with (TREES / f"{era}.expected.tsv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def test_series_is_there_and_applied(walked: Walked) -> None:
    patches = patches_of(walked)
    assert len(patches) >= 10
    assert (walked.series / "0000-cover-letter.patch").exists()
    log = git(walked.patched, "log", "--oneline").splitlines()
    assert len(log) == len(patches) + 1


def test_second_run_writes_the_same_bytes(walked: Walked, tmp_path: Path) -> None:
    before = bytes_below(walked.series)
    again = Path(shutil.copytree(walked.series, tmp_path / "series"))
    db = Path(shutil.copy(walked.db, tmp_path / "x.db"))
    run("run", walked.tree, "-o", again, "--db", db, "--no-prove", env=ENV)
    assert bytes_below(again) == before


def test_fresh_run_writes_the_same_bytes(walked: Walked, tmp_path: Path) -> None:
    run("run", walked.tree, "-o", tmp_path / "series", "--db", tmp_path / "x.db", "--no-prove",
        "-j", 1, env=ENV)
    mine, other = bytes_below(walked.series), bytes_below(tmp_path / "series")
    assert {name: mine[name] for name in mine if name.endswith(".patch")} == \
        {name: other[name] for name in other if name.endswith(".patch")}


def test_every_patch_says_what_and_who(walked: Walked) -> None:
    for path in patches_of(walked):
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^Subject: \[PATCH \d+/\d+\] \S+.*: ", text, re.M), path.name
        assert "From: A Tester <tester@example.com>" in text
        assert "\nSigned-off-by: A Tester <tester@example.com>\n" in text
        body = text.split("\n\n", 1)[1].split("\n---\n", 1)[0]
        assert len(body.split()) > 20, f"{path.name}: says next to nothing"


def test_no_file_is_in_two_conversions(walked: Walked) -> None:
    patches = rows("sql", walked.db,
                   "SELECT f.path, count(*) AS n FROM patch_file AS f JOIN patch AS p "
                   "ON p.id = f.patch_id WHERE p.source = '' GROUP BY f.path")
    assert patches and not [row for row in patches if row["n"] != "1"]


def releases_by_function(sites: list[dict[str, str]]) -> Counter[tuple[str, str, str]]:
    return Counter((row["path"], row["function"], row["callee"]) for row in sites
                   if row["role"] == "release" and row["status"] != "homonym")


def test_decoys_and_mixed_places_are_left_alone(walked: Walked, tmp_path: Path) -> None:
    """A function has at least as many plain releases after as the table says must stay."""
    index(walked.patched, tmp_path / "after.db")
    after = releases_by_function(rows("sites", tmp_path / "after.db"))
    seen = {(row["path"], int(row["line"])) for row in rows("sites", walked.db)}
    must_stay = Counter((row["path"], row["function"], row["callee"])
                        for row in expected(walked.era)
                        if row["role"] == "release" and row["verdict"] in ("decoy", "mixed")
                        and (row["path"], int(row["line"])) in seen)
    assert must_stay
    lost = {key: (count, after[key]) for key, count in must_stay.items() if after[key] < count}
    assert not lost


def test_converted_sites_are_converted_afterwards(walked: Walked, tmp_path: Path) -> None:
    """Seen by a new index of the patched tree: nothing half done, nothing left to convert."""
    edits = rows("sql", walked.db, "SELECT s.path, s.line, s.role, s.function FROM edit_site AS e "
                 "JOIN site AS s ON s.id = e.call_id WHERE e.outcome = 'converted'")
    assert len(edits) >= 20
    index(walked.patched, tmp_path / "after.db")
    after = rows("sites", tmp_path / "after.db")
    functions = {(row["path"], row["function"]) for row in edits}
    before = rows("sites", walked.db)
    for state in ("mismatched",):
        was = Counter((row["path"], row["function"]) for row in before if row["state"] == state)
        now = Counter((row["path"], row["function"]) for row in after if row["state"] == state)
        assert not now - was, f"{state} by the conversion"
    converted = {(row["path"], row["function"]) for row in after if row["state"] == "converted"}
    assert functions & converted
    done_acquires = {(row["path"], row["function"]) for row in edits if row["role"] == "acquire"}
    refused = {(row["path"], row["function"]) for row in rows(
        "sql", walked.db, "SELECT s.path, s.function FROM edit_site AS e JOIN site AS s "
        "ON s.id = e.call_id WHERE e.outcome <> 'converted'")}
    left = sorted({(row["path"], row["function"]) for row in after
                   if row["role"] == "acquire" and row["state"] == "unconverted"}
                  & (done_acquires - refused))
    assert not left


def test_patched_tree_has_no_run_left_to_do(walked: Walked, tmp_path: Path) -> None:
    """A converted site is not converted again."""
    run("run", walked.patched, "-o", tmp_path / "again", "--db", tmp_path / "again.db",
        "--no-prove", "--no-tree-scripts", env=ENV)
    first = {row["path"] for row in rows("sql", walked.db, "SELECT path FROM patch_file")}
    again = Counter(row["path"] for row in rows(
        "sql", tmp_path / "again.db", "SELECT path FROM patch_file"))
    assert set(again) <= first and len(again) < len(first) / 4, sorted(again)


def test_table_says_where_the_patches_are(walked: Walked) -> None:
    assert str(walked.series) in walked.table
    words = ("sites found", "converted", "kept", "left over", "patches written", "patches proven")
    for word in words:
        assert word in walked.table, walked.table


def test_numbers_of_the_table_add_up(walked: Walked) -> None:
    numbers = {match.group(1): int(match.group(2)) for match in
               re.finditer(r"^(\w[\w ]*?)\s{2,}(\d+)", walked.table, re.M)}
    assert numbers["sites found"] == sum(numbers[word] for word in (
        "converted", "right already", "kept", "left over"))
    assert numbers["patches written"] == len(patches_of(walked))


def test_no_patch_failed_its_proof(walked: Walked) -> None:
    verdicts = Counter(row["outcome"] for row in rows(
        "sql", walked.db, "SELECT outcome FROM verdict"))
    assert verdicts["proven"] >= 10 and not verdicts["failed"] and not verdicts["warned"], verdicts
