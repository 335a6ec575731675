# SPDX-License-Identifier: GPL-2.0-only
"""gupconv prove: do the objects that a patch touches compile as quietly as before?"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import arch, module, module_build, module_proof, paths, table, tree
from .arch import Arch, Archs
from .build import ANY, CONFIGS
from .coverage import Coverage
from .failure import Exit, Failure, guarded, note
from .options import Parser
from .proof import Asked, Proof
from .series_steps import Step, steps
from .store import OUTCOMES, LinesRow, PatchRow, Store, VerdictRow, opened


@dataclass(frozen=True)
class Options:
    db: Path
    series: Path | None
    build: Path | None
    tree: Path | None
    jobs: int
    configs: tuple[str, ...]
    archs: tuple[str, ...]
    lines: bool
    form: str
    kernels: tuple[Path, ...] = ()
    prepare: str = ""


@dataclass(frozen=True)
class Proven:
    """The verdicts, how many objects were built for them, and the packages that more of them
    need."""

    verdicts: list[VerdictRow]
    lines: list[LinesRow]
    built: int
    packages: list[str]


def _folder(options: Options, target: tree.Tree, where: Arch, config: str) -> Path:
    """Where to build for an architecture; its name is part of the path but for the default."""
    other = "" if where.name == arch.DEFAULT else where.name
    if options.build:
        top = Path(os.path.abspath(options.build))
        several = other or options.configs != (config,)
        return top / f"{where.name}-{_word(config)}" if several else top
    words = f"{target.path}\n{config}" + (f"\n{other}" if other else "")
    return paths.cache() / "prove" / hashlib.sha256(words.encode()).hexdigest()[:16]


def _word(config: str) -> str:
    """A configuration as part of a name."""
    return Path(config).name if Path(config).is_absolute() else config.replace("/", "-")


def proven(todo: list[Step], target: tree.Tree, options: Options, store: Store) -> Proven:
    archs = Archs(tuple(Arch(*row) for row in store.archs()))
    configs = tuple(dict.fromkeys(
        config for word in options.configs
        for config in (("allmodconfig", "touched") if word == ANY else (word,))))
    asked = Asked(lambda where, config: _folder(options, target, where, config), configs,
                  ANY in options.configs, _chosen(options.archs, archs), options.jobs)
    proof = Proof(target, todo, asked, archs, store.patched(), Coverage.of(todo))
    verdicts = proof.run()
    return Proven(verdicts, proof.coverage.rows(), proof.built,
                  [where.package for where in proof.wanting if where.package])


def _print(rows: list[PatchRow], verdicts: list[VerdictRow], form: str) -> None:
    subjects = {row.id: row.subject for row in rows}
    if form == "text":
        table.show(("patch", "outcome", "object", "reason"),
                   [(v.patch_id, v.outcome, v.object, v.reason) for v in verdicts], form)
        return
    table.show(("patch", "object", "outcome", "reason", "subject"),
               [(v.patch_id, v.object, v.outcome, v.reason, subjects[v.patch_id])
                for v in verdicts], form)


def _print_lines(lines: list[LinesRow], form: str) -> None:
    table.show(("patch", "path", "line", "lines", "outcome", "guard", "reason"),
               [(row.patch_id, row.path, row.line, row.lines, row.outcome, row.guard, row.reason)
                for row in lines], form)


def _series_folder(options: Options, store: Store) -> Path:
    known = store.meta("series")
    folder = options.series or (Path(known) if known else None)
    if folder is None:
        raise Failure(Exit.INPUT, f"{options.db}: no series was made of it; "
                                  "run 'gupconv series'")
    return folder


def _prove_module(options: Options, store: Store, rows: list[PatchRow]) -> Exit:
    target = module.opened(options.tree or Path(store.meta("tree")))
    given = options.kernels or (Path(store.meta("kernel")),)
    kernels = list(dict.fromkeys(map(module_build.kernel, given)))
    prepare = module_build.prepare_words(options.prepare)
    planned = [site for site in store.sites() if site.by_rule]
    with tempfile.TemporaryDirectory(prefix="gupconv-prove-") as name:
        verdicts = module_proof.ModuleProof(target, rows, _series_folder(options, store), kernels,
                                            planned, options.jobs, prepare).run(Path(name).resolve())
    store.replace_verdicts(verdicts, [])
    _print(rows, verdicts, options.form)
    counted = Counter(verdict.outcome for verdict in verdicts)
    note(", ".join(f"{counted[word]} {word}" for word in OUTCOMES if word != "not-compiled"))
    return Exit.FINDINGS if counted["failed"] or counted["warned"] else Exit.DONE


def _prove(options: Options, store: Store) -> Exit:
    rows = store.patches()
    if not rows:
        note("there is no patch to prove")
        return Exit.DONE
    known = store.meta("tree")
    if store.meta("kernel"):
        return _prove_module(options, store, rows)
    target = tree.opened(options.tree or Path(known))
    with tempfile.TemporaryDirectory(prefix="gupconv-prove-") as name:
        todo = steps(rows, _series_folder(options, store), target, Path(name) / "texts")
    done = proven(todo, target, options, store)
    store.replace_verdicts(done.verdicts, done.lines)
    if options.lines:
        _print_lines(done.lines, options.form)
    else:
        _print(rows, done.verdicts, options.form)
    counted = Counter(verdict.outcome for verdict in done.verdicts)
    compiled = sum(row.outcome == "compiled" for row in done.lines)
    note(", ".join(f"{counted[word]} {word}" for word in OUTCOMES) +
         f"; {compiled} of {len(done.lines)} changes compiled; {done.built} objects built")
    if done.packages:
        note(f"for more compilers: sudo apt-get install {' '.join(done.packages)}")
    return Exit.FINDINGS if counted["failed"] or counted["warned"] else Exit.DONE


def _config(word: str) -> str:
    if word in (ANY, *CONFIGS) or (word.endswith("_defconfig") and not Path(word).is_file()):
        return word
    path = Path(word)
    if not path.is_file():
        raise Failure(Exit.USAGE, f"--config {word}: give {', '.join((ANY, *CONFIGS))}, "
                                  "NAME_defconfig or a file with CONFIG_ lines")
    return str(path.resolve())


def _chosen(words: tuple[str, ...], archs: Archs) -> tuple[str, ...]:
    for word in words:
        if archs.named(word).name not in archs.names():
            raise Failure(Exit.USAGE, f"--arch {word}: give {', '.join(archs.names())}")
    return tuple(archs.named(word).name for word in words)


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
    parser.add_argument("--config", default=ANY, metavar="CONFIG,...",
                        help="any (default: allmodconfig, touched, and one of the architecture's "
                             "own that is searched for), defconfig, touched (and what the patches "
                             "touch, as far as it can be set), allmodconfig, NAME_defconfig, or a "
                             "file with CONFIG_ lines to set on top of defconfig; the first that "
                             "has an object is taken")
    parser.add_argument("--arch", default="", metavar="NAME,...",
                        help="only objects of these architectures (default: all, each object "
                             "for that of its file)")
    parser.add_argument("--lines", action="store_true",
                        help="list the changed lines, in place of the objects")
    parser.add_argument("--kernel", type=Path, action="append", default=[], metavar="TREE",
                        help="of a module: build it for this kernel or headers package, first for "
                             "that which was indexed; may be given several times (default: the "
                             "sources that were indexed)")
    parser.add_argument("--prepare", default="", metavar="COMMAND",
                        help="of a module: what it wants before make, as its configure; {kernel} "
                             "is the kernel's path")
    table.add_format(parser)
    given = parser.parse_args(words)
    return Options(given.db, given.series, given.build, given.tree, _jobs(given.jobs),
                   tuple(map(_config, given.config.split(","))),
                   tuple(filter(None, given.arch.split(","))), given.lines, given.format,
                   tuple(given.kernel), given.prepare)


def main(words: list[str]) -> Exit:
    options = _options(words)
    with opened(options.db, writable=True) as store:
        return _prove(options, store)


if __name__ == "__main__":
    sys.exit(guarded(main))
