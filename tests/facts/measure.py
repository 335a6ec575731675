#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""measure.py DB FACTS: precision and recall of links against a person's reading.

A pair counts by its release: found when `gupconv` links (or, where the reading
says mixed, calls mixed or unknown) the release; false when it links a release
that the reading names a decoy or does not name for the site's whole group.
"""
import csv
import sqlite3
import sys


def lines(text: str, path: str) -> set[tuple[str, int]]:
    found = set()
    for item in filter(None, text.split(",")):
        where, _, line = item.rpartition(":")
        found.add((where or path, int(line)))
    return found


def main() -> int:
    verbose = "-v" in sys.argv
    db = sqlite3.connect(sys.argv[1])
    facts = list(csv.DictReader(open(sys.argv[2], encoding="utf-8"), delimiter="\t"))
    named = {}  # (path, line) of a release -> readings that name it
    for fact in facts:
        for at in lines(fact["release_lines"], fact["path"]):
            named.setdefault(at, set()).add(fact["verdict"])
    total = found = linked = wrong = decoys = sites = agreed = 0
    for fact in facts:
        path, line, verdict = fact["path"], int(fact["line"]), fact["verdict"]
        rows = db.execute(
            "SELECT release_path, release_line, kind FROM link_site"
            " WHERE acquire_path = ? AND acquire_line = ? AND release_id IS NOT NULL",
            (path, line)).fetchall()
        truth, bad = lines(fact["release_lines"], path), lines(fact["decoy_lines"], path)
        state = db.execute("SELECT state, reason FROM site WHERE path = ? AND line = ?"
                           " AND role = 'acquire'", (path, line)).fetchone() or ("absent", "")
        want = {"link": ("link",), "mixed": ("mixed", "unknown", "link"), "keep": ()}[verdict]
        got = {(p, n) for p, n, kind in rows if kind in want}
        hard = {(p, n) for p, n, kind in rows if kind == "link"}
        total += len(truth)
        found += len(truth & got)
        linked += len(hard)
        false = {at for at in hard if at in bad or (at not in truth and at not in named)}
        if verdict == "mixed":
            false |= {at for at in hard if at in truth}
        wrong += len(false)
        decoys += len(hard & bad)
        sites += 1
        good = {"link": state[0] in ("unconverted", "converted") or
                (state[0] == "keep" and truth <= got),
                "mixed": state[0] in ("mixed", "unknown"), "keep": state[0] == "keep"}[verdict]
        agreed += good
        if verbose and (truth - got or false or not good):
            print(f"{path}:{line} {verdict} state={state[0]} missed={sorted(truth - got)}"
                  f" false={sorted(false)}\n    {state[1]}")
    print(f"sites {sites}, state agrees {agreed}; releases {total}, found {found}"
          f" (recall {found / total:.2f}); linked {linked}, wrong {wrong}"
          f" (precision {1 - wrong / max(linked, 1):.2f}), decoys linked {decoys}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
