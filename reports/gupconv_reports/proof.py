# SPDX-License-Identifier: GPL-2.0-only
"""Builds every object of a series before and after its patch, the one way or the other, until
each of the changed lines was compiled."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import arch, tree
from .arch import Arch, Archs
from .build import CONFIGS, GUARDS, Builder, extended, locked
from .coverage import Coverage, Place
from .failure import Failure, progress, warn
from .kconfig import Kconfig
from .owners import Patched
from .series_steps import Step, header_user, is_header, is_kconfig
from .session import Session, Task, Tried, fresh, judged
from .store import VerdictRow

_NOT_KERNEL = ("tools", "scripts", "samples")


@dataclass(frozen=True)
class Asked:
    """Options of the command line about the building. search: where none of the configurations
    has an object or a line, look for one that does."""

    folder: Callable[[Arch, str], Path]
    configs: tuple[str, ...]
    search: bool
    archs: tuple[str, ...]
    jobs: int


@dataclass
class Proof:
    """The tasks of a series, their verdicts so far, and why others have none."""

    target: tree.Tree
    todo: list[Step]
    asked: Asked
    archs: Archs
    patched: Patched
    coverage: Coverage
    tasks: dict[tuple[int, str], Task] = field(default_factory=dict)
    verdicts: dict[tuple[int, str], VerdictRow] = field(default_factory=dict)
    why: dict[tuple[int, str], str] = field(default_factory=dict)
    includers: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    ways: dict[tuple[int, str], tuple[Arch, str]] = field(default_factory=dict)
    wanting: list[Arch] = field(default_factory=list)
    symbols: dict[str, Kconfig] = field(default_factory=dict)
    built: int = 0

    def run(self) -> list[VerdictRow]:
        self._plan()
        names = {task.seen_as.name: task.seen_as for task in self.tasks.values() if task.owners}
        for number, name in enumerate(sorted(names, key=self._rank), 1):
            progress("prove", number, len(names) + 1)
            self._arch(names[name])
        self._elsewhere()
        progress("prove", 1, 1)
        found = [self._object(task) for task in self.tasks.values()]
        found += [self._header(step, path) for step in self.todo
                  for path in step.row.paths if is_header(path)]
        return sorted(found, key=lambda verdict: (verdict.patch_id, verdict.object))

    # The objects.

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
            self._plan_user(step)

    def _plan_user(self, step: Step) -> None:
        """For headers of the whole kernel alone, an object that is always built stands in."""
        if not any(map(is_header, step.row.paths)) or \
                any(patch == step.row.id for patch, _ in self.tasks):
            return
        always = {path for each in self.todo for path, text in each.before.items()
                  if path in self.patched and text is not None and path.endswith(".c")
                  and any(not owner.configs for owner in self.patched[path].owners)}
        for path in sorted(always, key=lambda path: (not path.startswith("mm/"), path))[:1]:
            self._plan_object(step, path)

    def _plan_object(self, step: Step, path: str) -> None:
        known = self.patched.get(path)
        seen_as = self.archs.named(known.arch if known else arch.DEFAULT)
        owners = known.owners if known else ()
        task = Task(step.row.id, path, seen_as, owners)
        if path.split("/")[0] in _NOT_KERNEL:
            self.why[task.key] = f"of {path.split('/')[0]}/: no part of the kernel"
            task = Task(step.row.id, path, seen_as, ())
        elif self.asked.archs and seen_as.name not in self.asked.archs:
            self.why[task.key] = f"{seen_as.name} only, which --arch leaves out"
            task = Task(step.row.id, path, seen_as, ())
        elif not owners:
            self.why[task.key] = "no Kbuild file of its folder or above names it"
        self.tasks[task.key] = task

    def _rank(self, name: str) -> int:
        listed = self.archs.names()
        return listed.index(name) if name in listed else len(listed)

    # Ways of building.

    def _arch(self, where: Arch) -> None:
        mine = [task for task in self.tasks.values() if task.seen_as == where and task.owners]
        why = where.missing()
        if why:
            self.wanting.append(where)
            self.why.update({task.key: why for task in mine})
            return
        failures = [failure for config in self.asked.configs if self._is_for(where, config)
                    for failure in [self._way(where, config, mine)] if failure]
        if len(failures) == len(self.asked.configs) and where.name == arch.DEFAULT:
            raise failures[-1]
        if self.asked.search:
            for config in self._searched(where, mine):
                self._way(where, config, mine)
            self._way(where, GUARDS, [task for task in mine if task.key in self.verdicts])
        last = self.asked.configs[0 if self.asked.search else -1]
        if where.name != arch.DEFAULT and self._is_for(where, last):
            self._way(where, last, mine, forced=True)

    def _elsewhere(self) -> None:
        """Other architectures, for files of none and their lines that their own does not have;
        and then what no configuration has."""
        if not self.asked.search:
            return
        for where in self.archs.known:
            mine = [replace(task, seen_as=where) for task in self.tasks.values()
                    if task.seen_as != where and not task.path.startswith("arch/")]
            if (not self.asked.archs or where.name in self.asked.archs) and not where.missing():
                self._way(where, self.asked.configs[0], mine)
                self._way(where, GUARDS, [task for task in mine if task.key in self.verdicts])
        self._by_hand()

    def _is_for(self, where: Arch, config: str) -> bool:
        """A named defconfig is of one architecture; the others go without it."""
        return config in CONFIGS or Path(config).is_absolute() or \
            self.target.has(f"arch/{where.name}/configs/{config}")

    def _builder(self, where: Arch, config: str, folder: Path) -> Builder:
        paths = frozenset(path for step in self.todo for path in step.row.paths)
        return Builder(self.target, folder, where, config, self.asked.jobs, self.patched,
                       tuple(sorted(filter(is_header, paths))), paths, self._kconfig_texts())

    def _kconfig_texts(self) -> dict[str, bytes | None]:
        """Of the end of the series."""
        return {path: data for step in self.todo for path, data in step.after.items()
                if is_kconfig(path)}

    def _way(self, where: Arch, config: str, mine: list[Task], forced: bool = False
             ) -> Failure | None:
        """Builds what has to be built and can be in this configuration."""
        mine = [task for task in mine if self._is_open(task) and self._has_symbols(task, where)]
        if not mine:
            return None
        folder = self.asked.folder(where, config)
        with locked(folder):
            builder = self._builder(where, config, folder)
            try:
                builder.configure(self._wishes(where, mine) if extended(config) else {})
                ways = self._ways(builder, mine, forced)
                if not ways:
                    return None
                builder.prepare()
            except Failure as failure:
                warn(f"{where.name}, {config}: {failure}")
                for task in mine:
                    self.why.setdefault(task.key, f"{where.name}, {config}: {failure}")
                return failure
            self._build(builder, ways)
            self.built += builder.built
        return None

    def _wishes(self, where: Arch, mine: list[Task]) -> dict[str, bool]:
        """What has to be set, and what not, for these objects and the lines that are left."""
        wishes = {symbol: on for task in mine if task.key in self.verdicts
                  for place in self._left(task) for symbol, on in place.wishes.items()}
        wanted = [symbol for task in mine for symbol in task.wanted]
        wanted += [symbol for symbol, on in wishes.items() if on]
        return {**self._kconfig(where).needed(dict.fromkeys(wanted)), **wishes}

    def _kconfig(self, where: Arch) -> Kconfig:
        return self.symbols.setdefault(where.name, Kconfig(
            self.target, where.name, self._kconfig_texts()))

    def _ways(self, builder: Builder, mine: list[Task], forced: bool) -> dict[Task, str]:
        """The tasks that are for this configuration, and how each is built, in words."""
        name = _short(builder.config)
        way = f"{builder.arch.gcc}, {builder.arch.make}, {name}"
        ways = {}
        for task in mine:
            unset = task.unset(builder)
            if unset:
                self.why.setdefault(task.key, f"{unset[0]} is not set in {name}")
            if task.key in self.verdicts and not any(_is_met(place.wishes, builder)
                                                     for place in self._left(task)):
                continue
            if not unset or (forced and task.key not in self.verdicts):
                ways[task] = way + (f", without {unset[0]}" if unset else "")
        return ways

    def _build(self, builder: Builder, ways: Mapping[Task, str]) -> None:
        session = Session(builder, self.todo, self.coverage)
        session.start()
        tried = session.run(list(ways))
        for task, way in ways.items():
            mine = tried[task.key]
            if not mine.before.done:
                self._broken(builder, task, f"it does not build before: {mine.before.error}", way)
                continue
            verdict = judged(task, mine, way)
            known = self.verdicts.get(task.key)
            if known is None or verdict.outcome != "proven":
                self.verdicts[task.key] = verdict
            if verdict.outcome == "proven":
                self.ways.setdefault(task.key, (builder.arch, builder.config))
            for place in self._left(task):
                if verdict.outcome == "failed":
                    self.coverage.why[place] = verdict.reason
            if mine.after.done:
                self._covered(task, mine.kept.numbers, f"{task.object}, {way}", mine.after.includes)
                for place in self._left(task) if mine.kept.error else ():
                    self.coverage.why.setdefault(place, mine.kept.error)

    def _broken(self, builder: Builder, task: Task, why: str, way: str) -> None:
        self.why.setdefault(task.key, why)
        for place in self._left(task):
            if task.key in self.verdicts and _is_met(place.wishes, builder):
                self.coverage.why[place] = f"{way}: {why}"
                self.coverage.broken.add(place)

    def _covered(self, task: Task, numbers: frozenset[int], how: str,
                 includes: tuple[str, ...]) -> None:
        self.coverage.note(task.patch, numbers, how)
        for header in includes:
            self.includers.setdefault((task.patch, header), set()).add(task.object)
        for place in self._left(task):
            self.coverage.why.setdefault(place, f"not in {how}")

    # Lines that no configuration has.

    def _by_hand(self) -> None:
        """Tells of them whether they would compile, with the symbols of their guards defined."""
        left = [task for task in self.tasks.values() if task.key in self.ways
                and self._is_open(task)]
        for where, config in dict.fromkeys(self.ways[task.key] for task in left):
            folder = self.asked.folder(where, config)
            with locked(folder):
                self._define(self._builder(where, config, folder),
                             [task for task in left if self.ways[task.key] == (where, config)])

    def _define(self, builder: Builder, left: list[Task]) -> None:
        builder.prepare()
        symbols = {}
        for task in left:
            wishes = dict(wish for place in self._left(task) for wish in place.wishes.items())
            wanted = tuple(symbol for symbol, on in wishes.items() if on)
            if wanted and not any(builder.is_set(symbol) for symbol in wishes.keys() - wanted):
                symbols[task.key] = wanted
        if symbols:
            session = Session(builder, self.todo, self.coverage, symbols)
            session.start()
            tried = session.run([task for task in left if task.key in symbols])
            for task in left:
                if task.key in tried:
                    self._told(task, tried[task.key], " ".join(symbols[task.key]))

    def _told(self, task: Task, tried: Tried, symbols: str) -> None:
        said = f"with {symbols} defined by hand, which nothing sets at this patch"
        trouble = tried.before.error or tried.after.error or tried.kept.error or \
            next(iter(fresh(tried)), "")
        for place in self._left(task):
            if place in self.coverage.broken:
                continue
            if trouble:
                when = "before the patch, " if tried.before.error else ""
                self.coverage.why[place] = f"{when}{said}: {trouble}"
            elif place.number in tried.kept.numbers:
                self.coverage.why[place] = f"it would compile {said}"

    # Configurations that are looked for.

    def _searched(self, where: Arch, mine: list[Task]) -> list[str]:
        """Of the architecture's own ones, those that objects without a verdict are in."""
        lost = [task for task in mine if task.key not in self.verdicts]
        found: list[str] = []
        if not lost:
            return found
        folder = self.asked.folder(where, "search")
        with locked(folder):
            builder = self._builder(where, "defconfig", folder)
            for task in lost:
                config = self._first_with(task, builder, found)
                if config and config not in found:
                    found.append(config)
        return found

    def _first_with(self, task: Task, builder: Builder, known: list[str]) -> str:
        """Remembered, as it takes seconds for each that is tried."""
        notes = builder.folder / "found.json"
        stamp = f"{self.target.path} {self.target.version()} {task.object} {task.owners!r}"
        try:
            found = dict(json.loads(notes.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            found = {}
        if stamp not in found:
            found[stamp] = self._tried(task, builder, known)
            notes.write_text(json.dumps(found), encoding="utf-8")
        return str(found[stamp])

    def _tried(self, task: Task, builder: Builder, known: list[str]) -> str:
        symbols = self._kconfig(builder.arch)
        if not symbols.possible(task.wanted):
            return ""
        builder.link()
        listed = symbols.likely(task.wanted)
        for config in [*known, *(name for name in listed if name not in known)]:
            try:
                builder.could_have(config, symbols.needed(task.wanted))
            except Failure:
                continue
            if not task.unset(builder):
                return config
        return ""

    # Verdicts.

    def _is_open(self, task: Task) -> bool:
        verdict = self.verdicts.get(task.key)
        if not verdict:
            return bool(task.owners)
        return verdict.outcome == "proven" and any(place.wishes for place in self._left(task))

    def _has_symbols(self, task: Task, where: Arch) -> bool:
        """Whether Kconfig has what its object, or else one of the lines that are left, needs."""
        own = where == self.tasks[task.key].seen_as
        if task.key not in self.verdicts:
            return own or self._kconfig(where).possible(task.wanted)
        # A symbol that the series brings is no reason to go elsewhere.
        symbols = self._kconfig(where) if own else \
            self.symbols.setdefault(f"{where.name} before", Kconfig(self.target, where.name))
        possible = symbols.possible
        return any(place.wishes and possible(symbol for symbol, on in place.wishes.items() if on)
                   for place in self._left(task))

    def _left(self, task: Task) -> list[Place]:
        """Changed lines of its source, and of the headers that it includes, that were not
        compiled so far."""
        headers = [header for (patch, header), objects in self.includers.items()
                   if patch == task.patch and task.object in objects]
        return self.coverage.left(task.patch, [task.path, *headers])

    def _object(self, task: Task) -> VerdictRow:
        verdict = self.verdicts.get(task.key)
        if not verdict:
            why = self.why.get(task.key, "")
            for place in self.coverage.left(task.patch, [task.path]):
                self.coverage.why[place] = why
            return VerdictRow(task.patch, task.object, "not-proven", why)
        left = self.coverage.left(task.patch, [task.path])
        if verdict.outcome != "proven" or not left:
            return verdict
        return VerdictRow(task.patch, task.object, "not-compiled",
                          f"{_listed(left)} ({self.coverage.why.get(left[0], verdict.reason)})")

    def _header(self, step: Step, path: str) -> VerdictRow:
        """The verdict on a header, by the objects that include it and that this patch's
        other files are the sources of."""
        through = sorted(self.includers.get((step.row.id, path), ()))
        left = self.coverage.left(step.row.id, [path])
        if not through:
            why = "a header, and no object that was built for this patch includes it"
            for place in left:
                self.coverage.why[place] = why
            return VerdictRow(step.row.id, path, "not-proven", why)
        more = f" and {len(through) - 1} more" if len(through) > 1 else ""
        by = f"a header, by {through[0]}{more}"
        if left:
            why = self.coverage.why.get(left[0], by)
            return VerdictRow(step.row.id, path, "not-compiled", f"{_listed(left)} ({why})")
        return VerdictRow(step.row.id, path, "proven", by)


def _listed(left: list[Place]) -> str:
    return str(left[0]) + (f" and {len(left) - 1} more" if len(left) > 1 else "")


def _is_met(wishes: Mapping[str, bool], builder: Builder) -> bool:
    return bool(wishes) and all(builder.is_set(symbol) == on for symbol, on in wishes.items())


def _short(config: str) -> str:
    return Path(config).name if Path(config).is_absolute() else config
