#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""How many of the corpus's mistakes a program finds, without the test harness."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus import measure  # noqa: E402

CACHE = Path.home() / ".cache" / "gupconv" / "corpus"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gupconv", default="build/gupconv", metavar="PROG")
    parser.add_argument("--tree", action="append", default=[], metavar="VERSION=PATH")
    parser.add_argument("--db", action="append", default=[], metavar="VERSION=FILE",
                        help="a database that PROG made of the tree; else it is indexed and kept")
    parser.add_argument("--half", choices=measure.SETS,
                        help="without it all that is open; of fresh only the sums are printed")
    parser.add_argument("--only", metavar="ID[,ID...]")
    parser.add_argument("--hazards", action="store_true",
                        help="look among the hazards too for what is not found")
    parser.add_argument("--draw", action="store_true", help="print which half each falls into")
    return parser.parse_args()


def pairs(given: list[str]) -> dict[str, Path]:
    return {version: Path(path) for version, _, path in (one.partition("=") for one in given)}


def database(program: str, version: str, tree: Path) -> Path:
    """One index a tree, made again when the program is newer."""
    db = CACHE / f"{version}.db"
    made = Path(shutil.which(program) or program).stat().st_mtime
    if not db.exists() or db.stat().st_mtime < made:
        CACHE.mkdir(parents=True, exist_ok=True)
        fresh = db.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        subprocess.run([program, "index", str(tree), "--db", str(fresh)], check=True,
                       stderr=subprocess.DEVNULL)
        fresh.replace(db)
    return db


def chosen(given: argparse.Namespace, trees: dict[str, Path]) -> list[measure.Mistake]:
    only = set(given.only.split(",")) if given.only else None
    return [mistake for mistake in measure.chosen(given.half) if mistake.tree in trees
            and (only is None or mistake.name in only)]


def line(answer: measure.Answer) -> str:
    mistake = answer.mistake
    state = "found" if answer.found else "hazard" if answer.hazard else "missed"
    why = answer.wrong or "; ".join(answer.others)
    return "\t".join((state, mistake.half, mistake.class_, mistake.tree, mistake.name,
                      f"{mistake.path}:{mistake.function}", why))


def main() -> int:
    given = options()
    if given.draw:
        drawn = measure.draw({mistake.name: mistake.class_ for mistake in measure.read()
                              if mistake.half in measure.HALVES})
        for name, half in sorted(drawn.items()):
            print(f"{half}\t{name}")
        return 0
    trees = pairs(given.tree)
    dbs = pairs(given.db)
    mistakes = chosen(given, trees)
    shown = given.half != "fresh" or given.only is not None
    answers: list[measure.Answer] = []
    false: list[str] = []
    for version, tree in trees.items():
        db = dbs.get(version) or database(given.gupconv, version, tree)
        of_tree = [mistake for mistake in mistakes if mistake.tree == version]
        for answer in measure.ask(given.gupconv, db, tree, of_tree, given.hazards):
            if shown or answer.wrong:
                print(line(answer), flush=True)
            answers.append(answer)
        false += measure.mended(given.gupconv, db, of_tree)
    for (half, class_), (found, every) in measure.table(answers).items():
        print(f"{half} {class_ or 'all'}: {found} of {every}")
    for one in false:
        print(f"false in the mended form: {one}")
    return 1 if false or any(answer.wrong for answer in answers) else 0


if __name__ == "__main__":
    sys.exit(main())
