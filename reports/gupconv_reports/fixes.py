# SPDX-License-Identifier: GPL-2.0-only
"""The patches of 'gupconv fix', each with its message: the path of the finding in plain English."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import history, message, owners, paths, subject
from .failure import Exit, Failure, warn
from .planned import Planned
from .store import EditedFile, Store
from .tree import Tree


_TOKEN = re.compile(rb"\w+|[^\S\n]+|\n|[^\w\s]")


@dataclass(frozen=True)
class Step:
    """A place on the path that shows the finding."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Fix:
    """A row of 'gupconv fix': a finding, and the patch that mends it or why none does."""

    patch: int
    finding: str
    detail: str
    path: str
    line: int
    function: str
    callee: str
    remedy: str
    why: str
    reason: str
    subsystem: str
    file: str = ""
    before: str = ""
    after: str = ""
    was: str = ""
    became: str = ""
    fault: int = 0
    other_path: str = ""
    other_line: int = 0
    other_callee: str = ""
    other_function: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def has_patch(self) -> bool:
        """A patch of its own: what went away with another's has none."""
        return bool(self.file)


def _fix(row: dict[str, Any]) -> Fix:
    steps = tuple(Step(s["path"], s["line"], s["text"]) for s in row.pop("steps", []))
    return Fix(**{key: value or ("" if value is None else value) for key, value in row.items()},
               steps=steps)


def found(db: Path, words: Sequence[str] = ()) -> list[Fix]:
    """What the program says of this database."""
    command = [paths.program(), "fix", "--db", str(db), "--format", "json", "--texts", *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{command[0]}: not found; it makes the fixes") from error
    if done.returncode not in (Exit.DONE, Exit.FINDINGS):
        said = done.stderr.strip().splitlines()
        raise Failure(Exit(done.returncode) if done.returncode in tuple(Exit) else Exit.TOOL,
                      said[-1].removeprefix("gupconv: error: ") if said else "gupconv fix failed")
    return [_fix(row) for row in json.loads(done.stdout)]


def of_wrong_flags(db: Path, files: Sequence[str]) -> list[Fix]:
    """Mends the flags of acquires in these files, which a conversion must not carry along."""
    return [fix for file in files for fix in found(db, ("--kind", "flags", "--only", file))]


def story(fix: Fix, prefix: str) -> str:
    """Subject and body, without trailers."""
    template = message.environment().get_template("fix.txt.j2")
    text = template.render(fix=fix, longest=subject.LONGEST - len(prefix) - 2)
    body = re.sub(r"\n{3,}", "\n\n", text).strip()
    return f"{prefix}: {body}\n"


def _culprits(fix: Fix) -> list[tuple[str, int]]:
    """The lines that are at fault together, in the tree's own text."""
    places = [(fix.file, fix.fault)]
    if fix.remedy in ("release-kind", "freed") and fix.other_path:
        places.append((fix.other_path, fix.other_line))
    return [(path, line) for path, line in places if line]


def planned(fixes: list[Fix], store: Store, tree: Tree, work: Path) -> list[Planned]:
    """In the order of the program's patches."""
    mending = [fix for fix in fixes if fix.has_patch]
    patched = {} if tree.outside else \
        owners.find(store, tree.path, work, [fix.file for fix in mending])
    past = history.opened(tree.path, tree.outside)
    made = []
    for fix in mending:
        commit = past.origin(_culprits(fix)) if past else None
        why = "" if commit else past.why if past else history.NO_HISTORY
        made.append(Planned(
            story(fix, tree.prefix or subject.prefix((fix.file,), patched)), {fix.file: fix.after.encode()},
            fix.subsystem, "", (f"Fixes: {commit}",) if commit else (),
            f"No Fixes: tag: {why}." if why else ""))
    return made


def _three_way(base: bytes, fixed: bytes, converted: bytes, temp: Path,
               *options: str) -> bytes | None:
    """Both changes of these lines; None where they are of the same ones."""
    texts = {"fixed": fixed, "base": base, "converted": converted}
    for name, data in texts.items():
        (temp / f"merge.{name}").write_bytes(data)
    try:
        done = subprocess.run(["git", "merge-file", "-p", *options,
                               *(str(temp / f"merge.{name}") for name in texts)],
                              capture_output=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, "git: not found; it makes the patches") from error
    return done.stdout if done.returncode == 0 else None


def _a_token_a_line(text: bytes) -> bytes:
    """The text with a newline behind each word, mark and run of blanks; its own newlines are
    carriage returns there."""
    return b"".join(token.replace(b"\n", b"\r") + b"\n" for token in _TOKEN.findall(text))


def _merged(base: bytes, fixed: bytes, converted: bytes, temp: Path,
            flags_alone: bool) -> bytes | None:
    """The text with both changes, line by line or else token by token; None where these meet.
    A conversion that adds to the flags writes a truth value as the fix does: it has both."""
    texts = (base, fixed, converted)
    merged = _three_way(*texts, temp)
    if merged is not None or any(b"\r" in text for text in texts):
        return merged
    tokens = _three_way(*(_a_token_a_line(text) for text in texts), temp,
                        *(("--theirs",) if flags_alone else ()))
    merged = None if tokens is None else tokens.replace(b"\n", b"").replace(b"\r", b"\n")
    if merged is None or merged.count(b"FOLL_WRITE") < fixed.count(b"FOLL_WRITE"):
        return None
    return merged


def beside(fixes: list[Fix], files: list[EditedFile], tree: Tree,
           temp: Path) -> tuple[list[Fix], list[EditedFile]]:
    """The fixes that conversions can follow, and these on top of them. A file whose fix and
    conversion change the same words is only converted."""
    last = {fix.file: fix.after.encode() for fix in fixes if fix.has_patch}
    left_out = set()
    followed = []
    for file in files:
        fixed = last.get(file.path)
        base = tree.read(file.path) or b""
        text = None
        if fixed is not None and hashlib.sha256(base).hexdigest() == file.before:
            text = _merged(base, fixed, file.after, temp, all(
                fix.remedy == "flags-boolean" for fix in fixes if fix.file == file.path))
        if fixed is not None and text is None:
            warn(f"{file.path}: the conversion changes what the fix does, so the fix is left out")
            left_out.add(file.path)
        followed.append(file if fixed is None or text is None else EditedFile(
            file.path, file.subsystem, hashlib.sha256(fixed).hexdigest(), text))
    return [fix for fix in fixes if fix.file not in left_out], followed
