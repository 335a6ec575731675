# SPDX-License-Identifier: GPL-2.0-only
"""gupconv fix --out: the fixes as mails; 'gupconv fix' itself makes them."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from . import cover, fixes, git, output, series, table, tree
from .failure import Exit, guarded, note
from .options import Parser
from .plan import Plan
from .store import Store, opened


def _mails(store: Store, given: Namespace, made: list[fixes.Fix]) -> int:
    """Writes them; how many there are."""
    target = series.tree_of(given.db, None, store)
    output.check_folder(given.out)
    person = git.sender()
    with tempfile.TemporaryDirectory(prefix="gupconv-fix-") as name:
        temp = Path(name)
        patches = fixes.planned(made, store, target, temp / "work")
        scripts = None if target.outside else tree.Scripts(target, temp / "tree")
        if scripts:
            scripts.prepare()
        maker = series.Maker(store, target, temp, person, scripts, store.contacts(),
                             series.tool(store))
        read = {path: target.read(path) for patch in patches for path in patch.texts}
        plan = Plan(tuple(patches), {path: data for path, data in read.items() if data})
        files = series.formatted(maker, plan).files(
            maker, cover.FIXES, cover.fixes(target.described(), maker.version, made)) \
            if patches else {}
        if files or given.out.is_dir():
            output.publish(given.out, files)
    return len(patches)


def _shown(made: list[fixes.Fix], form: str) -> None:
    header = ["patch", "finding", "detail", "path", "line", "function", "callee", "remedy", "why",
              "reason", "subsystem"]
    rows: list[list[table.Cell]] = [
        [fix.patch or None, fix.finding, fix.detail, fix.path, fix.line, fix.function, fix.callee,
         fix.remedy, fix.why, fix.reason, fix.subsystem] for fix in made]
    shown = 9 if form == "text" else len(header)
    table.show(header[:shown], [row[:shown] for row in rows], form)


def _options(words: list[str]) -> Namespace:
    parser = Parser("fix", "Writes the fixes as mails.")
    parser.add_db()
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    for option in ("--only", "--jobs", "--timeout"):
        parser.add_argument(option)
    parser.add_argument("--kind", action="append", default=[])
    table.add_format(parser)
    return parser.parse_args(words)


def main(words: list[str]) -> Exit:
    given = _options(words)
    passed = [word for name in ("only", "jobs", "timeout") if getattr(given, name)
              for word in (f"--{name}", getattr(given, name))]
    passed += [word for kind in given.kind for word in ("--kind", kind)]
    made = fixes.found(given.db, passed)
    with opened(given.db, writable=True) as store:
        count = _mails(store, given, made)
    _shown(made, given.format)
    note(f"{given.out}: {count} patches; {sum(not fix.patch for fix in made)} of "
         f"{len(made)} findings have no local remedy")
    return Exit.FINDINGS if any(not fix.patch for fix in made) else Exit.DONE


if __name__ == "__main__":
    sys.exit(guarded(main))
