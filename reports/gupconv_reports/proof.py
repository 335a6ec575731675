# SPDX-License-Identifier: GPL-2.0-only
"""Builds every object of a series before and after its patch, the one way or the other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from . import arch, tree
from .arch import Arch, Archs
from .build import Builder, Built, locked
from .failure import Failure, progress, warn
from .owners import Patched
from .series_steps import Step, batches, header_user, is_header, reaches_others
from .store import Owner, VerdictRow

_NOT_KERNEL = ("tools", "scripts", "samples")


@dataclass(frozen=True)
class Task:
    """An object that a patch touches: path is its source, seen_as the architecture;
    one of the owners has to be configured."""

    patch: int
    path: str
    seen_as: Arch
    owners: tuple[Owner, ...]

    @property
    def object(self) -> str:
        return str(PurePosixPath(self.path).with_suffix(".o"))

    def unset(self, builder: Builder) -> list[str]:
        """The symbols that its owner lacks, of the one that lacks least."""
        return min(([symbol for symbol in owner.configs if not builder.is_set(symbol)]
                    for owner in self.owners), key=len)

    @property
    def key(self) -> tuple[int, str]:
        return self.patch, self.path


@dataclass(frozen=True)
class Asked:
    """Options of the command line about the building."""

    folder: Callable[[Arch, str], Path]
    configs: tuple[str, ...]
    archs: tuple[str, ...]
    jobs: int


@dataclass
class Session:
    """One build folder and the series' way through it.

    headers: digests of the changed files that reach others."""

    builder: Builder
    todo: list[Step]
    headers: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        self.builder.reset({path for step in self.todo for path in step.row.paths})
        for step in reversed(self.todo):
            self._enter(step.before)
        self.headers.clear()

    def _state(self) -> str:
        """The headers that differ from the tree's, as one word."""
        return hashlib.sha256(repr(sorted(self.headers.items())).encode()).hexdigest()

    def _enter(self, texts: dict[str, bytes | None]) -> None:
        for path, data in texts.items():
            self.builder.put(path, data)
            if reaches_others(path):
                self.headers[path] = hashlib.sha256(data or b"").hexdigest()

    def run(self, wanted: list[Task]) -> dict[tuple[int, str], tuple[Built, Built]]:
        """Before and after of each."""
        found = {}
        for batch in batches(self.todo):
            tasks = [task for step in batch for task in wanted if task.patch == step.row.id]
            for step in batch:
                self._enter(step.before)
            fresh = {task.path for step in batch for task in tasks
                     if step.before.get(task.path, b"") is None}
            before = self._built([task for task in tasks if task.path not in fresh])
            before.update({path: Built(True, (), "") for path in fresh})
            for step in batch:
                self._enter(step.after)
            after = self._built(tasks)
            found.update({task.key: (before[task.path], after[task.path]) for task in tasks})
        return found

    def _built(self, tasks: list[Task]) -> dict[str, Built]:
        if not tasks:
            return {}
        made = self.builder.objects([task.object for task in tasks], self._state())
        return {task.path: made[task.object] for task in tasks}


def judged(task: Task, before: Built, after: Built, way: str) -> VerdictRow:
    """way: how it was built, in words."""
    if not after.done:
        return VerdictRow(task.patch, task.object, "failed", f"{after.error} ({way})")
    fresh = list((Counter(after.warnings) - Counter(before.warnings)).elements())
    if fresh:
        more = f" (and {len(fresh) - 1} more)" if len(fresh) > 1 else ""
        return VerdictRow(task.patch, task.object, "warned", f"{fresh[0]}{more} ({way})")
    return VerdictRow(task.patch, task.object, "proven", way)


@dataclass
class Proof:
    """The tasks of a series that are still open, and why each of them is."""

    target: tree.Tree
    todo: list[Step]
    asked: Asked
    archs: Archs
    patched: Patched
    verdicts: list[VerdictRow] = field(default_factory=list)
    open: dict[tuple[int, str], Task] = field(default_factory=dict)
    why: dict[tuple[int, str], str] = field(default_factory=dict)
    includers: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    built: int = 0

    def run(self) -> list[VerdictRow]:
        self._plan()
        names = {task.seen_as.name: task.seen_as for task in self.open.values()}
        ways = [(names[name], config) for name in sorted(names, key=self._rank)
                for config in self.asked.configs]
        for number, (where, config) in enumerate(ways, 1):
            progress("prove", number, len(ways) + 1)
            self._way(where, config, last=config == self.asked.configs[-1])
        progress("prove", 1, 1)
        self.verdicts += [VerdictRow(task.patch, task.object, "not-proven",
                                     self.why.get(task.key, ""))
                          for task in self.open.values()]
        self.verdicts += [self._header(step, path) for step in self.todo
                          for path in step.row.paths if is_header(path)]
        return sorted(self.verdicts, key=lambda verdict: (verdict.patch_id, verdict.object))

    def _plan(self) -> None:
        texts: dict[str, bytes | None] = {}
        for step in self.todo:
            texts.update(step.after)
            for path in step.row.paths:
                if path.endswith(".c"):
                    self._plan_object(step, path)
                else:
                    for user in header_user(path, list(step.row.paths), texts, self.target):
                        self._plan_object(step, user)

    def _header(self, step: Step, path: str) -> VerdictRow:
        """The verdict on a header, by the objects that include it and that this patch's
        other files are the sources of."""
        through = sorted(self.includers.get((step.row.id, path), ()))
        if not through:
            return VerdictRow(step.row.id, path, "not-proven",
                              "a header, and no object that was built for this patch includes it")
        more = f" and {len(through) - 1} more" if len(through) > 1 else ""
        return VerdictRow(step.row.id, path, "proven", f"a header, by {through[0]}{more}")

    def _settle(self, step: Step, path: str, why: str) -> None:
        self.verdicts.append(VerdictRow(step.row.id, str(PurePosixPath(path).with_suffix(".o")),
                                        "not-proven", why))

    def _plan_object(self, step: Step, path: str) -> None:
        known = self.patched.get(path)
        seen_as = self.archs.named(known.arch if known else arch.DEFAULT)
        owners = known.owners if known else ()
        if path.split("/")[0] in _NOT_KERNEL:
            self._settle(step, path, f"of {path.split('/')[0]}/: no part of the kernel")
        elif self.asked.archs and seen_as.name not in self.asked.archs:
            self._settle(step, path, f"{seen_as.name} only, which --arch leaves out")
        else:
            task = Task(step.row.id, path, seen_as, owners)
            self.open[task.key] = task
            if not owners:
                self.why[task.key] = "no Kbuild file of its folder or above names it"

    def _way(self, where: Arch, config: str, last: bool) -> None:
        mine = [task for task in self.open.values() if task.seen_as == where and task.owners]
        if not mine or not self._is_for(where, config):
            return
        why = where.missing()
        if why:
            self.why.update({task.key: why for task in mine})
            return
        folder = self.asked.folder(where, config)
        with locked(folder):
            builder = Builder(self.target, folder, where, config, self.asked.jobs,
                              self.patched, self._headers())
            symbols = [s for task in mine for owner in task.owners for s in owner.configs]
            try:
                builder.prepare(list(dict.fromkeys(symbols)))
            except Failure as failure:
                if where.name == arch.DEFAULT:
                    raise
                warn(f"{where.name}, {config}: {failure}")
                self.why.update({task.key: f"{where.name}, {config}: {failure}" for task in mine})
                return
            self._build(builder, mine, last)
            self.built += builder.built

    def _headers(self) -> tuple[str, ...]:
        return tuple(sorted({path for step in self.todo for path in step.row.paths
                             if is_header(path)}))

    def _is_for(self, where: Arch, config: str) -> bool:
        """A named defconfig is of one architecture; the others go without it."""
        return config in ("defconfig", "touched", "allmodconfig") or "/" in config or \
            self.target.has(f"arch/{where.name}/configs/{config}")

    def _build(self, builder: Builder, mine: list[Task], last: bool) -> None:
        name = Path(builder.config).name
        way = f"{builder.arch.gcc}, {builder.arch.make}, {name}"
        fits, ways = [], {}
        for task in mine:
            unset = task.unset(builder)
            if unset:
                self.why.setdefault(task.key, f"{unset[0]} is not set in {name}")
            if not unset or (last and builder.arch.name != arch.DEFAULT):
                fits.append(task)
                ways[task.key] = way + (f", without {unset[0]}" if unset else "")
        if not fits:
            return
        session = Session(builder, self.todo)
        session.start()
        for key, (before, after) in session.run(fits).items():
            if before.done:
                verdict = judged(self.open.pop(key), before, after, ways[key])
                self.verdicts.append(verdict)
                for header in after.includes if verdict.outcome == "proven" else ():
                    self.includers.setdefault((key[0], header), set()).add(verdict.object)
            else:
                self.why.setdefault(key, f"it does not build before: {before.error}")

    def _rank(self, name: str) -> int:
        listed = self.archs.names()
        return listed.index(name) if name in listed else len(listed)
