# SPDX-License-Identifier: GPL-2.0-only
"""audit of whole kernels: numbers that add up, SARIF that is valid, and how long it takes."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
from pathlib import Path

import jsonschema
from mistakes import OF_THE_FUNCTION, patch, removed, sample, sites_of
from support import GUPCONV, TREES, rows, run

sys.path.insert(0, str(TREES))

import sarif  # noqa: E402


def tsv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_parts_add_up(indexed) -> None:
    *parts, total = tsv(run("audit", "--db", indexed.db, "--counts", "--format", "tsv", code=1).stdout)
    found = tsv(run("audit", "--db", indexed.db, "--format", "tsv", code=1).stdout)
    sites = rows("sites", indexed.db)
    assert total["what"] == "total"
    for column in ("acquires", "releases", "findings", "accepted"):
        assert sum(int(part[column]) for part in parts) == int(total[column])
    for part in parts:
        assert int(part["findings"]) == sum(row["finding"] == part["what"] for row in found)
    assert int(total["findings"]) == len(found)
    assert int(total["acquires"]) == sum(row["role"] == "acquire" for row in sites)
    assert int(total["releases"]) == sum(row["role"] == "release" for row in sites)


def test_sarif_is_valid(indexed) -> None:
    document = json.loads(run("audit", "--db", indexed.db, "--format", "sarif", code=1).stdout)
    for schema in sarif.schemas():
        jsonschema.validators.validator_for(schema)(schema).validate(document)
    found = tsv(run("audit", "--db", indexed.db, "--format", "tsv", code=1).stdout)
    prints = [result["partialFingerprints"]["gupconv/v1"] for result in document["runs"][0]["results"]]
    assert prints == [row["fingerprint"] for row in found] and len(set(prints)) == len(prints)
    paths = [result for result in document["runs"][0]["results"]
             if result["ruleId"] in ("unreleased", "double", "mismatched")]
    assert all(result["codeFlows"] for result in paths)


def cpu_seconds(*args: object) -> float:
    """Of a processor: what else the machine does matters little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([GUPCONV, *map(str, args)], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_audit_takes_less_than_two_seconds(indexed) -> None:
    assert cpu_seconds("audit", "--db", indexed.db) < 2


def test_check_of_one_file_is_cheap(indexed, record_property, tmp_path: Path) -> None:
    """Less than thrice an index without changes, in the same run: machines differ, and one does too."""
    planted = sample(indexed.tree, sites_of(indexed.db, OF_THE_FUNCTION), 1, 5)
    (tmp_path / "x.patch").write_text(patch(indexed.tree, planted, removed), encoding="utf-8")
    check = "check", "--db", indexed.db, "--tree", indexed.tree, tmp_path / "x.patch"
    nothing = "index", indexed.tree, "--db", indexed.db
    pairs = [(cpu_seconds(*check), cpu_seconds(*nothing)) for _ in range(2)]
    print(f"note: {indexed.version}: {planted[0].path}: {pairs[0][0]:.1f} CPU seconds")
    record_property("seconds", round(pairs[0][0], 1))
    assert min(seconds / unchanged for seconds, unchanged in pairs) < 3, pairs
