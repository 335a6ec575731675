# SPDX-License-Identifier: GPL-2.0-only
"""One build folder and the series' way through it: each object before and after its patch."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .arch import Arch
from .build import Builder
from .coverage import Coverage
from .preprocess import Kept
from .results import Built
from .series_steps import Step, batches, reaches_others
from .store import Owner, VerdictRow


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

    @property
    def wanted(self) -> tuple[str, ...]:
        """The symbols of the owner that needs the fewest."""
        return min((owner.configs for owner in self.owners), key=len)

    def unset(self, builder: Builder) -> list[str]:
        """The symbols that its owner lacks, of the one that lacks least."""
        return min(([symbol for symbol in owner.configs if not builder.is_set(symbol)]
                    for owner in self.owners), key=len)

    @property
    def key(self) -> tuple[int, str]:
        return self.patch, self.path


@dataclass(frozen=True)
class Tried:
    """What came of an object; kept: the markers of changed lines in it."""

    before: Built
    after: Built
    kept: Kept


@dataclass
class Session:
    """by_hand: symbols that are defined for an object, for a second look at those that lie there.
    headers: digests of the changed files that reach others."""

    builder: Builder
    todo: list[Step]
    coverage: Coverage
    by_hand: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        self.builder.reset()
        for step in reversed(self.todo):
            self._enter(step.before)
        self.builder.adapt()
        self.headers.clear()

    def _state(self) -> str:
        """The headers that differ from the tree's, as one word."""
        return hashlib.sha256(repr(sorted(self.headers.items())).encode()).hexdigest()

    def _enter(self, texts: Mapping[str, bytes | None]) -> None:
        for path, data in texts.items():
            self.builder.put(path, data)
            if reaches_others(path):
                self.headers[path] = hashlib.sha256(data or b"").hexdigest()

    def run(self, wanted: list[Task]) -> dict[tuple[int, str], Tried]:
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
            self.builder.adapt()
            after = self._built(tasks)
            kept = self._kept(batch, [task for task in tasks if after[task.path].done])
            found.update({task.key: Tried(before[task.path], after[task.path],
                                          kept.get(task.path, Kept(frozenset())))
                          for task in tasks})
        return found

    def _built(self, tasks: list[Task]) -> dict[str, Built]:
        if not tasks:
            return {}
        made = self.builder.by_hand(self._symbols(tasks), self._state()) if self.by_hand else \
            self.builder.objects([task.object for task in tasks], self._state())
        return {task.path: made[task.object] for task in tasks}

    def _symbols(self, tasks: list[Task]) -> dict[str, tuple[str, ...]]:
        return {task.object: self.by_hand.get(task.key, ()) for task in tasks}

    def _kept(self, batch: list[Step], tasks: list[Task]) -> dict[str, Kept]:
        texts = self.coverage.texts(batch)
        if not tasks or not texts:
            return {}
        made = self.builder.markers(self._symbols(tasks), self._state(), texts)
        return {task.path: made[task.object] for task in tasks}


def fresh(tried: Tried) -> list[str]:
    """Warnings that came with the patch."""
    return list((Counter(tried.after.warnings) - Counter(tried.before.warnings)).elements())


def judged(task: Task, tried: Tried, way: str) -> VerdictRow:
    """way: how it was built, in words."""
    if not tried.after.done:
        return VerdictRow(task.patch, task.object, "failed", f"{tried.after.error} ({way})")
    new = fresh(tried)
    if new:
        more = f" (and {len(new) - 1} more)" if len(new) > 1 else ""
        return VerdictRow(task.patch, task.object, "warned", f"{new[0]}{more} ({way})")
    return VerdictRow(task.patch, task.object, "proven", way)
