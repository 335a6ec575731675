# SPDX-License-Identifier: GPL-2.0-only
"""The proof of a driver's series: built and audited against each kernel, before and after."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import git, module_build, paths
from .failure import Exit, Failure, progress
from .module import Module
from .module_build import Kernel, Way
from .results import Built
from .store import PatchRow, Site, VerdictRow

_SOFT = ("hazard", "mixed", "unknown")
"""Findings that say what is not known, not what is wrong."""

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class State:
    """The driver at one patch, with one kernel."""

    way: Way
    sites: Rows
    findings: Rows


def _program(*words: object) -> str:
    done = subprocess.run([paths.program(), *map(str, words)], capture_output=True, text=True,
                          check=False)
    if done.returncode not in (Exit.DONE, Exit.FINDINGS):
        said = done.stderr.strip().splitlines()
        raise Failure(Exit.TOOL, said[-1].removeprefix("gupconv: error: ") if said else
                      f"gupconv {words[0]} failed")
    return done.stdout


def _rows(*words: object) -> Rows:
    return list(csv.DictReader(_program(*words, "--format", "tsv").splitlines(), delimiter="\t",
                               quoting=csv.QUOTE_NONE))


def _state(driver: Path, top: Path, where: Kernel, jobs: int, db: Path,
           prepare: tuple[str, ...]) -> State:
    wrong = module_build.prepare(prepare, driver, where)
    # Before the build, which leaves sources of its own.
    _program("index", "--module", driver, "--kernel", where.path, "--db", db, "-j", jobs)
    found = [row for row in _rows("audit", "--db", db) if row["finding"] not in _SOFT]
    sites = _rows("sites", "--db", db)
    db.unlink()
    if wrong:
        return State(Way(Built(False, (), wrong), True), sites, found)
    return State(module_build.build(driver, top, where, jobs), sites, found)


def _name(row: dict[str, str]) -> tuple[str, str, str]:
    return row["finding"], row["path"], row["function"]


def _new(before: State, after: State) -> Rows:
    """Findings that a function has not had."""
    left = Counter(map(_name, before.findings))
    found = []
    for row in after.findings:
        left[_name(row)] -= 1
        if left[_name(row)] < 0:
            found.append(row)
    return found


def not_as_planned(planned: list[Site], before: Rows, after: Rows) -> str:
    """The first function in which another number of calls went away than was planned, or ""."""
    became = {site.became for site in planned}

    def number(rows: Rows) -> Counter[tuple[str, str, str]]:
        # The compatibility header makes the new names macros, for kernels without them.
        return Counter((row["path"], row["function"],
                        row["macro"] if row["macro"] in became else row["callee"]) for row in rows)
    wanted = Counter((site.path, site.function, site.callee) for site in planned
                     if site.became != site.callee)
    was, now = number(before), number(after)
    for key, count in sorted(wanted.items()):
        if was[key] - now[key] != count:
            return f"{key[0]}: {key[1]}(): {count} calls of {key[2]}() were to change, " \
                   f"{was[key] - now[key]} did"
    return ""


def _verdict(before: State, after: State) -> tuple[str, str]:
    was, now = before.way.built, after.way.built
    if was.done and not now.done:
        return "failed", f"{now.error} ({after.way.words()})"
    new = _new(before, after)
    if new:
        row = new[0]
        return "failed", f"audit: {row['finding']}: {row['path']}:{row['line']}: {row['callee']}()"
    if not was.done:
        return "not-proven", f"does not build before: {was.error}"
    fresh = list((Counter(now.warnings) - Counter(was.warnings)).elements())
    if fresh:
        return "warned", f"{fresh[0]} ({after.way.words()})"
    return "proven", f"{after.way.words()}, and nothing new in its audit"


@dataclass(frozen=True)
class ModuleProof:
    """kernels: the first is that of the database; planned: the sites that a rule has changed;
    prepare: words of a command that comes before make, {kernel} in them is the kernel's path."""

    module: Module
    rows: list[PatchRow]
    mails: Path
    kernels: list[Kernel]
    planned: list[Site]
    jobs: int
    prepare: tuple[str, ...] = ()

    def _states(self, where: Kernel, temp: Path) -> Iterator[State]:
        """Before the series, and after each patch."""
        for number in range(len(self.rows) + 1):
            top = temp / f"{number}"
            driver = module_build.copied(self.module, top)
            for row in self.rows[:number]:
                self._apply(row, top)
            yield _state(driver, top, where, self.jobs, temp / "state.db", self.prepare)

    def _apply(self, row: PatchRow, top: Path) -> None:
        mail = self.mails / row.name
        if not mail.is_file():
            raise Failure(Exit.INPUT, f"{mail}: is not there; run 'gupconv series' again")
        git.Repository(top, git.Person("gupconv", "gupconv@localhost"), 0).run(
            "apply", "--whitespace=nowarn", str(mail.resolve()))

    def run(self, temp: Path) -> list[VerdictRow]:
        found = []
        for number, where in enumerate(self.kernels):
            progress("prove", number, len(self.kernels))
            folder = temp / f"kernel{number}"
            folder.mkdir()
            states = list(self._states(where, folder))
            for row, before, after in zip(self.rows, states, states[1:]):
                found.append(VerdictRow(row.id, self._label(where), *_verdict(before, after)))
            wrong = not_as_planned(self.planned, states[0].sites, states[-1].sites) \
                if number == 0 else ""
            if wrong and found[-1].outcome != "failed":
                found[-1] = VerdictRow(found[-1].patch_id, found[-1].object, "failed", wrong)
        progress("prove", len(self.kernels), len(self.kernels))
        return found

    def _label(self, where: Kernel) -> str:
        alike = sum(other.name == where.name for other in self.kernels)
        return where.name if alike == 1 else str(where.path)
