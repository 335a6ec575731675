# SPDX-License-Identifier: GPL-2.0-only
"""The corpus as it is written down, and what check says when one mistake of it is put back."""

from __future__ import annotations

import csv
import random
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.apply import Edit, NoMatch, patch

WRITTEN = Path(__file__).with_name("corpus.toml")
FRESH = Path(__file__).with_name("fresh.toml")
"""What is held back: a file of its own, so that nobody reads it while rules are made."""
SEED = "corpus-2026"
HALVES = ("tune", "held")
"""The halves that WRITTEN was drawn into."""
OPENED = "opened"
"""What was held back in FRESH until half of it was drawn and opened to tuning."""
SETS = (*HALVES, OPENED, "fresh")
SOFT = ("hazard", "mixed", "unknown")
"""Kinds that say "look here", not "this is wrong"."""
Row = dict[str, str]


@dataclass(frozen=True)
class Mistake:
    name: str
    class_: str
    half: str
    tree: str
    path: str
    function: str            # where the edits are
    edits: tuple[Edit, ...]
    at: tuple[str, ...]      # functions of that folder that the finding may be in
    kinds: frozenset[str]    # of findings that are this mistake
    live: frozenset[str]     # of findings that are true of the tree as it stands
    subject: str
    fix: str
    year: int
    transposed: bool
    note: str

    def patch(self, tree: Path) -> str:
        return patch(tree, self.path, self.function, list(self.edits))


@dataclass(frozen=True)
class Answer:
    """The answer of check for one mistake: found, or the findings in its place."""
    mistake: Mistake
    found: bool
    hazard: bool        # only as a hazard; false when nobody looked
    others: tuple[str, ...]   # other new findings that are no hazard, in short
    wrong: str          # why there is no answer; empty when there is one


def tables(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def read(path: Path = WRITTEN) -> list[Mistake]:
    """The mistakes of one file; the classes are those of WRITTEN."""
    classes = tables(WRITTEN)["classes"]
    return [Mistake(name=row["id"], class_=row["class"], half=row["half"], tree=row["tree"],
                    path=row["path"], function=row["function"],
                    edits=tuple(Edit(*edit) for edit in row["edits"]), at=tuple(row["at"]),
                    kinds=frozenset(classes[row["class"]] + row.get("also", [])),
                    live=frozenset(row.get("live", [])),
                    subject=row["subject"], fix=row["fix"], year=row["year"],
                    transposed=row["transposed"], note=row.get("note", ""))
            for row in tables(path)["mistake"]]


def chosen(half: str | None = None) -> list[Mistake]:
    """The mistakes of one half; those that are open to tuning when none is named."""
    mistakes = read(FRESH if half == "fresh" else WRITTEN)
    return [mistake for mistake in mistakes if half in (None, mistake.half)]


def draw(classes: dict[str, str]) -> dict[str, str]:
    """The half of each name: a stratified draw, every class shuffled and dealt out in turn."""
    deck = random.Random(SEED)
    order: list[str] = []
    for class_ in sorted(set(classes.values())):
        names = sorted(name for name in classes if classes[name] == class_)
        deck.shuffle(names)
        order += names
    return {name: HALVES[place % 2] for place, name in enumerate(order)}


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def check(program: str, db: Path, tree: Path, text: str, *more: str) -> tuple[list[Row], str]:
    """The findings that the patch brings in, and the reason where there are none."""
    done = subprocess.run([program, "check", "--db", str(db), "--tree", str(tree),
                           "--format", "tsv", *more, "-"], input=text, text=True,
                          errors="surrogateescape", capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return [], f"exit {done.returncode}: {done.stderr.strip()}"
    return rows(done.stdout), ""


def beside(row: Row, mistake: Mistake) -> bool:
    return Path(row["path"]).parent == Path(mistake.path).parent


def is_it(row: Row, mistake: Mistake) -> bool:
    """Whether the finding is of the mistake's kind and at its place."""
    return (beside(row, mistake) and row["function"] in mistake.at
            and bool({row["finding"], row["detail"]} & mistake.kinds))


def broken(row: Row, mistake: Mistake) -> bool:
    """Whether the mutated function did not parse: the compiler skipped one of its calls."""
    return (row["path"] == mistake.path and row["function"] == mistake.function
            and row["reason"].startswith("seen as text only"))


def batches(mistakes: Iterable[Mistake]) -> list[list[Mistake]]:
    """First fit: no two mistakes of one batch are in one folder, so each has its own findings."""
    filled: list[list[Mistake]] = []
    for mistake in mistakes:
        folder = Path(mistake.path).parent
        for batch in filled:
            if all(Path(other.path).parent != folder for other in batch):
                batch.append(mistake)
                break
        else:
            filled.append([mistake])
    return filled


def answer(mistake: Mistake, new: list[Row], soft: list[Row], wrong: str) -> Answer:
    hard = [row for row in new if row["finding"] not in SOFT]
    found = any(is_it(row, mistake) for row in hard)
    if any(broken(row, mistake) for row in new):
        wrong = wrong or f"{mistake.path} does not parse"
    others = () if found else tuple(f"{row['finding']} {row['function']}:{row['line']}"
                                    for row in new
                                    if beside(row, mistake) and row["finding"] != "mixed")
    return Answer(mistake, found, any(is_it(row, mistake) for row in soft), others, wrong)


def ask(program: str, db: Path, tree: Path, mistakes: Sequence[Mistake],
        hazards: bool = False) -> Iterator[Answer]:
    """Puts the mistakes back, a batch at a time, and looks for each among the new findings."""
    patches: dict[str, str] = {}
    for mistake in mistakes:
        try:
            patches[mistake.name] = mistake.patch(tree)
        except (NoMatch, OSError) as why:
            yield Answer(mistake, False, False, (), str(why))
    for batch in batches(mistake for mistake in mistakes if mistake.name in patches):
        text = "".join(patches[mistake.name] for mistake in batch)
        new, wrong = check(program, db, tree, text)
        soft: list[Row] = []
        if hazards and not wrong:
            soft, wrong = check(program, db, tree, text, "--kind", "hazard")
        for mistake in batch:
            yield answer(mistake, new, soft, wrong)


def mended(program: str, db: Path, mistakes: Iterable[Mistake]) -> list[str]:
    """Findings of the tree as it stands that would be one of the mistakes: all are false but
    those that are known to be live."""
    done = subprocess.run([program, "audit", "--db", str(db), "--format", "tsv"], text=True,
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return [f"audit: exit {done.returncode}: {done.stderr.strip()}"]
    hard = [row for row in rows(done.stdout) if row["finding"] not in SOFT]
    return [f"{mistake.name}: {row['finding']} at {row['path']}:{row['line']}"
            for mistake in mistakes for row in hard
            if is_it(row, mistake) and row["finding"] not in mistake.live]


def table(answers: Iterable[Answer]) -> dict[tuple[str, str], tuple[int, int]]:
    """Found and all, by half and class; class "" is the sum of a half."""
    found: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        for key in ((answer.mistake.half, answer.mistake.class_), (answer.mistake.half, "")):
            every[key] += 1
            found[key] += answer.found
    return {key: (found[key], every[key]) for key in sorted(every)}
