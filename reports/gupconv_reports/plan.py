# SPDX-License-Identifier: GPL-2.0-only
"""From the database to the patches of a series: their texts, in order, with what they say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from . import changes, core, fixes, message, owners, subject
from .failure import Exit, Failure, progress
from .grouping import Unit, one_unit, units
from .planned import Planned
from .series_steps import header_user
from .store import EditedFile, Site, Store
from .tree import Tree

PIN_DOCUMENT = "Documentation/core-api/pin_user_pages.rst"


@dataclass(frozen=True)
class Plan:
    """fixes: how many of the patches, from the first, mend what is wrong already."""

    patches: tuple[Planned, ...]
    base: dict[str, bytes]
    fixes: int = 0


@dataclass
class Planner:
    """Applies sources and edits one after the other in a work folder."""

    tree: Tree
    work: Path
    era: str
    sites: list[Site]
    links: list[tuple[int, int]]

    def __post_init__(self) -> None:
        self.work.mkdir(parents=True)
        self.now: dict[str, bytes] = {}
        self.patched: owners.Patched = {}
        self.titles = message.case_titles(
            (self.tree.read(PIN_DOCUMENT) or b"").decode(errors="replace"))
        self.by_id = {site.id: site for site in self.sites}
        self.by_path: dict[str, list[Site]] = {}
        for site in self.sites:
            self.by_path.setdefault(site.path, []).append(site)

    def text(self, path: str) -> bytes | None:
        return self.now.get(path, self.tree.read(path))

    def _step(self, texts: dict[str, bytes], words: str, subsystem: str, source: str) -> Planned:
        self.now.update(texts)
        for path, data in texts.items():
            full = self.work / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)
        return Planned(words, texts, subsystem, source)

    def fix(self, patch: Planned) -> Planned:
        self._step(patch.texts, patch.message, patch.subsystem, patch.source)
        return patch

    def source(self, source: core.Source) -> Planned | None:
        text = core.apply(source, self.work, self.tree.path)
        after = core.texts(self.work)
        texts = {path: data for path, data in after.items() if data != self.text(path)}
        if not texts:
            return None
        return self._step(texts, text, "", source.name)

    def check(self, file: EditedFile) -> None:
        base = self.text(file.path)
        if base is None and not file.before:
            return  # a new file
        if base is None or hashlib.sha256(base).hexdigest() != file.before:
            raise Failure(Exit.INPUT, f"{file.path}: is not the text that was converted; "
                                      "run 'gupconv index' and 'gupconv convert' again")

    def conversion(self, unit: Unit) -> Planned:
        story = self._story(unit)
        return self._step({file.path: file.after for file in unit.files}, message.body(story),
                          unit.subsystem, "")

    def _story(self, unit: Unit) -> message.Story:
        sites = [site for path in unit.paths for site in self.by_path.get(path, [])]
        changed, told = self._changed(unit)
        pins = any(c.target.startswith(("pin_user", "unpin_user", "iov_iter_ext"))
                   for c in changed)
        pairs = [(c.callee, c.target) for c in changed if c.role == "acquire"] or \
                [(c.callee, c.target) for c in changed]
        return message.Story(
            subject=subject.subject(
                self.tree.prefix or subject.prefix(unit.paths, self.patched), pairs), pins=pins,
            taken=message.taken(self._acquires(sites)), lines=message.lines(changed),
            effects=told,
            cases=message.cases([s for s in sites if s.by_rule], self.titles),
            flags=message.flags([s for s in sites if s.by_rule]),
            left=message.left(sites), answers=message.answers([s for s in sites if s.by_rule]),
            header=next((file.path for file in unit.files if not file.before), ""))

    def _changed(self, unit: Unit) -> tuple[list[changes.Conversion], changes.Effects]:
        changed: list[changes.Conversion] = []
        told = changes.Effects()
        for file in unit.files:
            sites = self.by_path.get(file.path, [])
            before = (self.tree.read(file.path) or b"").decode(errors="replace")
            after = file.after.decode(errors="replace")
            changed += changes.conversions(sites)
            more = changes.effects(sites, before, after)
            told.dirty_to_lock |= more.dirty_to_lock
            told.batched_dirty |= more.batched_dirty
            told.loops_gone += more.loops_gone
        return changed, told

    def _acquires(self, sites: list[Site]) -> list[Site]:
        """The acquires that the converted releases give back, wherever they are."""
        releases = {site.id for site in sites
                    if site.role == "release" and site.by_rule}
        wanted = {acquire for acquire, release in self.links if release in releases}
        wanted |= {site.id for site in sites
                   if site.role == "acquire" and site.by_rule}
        return [self.by_id[number] for number in sorted(wanted) if number in self.by_id]


def _sources(era: str, with_core: bool,
             named: list[str]) -> tuple[list[core.Source], list[core.Source]]:
    """The patches before the conversions, and those after them."""
    fitting = [source for source in core.sources() if era in source.eras]
    wanted = [source for source in fitting if source.name not in named and
              (with_core or source.prerequisite)]
    before = [source for source in wanted if source.order < core.CONVERSIONS]
    after = [source for source in wanted if source.order >= core.CONVERSIONS]
    return before + core.sites(named), after


def _users(patches: tuple[Planned, ...], tree: Tree) -> list[str]:
    """Files that no patch touches, and that are built for the sake of a header."""
    now: dict[str, bytes | None] = {}
    found = []
    for patch in patches:
        now.update(patch.texts)
        found += [user for path in patch.texts
                  for user in header_user(path, list(patch.texts), now, tree)]
    return found


def plan(store: Store, tree: Tree, work: Path, with_core: bool,
         mended: list[fixes.Fix] | None = None) -> Plan:
    """mended: what 'gupconv fix' says, for the patches that come first."""
    era = store.meta("era")
    fitting, files = fixes.beside(mended or [], store.edited_files(), tree, work.parent)
    planner = Planner(tree, work, era, store.sites(), store.links())
    named = store.meta("sources").split()
    before, after = _sources(era, with_core, named) \
        if not tree.outside and (files or named or with_core) else ([], [])
    first = [planner.fix(patch) for patch in fixes.planned(fitting, store, tree, work)]
    made = [*first, *(planner.source(source) for source in before)]
    for file in files:
        planner.check(file)
    if tree.outside:
        groups = one_unit(files)
    else:
        planner.patched = owners.find(store, tree.path, work, [file.path for file in files])
        groups = units(files, planner.sites, planner.patched)
    for number, unit in enumerate(groups):
        made.append(planner.conversion(unit))
        progress("series", number + 1, len(groups))
    made += [planner.source(source) for source in after]
    patches = tuple(patch for patch in made if patch)
    paths = sorted({path for patch in patches for path in patch.texts})
    if not tree.outside:
        owners.find(store, tree.path, work, [*paths, *_users(patches, tree)])
    read = {path: tree.read(path) for path in paths}
    return Plan(patches, {path: data for path, data in read.items() if data is not None},
                len(first))
