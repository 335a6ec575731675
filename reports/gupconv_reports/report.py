# SPDX-License-Identifier: GPL-2.0-only
"""gupconv report: what was found, changed, left and proven, as one self-contained page or as a
table of all sites."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import account, cover, module, table
from .failure import Exit, Failure, guarded, note
from .message import environment
from .options import Parser
from .outcome import outcomes
from .store import OUTCOMES, PatchRow, Site, Store, VerdictRow, opened

_STATES = ("converted", "unconverted", "keep", "mixed", "mismatched", "unknown")


@dataclass(frozen=True)
class SubsystemRow:
    name: str
    acquires: int
    releases: int
    states: tuple[int, ...]


@dataclass(frozen=True)
class Page:
    """subject: that the sites are of: "Linux 6.1.0", or a driver outside of it."""

    subject: str
    era: str
    tool: str
    counts: tuple[tuple[str, int, int], ...]
    states: tuple[str, ...]
    subsystems: tuple[SubsystemRow, ...]
    open_sites: tuple[Site, ...]
    patches: tuple[tuple[PatchRow, str], ...]
    unproven: tuple[VerdictRow, ...]


def _subsystems(store: Store) -> tuple[SubsystemRow, ...]:
    found = []
    for name, acquires, releases, *counts in store.rows("report_subsystems"):
        found.append(SubsystemRow(name, acquires, releases, tuple(counts)))
    return tuple(found)


def _verdict_words(patch: PatchRow, verdicts: list[VerdictRow]) -> str:
    counted = Counter(v.outcome for v in verdicts if v.patch_id == patch.id)
    return ", ".join(f"{counted[word]} {word}" for word in OUTCOMES if counted[word])


def _subject(store: Store) -> str:
    linux = f"Linux {store.meta('tree_version')}"
    if not store.meta("kernel"):
        return linux
    try:
        name = module.opened(Path(store.meta("tree"))).described()
    except Failure:
        # The driver has moved: its name is that of the folder.
        name = Path(store.meta("tree")).name
    return f"{name}, for {linux}"


def page(store: Store) -> Page:
    sites = store.sites()
    verdicts = store.verdicts()
    return Page(
        subject=_subject(store), era=store.meta("era"), tool=store.meta("tool"),
        counts=cover.counts(outcomes(sites, store.links())), states=_STATES, subsystems=_subsystems(store),
        open_sites=tuple(site for site in sites if site.state in ("unknown", "mixed",
                                                                  "mismatched")),
        patches=tuple((patch, _verdict_words(patch, verdicts)) for patch in store.patches()),
        unproven=tuple(v for v in verdicts if v.outcome != "proven"))


def html(store: Store) -> str:
    made = environment()
    made.autoescape = True
    return made.get_template("status.html.j2").render(page=page(store))


def write(path: Path, text: str) -> bool:
    """Whole or not at all; false when it is there already."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return True


def main(words: list[str]) -> Exit:
    parser = Parser("report", "Writes a status page that needs nothing beside it, or prints a "
                              "table of all sites.")
    parser.add_db()
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.html",
                        help="write the page")
    parser.add_argument("--table", action="store_true",
                        help="print each site: its state, its change, its proof")
    table.add_format(parser)
    given = parser.parse_args(words)
    if not given.output and not given.table:
        raise Failure(Exit.USAGE, "report: say with -o FILE.html where the page goes, or --table")
    with opened(given.db) as store:
        text = html(store) if given.output else ""
        sites = account.rows(store) if given.table else []
    if given.output and not write(Path(os.path.abspath(given.output)), text):
        note(f"{given.output}: up to date")
    if given.table:
        shown = account.IN_TEXT if given.format == "text" else len(account.COLUMNS)
        table.show(account.COLUMNS[:shown], [row[:shown] for row in sites], given.format)
    return Exit.DONE


if __name__ == "__main__":
    sys.exit(guarded(main))
