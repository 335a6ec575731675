# SPDX-License-Identifier: GPL-2.0-only
"""The index of each mini kernel against its table of truth, ERA.expected.tsv.

A difference that is known stands in known-differences.tsv with its reason. One
that is not, and one that is no longer, both fail: the list is never out of date.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from support import ERAS, TREES, rows, run

Key = tuple[str, int]
Difference = tuple[str, str, str]  # path:line, callee, what


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def known(era: str, subject: str) -> dict[Difference, str]:
    return {(row["at"], row["callee"], row["difference"]): row["reason"]
            for row in read_table(TREES / "known-differences.tsv")
            if row["era"] == era and row["subject"] == subject}


def expected(era: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(f"{row['path']}:{row['line']}", row["callee"]): row
            for row in read_table(TREES / f"{era}.expected.tsv")}


def found(db: Path) -> dict[tuple[str, str], dict[str, str]]:
    return {(f"{row['path']}:{row['line']}", row["callee"]): row for row in rows("sites", db)}


def compare(era: str, subject: str, differences: set[Difference]) -> None:
    listed = known(era, subject)
    new = sorted(differences - set(listed))
    gone = sorted(set(listed) - differences)
    text = [f"new: {'  '.join(difference)}" for difference in new]
    text += [f"no longer, take it out of known-differences.tsv: {'  '.join(difference)}"
             for difference in gone]
    assert not text, "\n".join([f"{era} {subject}", *text])


def status_wanted(row: dict[str, str]) -> set[str]:
    if row["verdict"] in ("dead", "homonym"):
        return {row["verdict"]}
    if row["role"] == "release" and row["verdict"] == "unknown":
        return {"resolved", "recovered", "dead"}
    return {"resolved", "recovered"}


@pytest.mark.parametrize("era", ERAS)
def test_sites(era: str, databases: dict[str, Path]) -> None:
    """Every row of the table is a site, of the right role, function and status; none besides."""
    want, have = expected(era), found(databases[era])
    differences: set[Difference] = {(*key, "missing") for key in set(want) - set(have)}
    for key, site in have.items():
        path = key[0]
        if key not in want:
            if not path.startswith(("include/", "mm/")):
                differences.add((*key, "not in the table"))
            continue
        row = want[key]
        for name in ("role", "function"):
            if site[name] != row[name]:
                differences.add((*key, f"{name} {site[name]}"))
        if site["status"] not in status_wanted(row):
            differences.add((*key, f"status {site['status']}"))
        arch = re.search(r"arch=(\w+)", row["note"])
        if arch and site["arch"] != arch.group(1):
            differences.add((*key, f"arch {site['arch']}"))
    compare(era, "sites", differences)


def verdicts_of_releases(db: Path) -> dict[tuple[str, str], set[str]]:
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("links", db):
        if row["release_id"]:
            key = (f"{row['release_path']}:{row['release_line']}", row["release_callee"])
            kinds[key].add(row["kind"])
    return kinds


@pytest.mark.parametrize("era", ERAS)
def test_releases(era: str, databases: dict[str, Path]) -> None:
    """Whose pages a release drops."""
    kinds = verdicts_of_releases(databases[era])
    words = {"linked": {"link"}, "decoy": {"decoy"}, "mixed": {"mixed"}, "unknown": {"unknown"}}
    differences: set[Difference] = set()
    sites = found(databases[era])
    for key, row in expected(era).items():
        if row["role"] != "release" or key not in sites or sites[key]["status"] == "dead":
            continue
        have = kinds.get(key, set())
        if have != words[row["verdict"]]:
            differences.add((*key, f"{row['verdict']} is {'+'.join(sorted(have)) or 'no link'}"))
    compare(era, "releases", differences)


def state_wanted(row: dict[str, str]) -> set[str]:
    state = re.search(r"state=(\w+)", row["note"])
    if state:
        return {state.group(1)}
    return {"convert": {"unconverted"}, "keep": {"keep"}, "mixed": {"mixed"},
            "unknown": {"unknown"}}[row["verdict"]]


@pytest.mark.parametrize("era", ERAS)
def test_acquires(era: str, databases: dict[str, Path]) -> None:
    """The state and the target of each acquire."""
    differences: set[Difference] = set()
    sites = found(databases[era])
    for key, row in expected(era).items():
        if row["role"] != "acquire" or key not in sites or row["verdict"] in ("dead", "homonym"):
            continue
        if sites[key]["state"] not in state_wanted(row):
            differences.add((*key, f"{row['verdict']} is {sites[key]['state']}"))
    compare(era, "acquires", differences)


def test_known_differences_are_of_something() -> None:
    """A line of the list that no test reads would hide what it names."""
    subjects = {"sites", "releases", "acquires"}
    for row in read_table(TREES / "known-differences.tsv"):
        assert row["era"] in ERAS and row["subject"] in subjects and row["reason"], row


def test_table_checker_agrees() -> None:
    """The tables themselves are complete: a text search of their own kind says so."""
    import subprocess
    done = subprocess.run(["/usr/bin/python3", TREES / "check.py"], text=True,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_era_is_read_from_the_headers(databases: dict[str, Path]) -> None:
    for era in ERAS:
        answer = run("sql", "--db", databases[era], "--format", "tsv",
                     "SELECT value FROM meta WHERE key = 'era'").stdout
        assert answer == f"value\n{era}\n"
