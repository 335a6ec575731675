# SPDX-License-Identifier: GPL-2.0-only
"""audit: SARIF, fingerprints that stay, accepted findings."""

from __future__ import annotations

import copy
import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sarif
from support import ERAS, copy_tree, index, run

WICKET = "drivers/misc/wicket.c"


def audit(db: Path, *args: object, code: int = 1) -> list[dict[str, str]]:
    text = run("audit", "--db", db, *args, "--format", "tsv", code=code).stdout
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def log(db: Path, *args: object, code: int = 1) -> dict[str, Any]:
    return json.loads(run("audit", "--db", db, *args, "--format", "sarif", code=code).stdout)


def validate(document: Any) -> None:
    for schema in sarif.schemas():
        checker = jsonschema.validators.validator_for(schema)
        checker(schema, format_checker=jsonschema.FormatChecker()).validate(document)


def fingerprints(found: list[dict[str, str]]) -> list[str]:
    return [row["fingerprint"] for row in found]


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    """A database of a tree of its own, tmp_path/tree."""
    index(copy_tree("pin_user_pages", tmp_path / "tree"), tmp_path / "x.db")
    return tmp_path / "x.db"


@pytest.mark.parametrize("era", ERAS)
def test_sarif_is_valid_and_has_every_finding(era: str, databases: dict[str, Path]) -> None:
    document = log(databases[era])
    validate(document)
    found = audit(databases[era])
    results = document["runs"][0]["results"]
    rules = document["runs"][0]["tool"]["driver"]["rules"]
    assert len(results) == len(found) > 3
    for result, row in zip(results, found):
        where = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["ruleId"].split("/")[0] == row["finding"]
        assert result["message"]["text"] == row["reason"]
        assert where["artifactLocation"]["uri"] == row["path"]
        assert str(where["region"]["startLine"]) == row["line"]
        assert result["partialFingerprints"] == {"gupconv/v1": row["fingerprint"]}
        assert result["kind"] == "fail" or result["level"] == "none"


def test_the_subset_would_see_what_is_wrong(databases: dict[str, Path]) -> None:
    good = log(databases["pin_user_pages"])
    for path, value in ((("runs", 0, "results", 0, "message"), {}), (("version",), "2.0.0"),
                        (("runs", 0, "results", 0, "kind"), "bad"), (("runs", 0, "extra"), 1),
                        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region",
                          "startLine"), 0)):
        bad = copy.deepcopy(good)
        inner = bad
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        with pytest.raises(jsonschema.ValidationError):
            validate(bad)


def test_a_mismatch_has_its_chain_and_its_other_side(databases: dict[str, Path]) -> None:
    results = log(databases["pin_user_pages"], "--kind", "mismatched")["runs"][0]["results"]
    (result,) = (r for r in results if "wicket_unlatch:" in r["partialFingerprints"]["gupconv/v1"])
    (other,) = result["relatedLocations"]
    assert other["message"]["text"] == "pin_user_pages() is here"
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    texts = [step["location"]["message"]["text"] for step in steps]
    lines = [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps]
    assert lines[0] == other["physicalLocation"]["region"]["startLine"]
    assert lines[-1] == result["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert texts[0] == "pin_user_pages() hands out pages, in struct wicket.latch"
    assert texts[-1] == "folio_put() drops them, from struct wicket.latch"


def test_fingerprints_stay_when_lines_move(pinned: Path, tmp_path: Path) -> None:
    before = audit(pinned)
    for path in (tmp_path / "tree" / "drivers").rglob("*.c"):
        path.write_text("/* one */\n\n/* three */\n" + path.read_text())
    index(tmp_path / "tree", pinned)
    after = audit(pinned)
    assert fingerprints(before) == fingerprints(after)
    assert [row["line"] for row in before] != [row["line"] for row in after]


def test_accepted_findings(pinned: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    run("audit", "--db", pinned, "--write-baseline", mine, "--reason", "known since the old days")
    found = audit(pinned, "--baseline", mine, code=0)
    assert {row["accepted"] for row in found} == {"known since the old days"}
    assert not run("audit", "--db", pinned, "--baseline", mine).stdout.startswith("drivers/")
    document = log(pinned, "--baseline", mine, code=0)
    validate(document)
    for result in document["runs"][0]["results"]:
        (suppression,) = result["suppressions"]
        assert suppression == {"kind": "external", "status": "accepted",
                               "justification": "known since the old days"}
    total = json.loads(run("audit", "--db", pinned, "--baseline", mine, "--counts", "--format",
                           "json").stdout)[-1]
    assert total["findings"] == total["accepted"] == len(found)


def test_one_accepted_finding_of_the_tree_itself(pinned: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "tree" / ".gupconv-accepted"
    name = f"mismatched:{WICKET}:wicket_peek:unpin_user_page:1"
    accepted.write_text(f"# ours\n\n  {name}  \t for a reason \n")
    found = {row["fingerprint"]: row["accepted"] for row in audit(pinned)}
    assert found.pop(name) == "for a reason"
    assert set(found.values()) == {""}
    text = run("audit", "--db", pinned, code=1).stdout
    assert f"{WICKET}:77:" not in text and f"{WICKET}:27:" in text
    document = log(pinned)
    validate(document)
    states = [len(result["suppressions"]) for result in document["runs"][0]["results"]]
    assert sum(states) == 1 and len(states) == len(found) + 1


def test_no_suppressions_are_said_where_none_were_looked_for(databases: dict[str, Path]) -> None:
    assert not any("suppressions" in result
                   for result in log(databases["none"])["runs"][0]["results"])


def test_a_stale_entry_is_said(pinned: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text(f"mismatched:{WICKET}:wicket_gone:put_page:1 not there any more\n"
                    f"mismatched:{WICKET}:wicket_open:put_page:1 there\n")
    done = run("audit", "--db", pinned, "--baseline", mine, "--kind", "mixed", code=1)
    assert done.stderr == f"gupconv: warning: {mine}:1: stale entry: there is no such finding now\n"


def test_writing_again_keeps_the_reasons(pinned: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text(f"mismatched:{WICKET}:wicket_open:put_page:1 a good one\n")
    run("audit", "--db", pinned, "--baseline", mine, "--kind", "mixed", "--write-baseline", mine)
    reasons = [row["accepted"] for row in audit(pinned, "--baseline", mine)
               if row["finding"] in ("mixed", "mismatched") and row["accepted"]]
    assert sorted(reasons) == ["a good one", "not looked at yet"]


@pytest.mark.parametrize(("text", "said"), [
    ("mismatched:a:b:c:1\n", ":1: no reason stands behind the fingerprint"),
    ("# fine\nx\ty\nword \t \n", ":3: no reason stands behind the fingerprint"),
    (None, "No such file or directory"),
])
def test_a_file_that_cannot_be_taken(text: str | None, said: str, databases: dict[str, Path],
                                     tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    if text is not None:
        mine.write_text(text)
    done = run("audit", "--db", databases["none"], "--baseline", mine, code=3)
    assert not done.stdout and said in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [
    ("--reason", "x"), ("--write-baseline", "f", "--reason", ""),
    ("--write-baseline", "f", "--reason", "a\nb"), ("--counts", "--format", "sarif"),
    ("--completeness", "--format", "sarif"), ("--format", "yaml"),
])
def test_usage(words: tuple[str, ...], databases: dict[str, Path], tmp_path: Path) -> None:
    done = run("audit", "--db", databases["none"], *words, code=2, cwd=tmp_path)
    assert not done.stdout and done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


NON_ASCII = """#include <linux/mm.h>
#include <linux/spinlock.h>
static spinlock_t lock;
int attic(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 1, &page) != 1)
		return -1;
	spin_lock(&lock);
	/* gr\u00f6\u00dfer, \u2264, \U0001f4c4 */ set_page_dirty_lock(page);
	spin_unlock(&lock);
	put_page(page);
	return 0;
}
"""


def test_sarif_counts_columns_in_characters(tmp_path: Path) -> None:
    """unicodeCodePoints, as it declares; the database and TSV have bytes, as compilers do."""
    tree = copy_tree("put_user_page", tmp_path / "tree")
    (tree / "drivers/misc/attic.c").write_text(NON_ASCII, encoding="utf-8")
    makefile = tree / "drivers/misc/Makefile"
    makefile.write_text(makefile.read_text() + "obj-m += attic.o\n")
    index(tree, tmp_path / "x.db")
    document = log(tmp_path / "x.db")
    assert document["runs"][0]["columnKind"] == "unicodeCodePoints"
    regions = [location["physicalLocation"]["region"]
               for result in document["runs"][0]["results"] if result["ruleId"] == "dirty/atomic"
               for location in result["locations"]
               if location["physicalLocation"]["artifactLocation"]["uri"] == "drivers/misc/attic.c"]
    line = NON_ASCII.splitlines()[10]
    assert regions == [{"startLine": 11, "startColumn": line.index("set_page_dirty_lock") + 1}]
    with sqlite3.connect(tmp_path / "x.db") as connection:
        columns = connection.execute("SELECT c.column FROM call AS c JOIN file AS f ON f.id = c.file_id "
                                     "WHERE f.path = 'drivers/misc/attic.c' AND c.line = 11").fetchall()
    assert columns == [(line.encode().index(b"set_page_dirty_lock") + 1,)]
