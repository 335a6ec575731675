# SPDX-License-Identifier: GPL-2.0-only
"""gupconv run --module: a driver outside of the kernel from its audit to a proven series."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from . import module, module_build, paths, summary, table
from .failure import Exit, Failure, guarded, note
from .options import Parser
from .store import Site, Store, opened

_OTHER_KERNEL = "other-kernel"
_DONE = "converted"
Key = tuple[str, int, str, str]


class _Refused(Exception):
    """There is no series, and why."""


def _stage(*words: object, shown: bool = False) -> Exit:
    """Runs a stage, whose listing is dropped unless it is shown on stderr."""
    note(f"{words[0]} ...")
    done = subprocess.run([paths.program(), *map(str, words)], check=False,
                          stdout=sys.stderr if shown else subprocess.DEVNULL)
    if done.returncode not in (Exit.DONE, Exit.FINDINGS):
        # The stage has said why.
        sys.exit(done.returncode if done.returncode > 0 else Exit.TOOL)
    return Exit(done.returncode)


def _databases(given: Namespace) -> list[Path]:
    """FILE for the first kernel, FILE.2 and so on for the others."""
    first = given.db or Path(f"{os.path.abspath(given.output)}.db")
    return [first, *(first.with_name(f"{first.name}.{number}")
                     for number in range(2, len(given.kernel) + 1))]


def _indexed(given: Namespace, kernel: Path, db: Path) -> Exit:
    more = [f"--{name}={value}" for name, value in (
        ("api", given.api), ("decisions", given.decisions),
        ("compile-commands", given.compile_commands),
        ("build-from", given.build_from)) if value]
    return _stage("index", "--module", given.module, "--kernel", kernel, "--db", db,
                  "-j", given.jobs, *more)


def _sites(store: Store) -> dict[Key, Site]:
    return {(site.path, site.line, site.callee, site.function): site for site in store.sites()}


def _is_done(site: Site) -> bool:
    return site.outcome == _DONE or site.state == _DONE


def _is_of_another(site: Site) -> bool:
    return site.reason.code == _OTHER_KERNEL


def _place(site: Site) -> str:
    return f"{site.path}:{site.line}: {site.callee}()"


def _contradiction(first: Store, other: Store, names: tuple[str, str]) -> str:
    """Why the conversion for the first kernel is not one for the other, or ""."""
    mine, theirs = _sites(first), _sites(other)
    for key, site in mine.items():
        there = theirs.get(key)
        if site.outcome == _DONE and there and not _is_done(there) and not _is_of_another(there):
            return f"{_place(site)} is to change for {names[0]}, and stays for {names[1]}: " \
                   f"{there.why.text or there.state}"
    for key, site in theirs.items():
        here = mine.get(key)
        if site.outcome == _DONE and here and not _is_done(here):
            return f"{_place(site)} is to change for {names[1]}, and stays for {names[0]}: " \
                   f"{here.why.text or here.state}"
    return ""


def _agreed(databases: Sequence[Path], names: Sequence[str]) -> None:
    with opened(databases[0]) as first:
        for db, name in zip(databases[1:], names[1:]):
            with opened(db) as other:
                why = _contradiction(first, other, (names[0], name))
            if why:
                raise _Refused(f"no series, since one text has to be right for every kernel: {why}")


def _has_sites(databases: Sequence[Path], driver: Path) -> None:
    for db in databases:
        with opened(db) as store:
            if store.sites():
                return
    raise _Refused(f"{driver}: no call that takes pages of a user or releases pages was found")


def _stages(given: Namespace) -> bool:
    """Whether a stage has ended with findings."""
    kernels = [module_build.kernel(path) for path in given.kernel]
    databases = _databases(given)
    for path in {given.output, *databases}:
        Path(os.path.abspath(path)).parent.mkdir(parents=True, exist_ok=True)
    codes = [_indexed(given, kernel.path, db) for kernel, db in zip(kernels, databases)]
    _has_sites(databases, given.module)
    # For the reader alone: the proof has an audit of its own.
    _stage("audit", "--db", databases[0], "--counts", shown=True)
    codes += [_stage("convert", "--db", db, "-j", given.jobs) for db in databases]
    _agreed(databases, [kernel.name for kernel in kernels])
    codes.append(_stage("series", "--db", databases[0], "-o", given.output))
    if not given.no_prove:
        more: list[object] = [word for kernel in kernels for word in ("--kernel", kernel.path)]
        more += [f"--prepare={given.prepare}"] if given.prepare else []
        codes.append(_stage("prove", "--db", databases[0], "--series", given.output,
                            "-j", given.jobs, *more))
    return Exit.FINDINGS in codes


def _summary(given: Namespace) -> bool:
    """Prints it; whether a call is left over."""
    target = module.opened(given.module)
    with opened(_databases(given)[0]) as store:
        rows = summary.rows(store, given.output)
        outcomes = [(verdict.patch_id, verdict.object, f"{verdict.outcome}: {verdict.reason}")
                    for verdict in store.verdicts()]
        left = any(row[0] == "left over" and row[1] for row in rows)
    print(target.described())
    kernels: list[list[table.Cell]] = [[f"patch {number} on {name}", None, text]
                                    for number, name, text in outcomes]
    table.show(("what", "count", "detail"), [*rows, *kernels], "text")
    return left


def _options(words: list[str]) -> Namespace:
    parser = Parser("run", "Walks the whole way with a driver outside of the kernel.")
    parser.add_argument("--module", type=Path, required=True, metavar="DIR")
    parser.add_argument("--kernel", type=Path, action="append", default=[], metavar="TREE")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--db", type=Path, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    for name in ("--api", "--decisions", "--compile-commands", "--build-from"):
        parser.add_argument(name, metavar="FILE")
    parser.add_argument("--prepare", default="", metavar="COMMAND")
    parser.add_argument("--no-prove", action="store_true")
    given = parser.parse_args(words)
    if not given.kernel:
        raise Failure(Exit.USAGE, "run: --module wants the kernels that it is for: --kernel TREE")
    module_build.prepare_words(given.prepare)
    return given


def main(words: list[str]) -> Exit:
    given = _options(words)
    try:
        findings = _stages(given)
    except _Refused as refused:
        note(str(refused))
        return Exit.FINDINGS
    return Exit.FINDINGS if _summary(given) or findings else Exit.DONE


if __name__ == "__main__":
    sys.exit(guarded(main))
