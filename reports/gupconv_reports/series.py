# SPDX-License-Identifier: GPL-2.0-only
"""gupconv series: the edits as a series of mails that a maintainer can take."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from argparse import Namespace
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from pathlib import Path

from . import cover, fixes, git, inputs, message, module, output, table, tree
from .failure import Exit, Failure, guarded, note, progress, warn
from .options import Parser
from .plan import Plan, plan
from .planned import Planned
from .outcome import outcomes
from .store import CheckRow, Contact, PatchRow, Store, opened

_SUBJECT_MARK = b"*** SUBJECT HERE ***"
_BLURB_MARK = b"*** BLURB HERE ***"
_COVER = "0000-cover-letter.patch"
_WIDEST_COVER_CC = 40
_AT_ONCE = 2


@dataclass(frozen=True)
class Options:
    db: Path
    folder: Path
    tree: Path | None
    scripts: bool
    with_core: bool
    fixes: bool
    form: str


@dataclass
class Maker:
    """One series in the making, below a temporary folder."""

    store: Store
    target: tree.Tree
    temp: Path
    person: git.Person
    scripts: tree.Scripts | None
    contacts: list[Contact]
    version: str

    def repository(self, name: str) -> git.Repository:
        return git.Repository(self.temp / name, self.person, self.target.epoch())

    def write(self, repository: git.Repository, texts: dict[str, bytes]) -> None:
        for path, data in texts.items():
            full = repository.path / self.target.within / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)
            full.chmod(self.target.mode(path))

    def based(self, name: str, made: Plan) -> git.Repository:
        """A repository that holds the touched files as the tree has them."""
        repository = self.repository(name)
        repository.start()
        self.write(repository, made.base)
        repository.commit(f"{self.target.described()}\n", 0)
        return repository

    def cc(self, patch: Planned, diff: bytes) -> list[str]:
        if self.scripts:
            path = self.temp / "one.patch"
            path.write_bytes(patch.message.encode() + b"---\n" + diff)
            found = self.scripts.maintainers(str(path))
            if found is not None:
                return [address for address in found if self.person.email not in address]
        return [c.value for c in self.contacts
                if c.subsystem == patch.subsystem and c.kind != "tree"
                and self.person.email not in c.value]

    def core_lists(self) -> list[str]:
        """Where get_user_pages*() itself is looked after."""
        if not self.scripts or not self.target.has("mm/gup.c"):
            return []
        found = self.scripts.maintainers("-f", "mm/gup.c")
        return [address for address in found or [] if "<" not in address]

    def commit_all(self, made: Plan, repository: git.Repository) -> list[list[str]]:
        """Commits every patch; returns their Cc: lists."""
        everybody = []
        for number, patch in enumerate(made.patches, 1):
            self.write(repository, patch.texts)
            cc = self.cc(patch, repository.diff())
            words = message.with_trailers(patch.message, [*patch.trailers,
                                          *(f"Cc: {address}" for address in cc)],
                                          str(self.person), patch.note)
            repository.commit(words, number)
            everybody.append(cc)
        return everybody

    def format(self, made: Plan, repository: git.Repository) -> Path:
        folder = self.temp / "mails"
        repository.run("format-patch", "--quiet", "--numbered", "--no-thread", "--no-renames",
                       "--cover-letter", f"--signature={self.version}", "--encode-email-headers",
                       "--stat=72", f"--output-directory={folder}", f"-{len(made.patches)}",
                       second=len(made.patches) + 1)
        return folder

    def check_applies(self, made: Plan, mails: list[Path], wanted: str) -> None:
        repository = self.based("again", made)
        repository.run("am", "--quiet", "--keep-cr", "--no-3way", *map(str, mails))
        if repository.tree_id() != wanted:
            raise Failure(Exit.TOOL, "git am of the series does not give the texts that it "
                                     "was made of")


def _lists(everybody: list[list[str]]) -> list[str]:
    """For the cover letter, the lists alone: an address without a person's name."""
    seen = [address for cc in everybody for address in cc if "<" not in address]
    ordered = [address for address, _ in Counter(seen).most_common()]
    return ordered[:_WIDEST_COVER_CC]


def _filled_cover(raw: bytes, title: str, body: str, lists: list[str]) -> bytes:
    filled = raw.replace(_SUBJECT_MARK, title.encode()).replace(_BLURB_MARK, body.encode())
    if not lists:
        return filled
    head, separator, rest = filled.partition(b"\n\n")
    return head + b"\nCc: " + ",\n ".join(lists).encode() + separator + rest


def _needed(made: Plan) -> str:
    """What comes before the conversions."""
    sources = [patch.subject for patch in made.patches if patch.source]
    text = ("Patches from the kernel's own part: " + "; ".join(sources) + ".") if sources else ""
    if made.fixes:
        text += f" The first {made.fixes} patches mend what is wrong already; each stands alone."
    return text.strip()


def _cover_body(maker: Maker, made: Plan, checks: list[CheckRow] | None) -> str:
    found = outcomes(maker.store.sites(), maker.store.links())
    era = maker.store.meta("era")
    needed = _needed(made)
    if maker.target.outside:
        checked = "git am applies the whole series to that text."
    elif checks is None:
        checked = "The tree's checkpatch.pl was not run."
    else:
        counted = Counter(check.kind for check in checks)
        checked = ("The tree's checkpatch.pl --strict reports: " +
                   ", ".join(f"{counted[kind]} {word}" for kind, word in
                             (("ERROR", "errors"), ("WARNING", "warnings"),
                              ("CHECK", "checks"))) +
                   ". git am applies the whole series to the tree's text.")
    return cover.text(cover.Cover(
        maker.target.described(), maker.version, cover.aim(era), cover.counts(found),
        cover.grouped_reasons(found), needed, checked, maker.target.commit))


def _subject_of(mail: bytes) -> str:
    raw = BytesHeaderParser().parsebytes(mail)["Subject"] or ""
    whole = str(make_header(decode_header(re.sub(r"\n\s+", " ", str(raw)))))
    return re.sub(r"^\[PATCH[^]]*\] ", "", whole)


def _rows(made: Plan, mails: list[Path]) -> list[PatchRow]:
    return [PatchRow(number, mail.name, _subject_of(mail.read_bytes()), patch.subsystem,
                     patch.source, tuple(sorted(patch.texts)))
            for number, (patch, mail) in enumerate(zip(made.patches, mails), 1)]


def _checked(maker: Maker, mails: list[Path]) -> list[CheckRow] | None:
    if not maker.scripts or not maker.target.has("scripts/checkpatch.pl"):
        return None
    rows = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, found in enumerate(pool.map(maker.scripts.checkpatch, mails), 1):
            progress("checkpatch", number, len(mails))
            rows += [CheckRow(number, finding.kind, f"line {finding.line}: {finding.text}")
                     for finding in found or []]
    return rows


@dataclass(frozen=True)
class Formatted:
    """The mails of a plan, on disk, and the Cc: lists of each."""

    folder: Path
    mails: list[Path]
    everybody: list[list[str]]

    def files(self, maker: Maker, title: str, body: str) -> dict[str, bytes]:
        """All of them by their names, with the cover letter."""
        files = {mail.name: mail.read_bytes() for mail in self.mails}
        files[_COVER] = _filled_cover((self.folder / _COVER).read_bytes(), title, body,
                                      _lists([*self.everybody, maker.core_lists()]))
        return files


def formatted(maker: Maker, made: Plan) -> Formatted:
    """Commits and formats the patches; git am of them gives the same texts again."""
    repository = maker.based("series", made)
    everybody = maker.commit_all(made, repository)
    folder = maker.format(made, repository)
    mails = sorted(path for path in folder.iterdir() if path.name != _COVER)
    maker.check_applies(made, mails, repository.tree_id())
    return Formatted(folder, mails, everybody)


def _make(maker: Maker, made: Plan) -> tuple[dict[str, bytes], list[PatchRow], list[CheckRow]]:
    done = formatted(maker, made)
    checks = _checked(maker, done.mails)
    files = done.files(maker, cover.subject(maker.store.meta("era")),
                       _cover_body(maker, made, checks))
    return files, _rows(made, done.mails), checks or []


def _print(rows: list[PatchRow], checks: list[CheckRow], form: str) -> None:
    counted: Counter[tuple[int, str]] = Counter((c.patch_id, c.kind) for c in checks)
    header = ["patch", "files", "errors", "warnings", "checks", "subject", "subsystem", "name"]
    cells: list[list[table.Cell]] = [
        [row.id, len(row.paths), counted[row.id, "ERROR"], counted[row.id, "WARNING"],
         counted[row.id, "CHECK"], row.subject, row.subsystem, row.name] for row in rows]
    shown = 6 if form == "text" else len(header)
    table.show(header[:shown], [row[:shown] for row in cells], form)


def tree_of(db: Path, given: Path | None, store: Store) -> tree.Tree:
    known = store.meta("tree")
    if known and store.meta("kernel"):
        return module.opened(given or Path(known))
    if given is None and not known:
        raise Failure(Exit.INPUT, f"{db}: does not say which tree it is of; give --tree")
    return tree.opened(given or Path(known))


def tool(store: Store) -> str:
    version = os.environ.get("GUPCONV_VERSION") or store.meta("tool")
    return f"gupconv {version}".strip() if "gupconv" not in version else version


def _made(options: Options, store: Store, target: tree.Tree, person: git.Person,
          mended: list[fixes.Fix]) -> bool:
    """Makes the series and puts it into place; false when all of it was there already."""
    with tempfile.TemporaryDirectory(prefix="gupconv-series-") as name:
        temp = Path(name)
        made = plan(store, target, temp / "work", options.with_core, mended)
        target.check_committed(sorted(made.base))
        scripts = tree.Scripts(target, temp / "tree") \
            if options.scripts and not target.outside else None
        if scripts:
            scripts.prepare()
        maker = Maker(store, target, temp, person, scripts, store.contacts(), tool(store))
        files, rows, checks = _make(maker, made) if made.patches else ({}, [], [])
        written = output.publish(options.folder, files) \
            if files or options.folder.is_dir() else False
    store.replace_patches(rows, checks)
    store.meta_set("series", os.path.abspath(options.folder))
    return written


def _is_there(options: Options, store: Store, digest: str) -> bool:
    """Whether the same inputs have made what lies in the folder and in the database."""
    known = output.manifest(options.folder)
    names = {row.name for row in store.patches()} | {_COVER}
    return known.inputs == digest and bool(known.files) and set(known.files) == names and \
        store.meta("series") == os.path.abspath(options.folder) and output.intact(options.folder)


def _series(options: Options, store: Store) -> Exit:
    target = tree_of(options.db, options.tree, store)
    person = git.sender()
    output.check_folder(options.folder)
    mended = fixes.found(options.db) if options.fixes else \
        fixes.of_wrong_flags(options.db, store.files_of_wrong_flags())

    def digest() -> str:
        return inputs.digest(store, target, [str(person), tool(store), str(options.scripts),
                                             str(options.with_core), repr(mended)])
    if _is_there(options, store, digest()):
        written = False
    else:
        # The paths that the core sources touch count too, and are known only afterwards.
        written = _made(options, store, target, person, mended)
        output.stamp(options.folder, digest())
    rows, checks = store.patches(), store.checks()
    _print(rows, checks, options.form)
    for check in checks:
        if check.kind == "ERROR":
            warn(f"{rows[check.patch_id - 1].name}: checkpatch: {check.text}")
    if not rows:
        note("nothing is converted, so there is no patch to write")
    elif not written:
        note(f"{options.folder}: up to date, {len(rows)} patches")
    return Exit.DONE


def _options(words: list[str]) -> Options:
    parser = Parser("series", "Writes the converted sites as a series of patches, ready to mail. "
                    "From: and Signed-off-by: are what git has as user.name and user.email. The "
                    "mails are dated by SOURCE_DATE_EPOCH, else by the tree's Makefile, one "
                    "second apart: the same input gives the same bytes.")
    parser.add_db()
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR",
                        help="where the patches go")
    parser.add_argument("--tree", type=Path, metavar="TREE",
                        help="the tree (default: the one that was indexed)")
    parser.add_argument("--no-tree-scripts", action="store_true",
                        help="run neither get_maintainer.pl nor checkpatch.pl of the tree")
    parser.add_argument("--with-core", action="store_true",
                        help="with the kernel's own part, not only what the conversions need")
    parser.add_argument("--fixes", action="store_true",
                        help="first all patches that 'gupconv fix' makes (default: those of "
                        "truth values passed as flags, where a conversion meets one)")
    table.add_format(parser)
    given: Namespace = parser.parse_args(words)
    return Options(given.db, given.output, given.tree, not given.no_tree_scripts,
                   given.with_core, given.fixes, given.format)


def main(words: list[str]) -> Exit:
    options = _options(words)
    with opened(options.db, writable=True) as store:
        return _series(options, store)


if __name__ == "__main__":
    sys.exit(guarded(main))
