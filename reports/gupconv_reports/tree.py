# SPDX-License-Identifier: GPL-2.0-only
"""The target tree: its version, its texts, and its own scripts, run without writing to it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import limited
from .failure import Exit, Failure, warn

_ADDRESS = re.compile(r"^(.*<)?[^\s<>@]+@[^\s<>@]+>?$")
# "where:12: ERROR: text" of --terse, and "ERROR:TYPE: where:12: text" of plain scripts.
_TERSE = re.compile(r"^[^:]+:(?P<line>\d+): (?P<kind>ERROR|WARNING|CHECK): ?(?P<text>.*)$")
_TYPED = re.compile(r"^(?P<kind>ERROR|WARNING|CHECK):\w+: [^:]+:(?P<line>\d+): (?P<text>.*)$")
_SCRIPT_SECONDS = 120
"""Of CPU time, for one patch or one path."""


@dataclass(frozen=True)
class Finding:
    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Tree:
    path: Path

    @property
    def outside(self) -> bool:
        """Whether it is a driver outside of the kernel."""
        return False

    @property
    def within(self) -> str:
        """The folder of the series' paths that ours are from."""
        return "."

    @property
    def prefix(self) -> str:
        """What every subject begins with; "" where that depends on the files."""
        return ""

    @property
    def commit(self) -> str:
        """What a cover letter names as its base; "" for the version alone."""
        return ""

    def check_committed(self, paths: list[str]) -> None:
        """Fails where a file of these is not as the commit has it that the series is made of."""

    def described(self) -> str:
        """What a series is made against, in words."""
        return f"Linux {self.version()}"

    def dated_by(self) -> Path:
        return self.path / "Makefile"

    def read(self, path: str) -> bytes | None:
        full = self.path / path
        try:
            return full.read_bytes() if full.is_file() else None
        except OSError as error:
            raise Failure(Exit.INPUT, f"{full}: {error.strerror}") from error

    def mode(self, path: str) -> int:
        return 0o755 if os.access(self.path / path, os.X_OK) else 0o644

    def has(self, script: str) -> bool:
        return (self.path / script).is_file()

    def version(self) -> str:
        """By the top Makefile: 5.3.0, 6.1.192, with EXTRAVERSION behind it."""
        text = (self.read("Makefile") or b"").decode(errors="replace")
        parts: dict[str, str] = {key: value.strip() for key, value in
                 re.findall(r"^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=(.*)$", text, re.M)}
        numbers = ".".join(parts.get(key, "") or "0"
                           for key in ("VERSION", "PATCHLEVEL", "SUBLEVEL"))
        return numbers + parts.get("EXTRAVERSION", "")

    def epoch(self) -> int:
        """The second that the series is dated: SOURCE_DATE_EPOCH, else the Makefile's."""
        given = os.environ.get("SOURCE_DATE_EPOCH", "")
        if given:
            if not given.isdigit():
                raise Failure(Exit.USAGE, f"SOURCE_DATE_EPOCH={given}: give seconds")
            return int(given)
        return int(self.dated_by().stat().st_mtime)


def opened(path: Path) -> Tree:
    tree = Tree(path.resolve())
    if not tree.has("Makefile") or not tree.has("MAINTAINERS"):
        raise Failure(Exit.INPUT, f"{path}: no kernel tree (Makefile or MAINTAINERS is missing)")
    return tree


@dataclass(frozen=True)
class Scripts:
    """The tree's own perl scripts. They run in a folder of links to the tree: what
    they leave in the working directory (checkpatch has a cache) falls there."""

    tree: Tree
    folder: Path

    def prepare(self) -> None:
        self.folder.mkdir(parents=True)
        for entry in sorted(self.tree.path.iterdir()):
            if entry.name != ".git":
                (self.folder / entry.name).symlink_to(entry)

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        try:
            # get_maintainer.pl goes through hashes: of two sections that fit a file as well,
            # either may come first, by a number that perl draws for each run.
            return limited.run(["perl", *words], self.folder, _SCRIPT_SECONDS,
                               env={"PERL_HASH_SEED": "0"})
        except FileNotFoundError as error:
            raise Failure(Exit.TOOL, "perl: not found; the tree's scripts need it, "
                                     "or give --no-tree-scripts") from error
        except limited.LimitPassed as error:
            raise Failure(Exit.TOOL, f"{words[0]}: {error}") from error

    def maintainers(self, *about: str) -> list[str] | None:
        """Addresses for Cc: of a patch, or of "-f", path; None when the script cannot say."""
        script = "scripts/get_maintainer.pl"
        if not self.tree.has(script):
            return None
        done = self._run(script, "--no-git", "--no-git-fallback", "--norolestats", *about)
        if done.returncode:
            said = done.stderr.strip().splitlines()
            warn(f"{script}: {said[-1] if said else 'failed'}")
            return None
        lines = [line.strip() for line in done.stdout.splitlines()]
        return list(dict.fromkeys(line for line in lines if _ADDRESS.match(line)))

    def checkpatch(self, patch: Path) -> list[Finding] | None:
        script = "scripts/checkpatch.pl"
        if not self.tree.has(script):
            return None
        done = self._run(script, "--strict", "--terse", "--no-summary", str(patch))
        if done.returncode not in (0, 1) and not done.stdout:
            said = done.stderr.strip().splitlines()
            warn(f"{script}: {said[-1] if said else 'failed'}")
            return None
        found = [_TERSE.match(line) or _TYPED.match(line) for line in done.stdout.splitlines()]
        return [Finding(int(m["line"]), m["kind"], m["text"].strip()) for m in found if m]
