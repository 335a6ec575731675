# SPDX-License-Identifier: GPL-2.0-only
"""gupconv prove: do the objects that a patch touches compile as quietly as before?"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from . import git, place, table, tree
from .build import ARCH, CONFIGS, Builder, Built, locked
from .failure import Exit, Failure, guarded, note, progress
from .kbuild import Kbuild
from .options import Parser
from .store import PatchRow, Store, VerdictRow, opened

_OWN_ARCH = "x86"


@dataclass(frozen=True)
class Options:
    db: Path
    series: Path | None
    build: Path | None
    tree: Path | None
    jobs: int
    config: str
    form: str


@dataclass(frozen=True)
class Step:
    """One patch as texts: every file that it touches, before and after (None: no file)."""

    row: PatchRow
    before: dict[str, bytes | None]
    after: dict[str, bytes | None]


def steps(rows: list[PatchRow], folder: Path, target: tree.Tree, temp: Path) -> list[Step]:
    """Applies the mails of the series one after the other to the files that they touch."""
    work = git.Repository(temp, git.Person("gupconv", "gupconv@localhost"), 0)
    work.start()
    now: dict[str, bytes | None] = {}
    for row in rows:
        for path in row.paths:
            if path not in now:
                now[path] = target.read(path)
                _write(temp / path, now[path])
    found = []
    for row in rows:
        mail = folder / row.name
        if not mail.is_file():
            raise Failure(Exit.INPUT, f"{mail}: is not there; run 'gupconv series' again")
        before = {path: now[path] for path in row.paths}
        work.run("apply", "--whitespace=nowarn", str(mail.resolve()))
        for path in row.paths:
            now[path] = (temp / path).read_bytes() if (temp / path).is_file() else None
        found.append(Step(row, before, {path: now[path] for path in row.paths}))
    return found


def _write(path: Path, data: bytes | None) -> None:
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _is_header(path: str) -> bool:
    return path.endswith(".h")


def _reaches_others(path: str) -> bool:
    """Whether an object of another file may come out otherwise for it."""
    return not path.endswith(".c") and path != "MAINTAINERS" and \
        not path.startswith("Documentation/")


def batches(todo: list[Step]) -> list[list[Step]]:
    """Steps that cannot see each other's changes are built together.

    A header or a Makefile is a batch of its own, and a file that the batch has touched
    already begins a new one: then before and after of every object are the same as if each patch were
    proven by itself."""
    found: list[list[Step]] = []
    touched: set[str] = set()
    for step in todo:
        alone = any(map(_reaches_others, step.row.paths))
        if alone or not found or touched & set(step.row.paths):
            found.append([])
            touched = set()
        found[-1].append(step)
        touched |= set(step.row.paths)
        if alone:
            touched |= {path for later in todo for path in later.row.paths}
    return found


@dataclass
class Prover:
    """headers: digests of the changed files that reach others; texts: all that the
    series has changed so far."""

    builder: Builder
    headers: dict[str, str]
    texts: dict[str, bytes | None] = field(default_factory=dict)

    def state(self) -> str:
        """The headers that differ from the tree's, as one word."""
        return hashlib.sha256(repr(sorted(self.headers.items())).encode()).hexdigest()

    def enter(self, texts: dict[str, bytes | None]) -> None:
        for path, data in texts.items():
            self.builder.put(path, data)
            if _reaches_others(path):
                self.headers[path] = hashlib.sha256(data or b"").hexdigest()

    def unbuilt(self, path: str) -> str:
        """Why an object is not built here, or ''."""
        parts = PurePosixPath(path).parts
        if parts[0] == "arch" and parts[1] != _OWN_ARCH:
            return f"{parts[1]} only: this proof is for {ARCH}"
        if parts[0] in ("tools", "scripts", "samples"):
            return f"of {parts[0]}/: no part of the kernel"
        owner = self.builder.kbuild.owner(path)
        if not owner:
            return "no Kbuild file of its folder or above names it"
        missing = [symbol for symbol in owner.configs if not self.builder.is_set(symbol)]
        return f"{missing[0]} is not set in {Path(self.builder.config).name}" if missing else ""

    def batch(self, todo: list[Step]) -> list[VerdictRow]:
        for step in todo:
            self.texts.update(step.after)
        self.builder.kbuild = Kbuild(self.builder.tree.path, self.texts)
        plans = {step.row.id: self._objects(step) for step in todo}
        wanted = [obj for objects in plans.values() for obj, why in objects.items() if not why]
        new = {str(PurePosixPath(path).with_suffix(".o")) for step in todo
               for path, text in step.before.items() if text is None}
        for step in todo:
            self.enter(step.before)
        before = self.builder.objects([obj for obj in wanted if obj not in new], self.state())
        before.update({obj: Built(True, (), "") for obj in new})
        for step in todo:
            self.enter(step.after)
        after = self.builder.objects(wanted, self.state())
        return [_verdict(step.row.id, obj, why, before, after)
                for step in todo for obj, why in plans[step.row.id].items()]

    def _objects(self, step: Step) -> dict[str, str]:
        found = {}
        for path in step.row.paths:
            if path.endswith(".c"):
                found[str(PurePosixPath(path).with_suffix(".o"))] = self.unbuilt(path)
            elif _is_header(path):
                found[path] = "a header: the objects that include it stand for it"
        return found


def _verdict(patch_id: int, obj: str, why: str, before: dict[str, Built],
             after: dict[str, Built]) -> VerdictRow:
    if why:
        return VerdictRow(patch_id, obj, "not-proven", why)
    old, new = before[obj], after[obj]
    if not old.done:
        return VerdictRow(patch_id, obj, "not-proven", f"it does not build before: {old.error}")
    if not new.done:
        return VerdictRow(patch_id, obj, "failed", new.error)
    fresh = list((Counter(new.warnings) - Counter(old.warnings)).elements())
    if fresh:
        more = f" (and {len(fresh) - 1} more)" if len(fresh) > 1 else ""
        return VerdictRow(patch_id, obj, "warned", fresh[0] + more)
    return VerdictRow(patch_id, obj, "proven", "")


def _symbols(todo: list[Step], target: tree.Tree, builder: Builder) -> list[str]:
    found: dict[str, None] = {}
    for path in (path for step in todo for path in step.row.paths if path.endswith(".c")):
        owner = builder.kbuild.owner(path) if path else None
        if owner and not path.startswith("arch/") or path.startswith(f"arch/{_OWN_ARCH}/"):
            found.update(dict.fromkeys(owner.configs if owner else ()))
    return list(found)


def _folder(options: Options, target: tree.Tree) -> Path:
    if options.build:
        return Path(os.path.abspath(options.build))
    name = hashlib.sha256(f"{target.path}\n{options.config}".encode()).hexdigest()[:16]
    return place.cache() / "prove" / name


def proven(todo: list[Step], target: tree.Tree, options: Options) -> tuple[list[VerdictRow], int]:
    """The verdicts, and how many objects were built for them."""
    folder = _folder(options, target)
    with locked(folder):
        builder = Builder(target, folder, options.config, options.jobs)
        builder.kbuild = Kbuild(target.path)
        builder.prepare(_symbols(todo, target, builder))
        builder.reset({path for step in todo for path in step.row.paths})
        prover = Prover(builder, {})
        for step in reversed(todo):
            prover.enter(step.before)
        prover.headers.clear()
        verdicts: list[VerdictRow] = []
        groups = batches(todo)
        for number, batch in enumerate(groups, 1):
            progress("prove", number, len(groups) + 1)
            verdicts += prover.batch(batch)
        progress("prove", 1, 1)
        return verdicts, builder.built


def _print(rows: list[PatchRow], verdicts: list[VerdictRow], form: str) -> None:
    subjects = {row.id: row.subject for row in rows}
    if form == "text":
        table.show(("patch", "outcome", "object", "reason"),
                   [(v.patch_id, v.outcome, v.object, v.reason) for v in verdicts], form)
        return
    table.show(("patch", "object", "outcome", "reason", "subject"),
               [(v.patch_id, v.object, v.outcome, v.reason, subjects[v.patch_id])
                for v in verdicts], form)


def _series_folder(options: Options, store: Store) -> Path:
    known = store.meta("series")
    folder = options.series or (Path(known) if known else None)
    if folder is None:
        raise Failure(Exit.INPUT, f"{options.db}: no series was made of it; "
                                  "run 'gupconv series'")
    return folder


def _prove(options: Options, store: Store) -> Exit:
    rows = store.patches()
    if not rows:
        note("there is no patch to prove")
        return Exit.DONE
    known = store.meta("tree")
    target = tree.opened(options.tree or Path(known))
    with tempfile.TemporaryDirectory(prefix="gupconv-prove-") as name:
        todo = steps(rows, _series_folder(options, store), target, Path(name) / "texts")
    verdicts, built = proven(todo, target, options)
    verdicts.sort(key=lambda verdict: (verdict.patch_id, verdict.object))
    store.replace_verdicts(verdicts)
    _print(rows, verdicts, options.form)
    counted = Counter(verdict.outcome for verdict in verdicts)
    note(", ".join(f"{counted[word]} {word}" for word in
                   ("proven", "failed", "warned", "not-proven")) + f"; {built} objects built")
    return Exit.FINDINGS if counted["failed"] or counted["warned"] else Exit.DONE


def _config(word: str) -> str:
    if word in CONFIGS:
        return word
    path = Path(word)
    if not path.is_file():
        raise Failure(Exit.USAGE, f"--config {word}: give {', '.join(CONFIGS)} "
                                  "or a file with CONFIG_ lines")
    return str(path.resolve())


def _jobs(word: int) -> int:
    if word < 1:
        raise Failure(Exit.USAGE, f"-j {word}: give a number from 1")
    return word


def _options(words: list[str]) -> Options:
    parser = Parser("prove", "Builds the objects that each patch touches, before and after it.")
    parser.add_db()
    parser.add_argument("--series", type=Path, metavar="DIR",
                        help="the patches (default: where 'gupconv series' put them)")
    parser.add_argument("--build", type=Path, metavar="DIR",
                        help="where to build (default: in the user's cache)")
    parser.add_argument("--tree", type=Path, metavar="TREE",
                        help="the tree (default: the one that was indexed)")
    parser.add_argument("-j", "--jobs", type=int, default=2, metavar="N", help="default: 2")
    parser.add_argument("--config", default="defconfig", metavar="CONFIG",
                        help="defconfig (default), touched (and what the patches touch, as far "
                             "as it can be set), allmodconfig, or a file with CONFIG_ lines to "
                             "set on top of defconfig")
    table.add_format(parser)
    given = parser.parse_args(words)
    return Options(given.db, given.series, given.build, given.tree, _jobs(given.jobs),
                   _config(given.config), given.format)


def main(words: list[str]) -> Exit:
    options = _options(words)
    with opened(options.db, writable=True) as store:
        return _prove(options, store)


if __name__ == "__main__":
    sys.exit(guarded(main))
