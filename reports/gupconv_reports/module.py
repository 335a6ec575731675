# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel as the target of a series: its repository, name and subjects."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .failure import Exit, Failure
from .tree import Tree

_PREFIX = re.compile(r"^(?:\[[^]]*\] *)?(?P<prefix>[A-Za-z0-9][\w./+-]*(?:: [\w./+-]+(?=: ))?): ")
# Words of the convention "fix(x): ..." name the kind of a change and not its driver.
_KINDS = ("build", "chore", "ci", "docs", "feat", "fix", "fixes", "perf", "refactor", "revert",
          "style", "test")
_COMMITS = 60
_OFTEN = 3
"""A prefix is a habit where at least so many commits have it, and one of so many of all."""
_BUILD_FILES = ("Kbuild", "Makefile", "Kbuild.in", "Makefile.in")
_OBJECT = re.compile(r"^[ \t]*obj-(?:m|\$[({]\w+[)}])[ \t]*[:+]?=[ \t]*(?P<name>\S+)\.o\b", re.M)
_SECONDS = 60
_SHORT = 12


@dataclass(frozen=True)
class Module(Tree):
    """path: the driver's directory; base: the commit that it is at, "" without a repository."""

    root: Path = Path()
    base: str = ""
    name: str = ""
    habit: str = ""

    @property
    def outside(self) -> bool:
        return True

    @property
    def within(self) -> str:
        return os.path.relpath(self.path, self.root)

    @property
    def prefix(self) -> str:
        return self.habit or self.name

    @property
    def commit(self) -> str:
        return self.base

    def version(self) -> str:
        return self.base[:_SHORT]

    def described(self) -> str:
        return f"{self.name} at commit {self.version()}" if self.base else self.name

    def epoch(self) -> int:
        """SOURCE_DATE_EPOCH, else the commit's second, else the build file's."""
        if os.environ.get("SOURCE_DATE_EPOCH") or not self.base:
            return super().epoch()
        return int(_git(self.path, "log", "-1", "--format=%ct") or 0)

    def dated_by(self) -> Path:
        return next((self.path / name for name in _BUILD_FILES if self.has(name)), self.path)

    def check_committed(self, paths: list[str]) -> None:
        """A series applies to a commit: the files that it touches have to be as that has them."""
        changed = _git(self.path, "status", "--porcelain", "--", *paths) if self.base else ""
        if changed:
            raise Failure(Exit.INPUT, f"{self.root / changed.splitlines()[0][3:]}: is not as it was "
                          "committed; a series is made against a commit")


def _git(folder: Path, *words: str) -> str:
    """What git says, "" where it fails."""
    mine = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True,
                              errors="replace", check=False, timeout=_SECONDS,
                              env={**mine, "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0"})
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.rstrip("\n") if done.returncode == 0 else ""


def habit(subjects: list[str]) -> str:
    """The prefix that the subjects of recent commits have by habit, in its commonest spelling."""
    found = [match["prefix"] for subject in subjects if (match := _PREFIX.match(subject))]
    found = [prefix for prefix in found if prefix.lower() not in _KINDS]
    folded = Counter(prefix.lower() for prefix in found)
    if not folded:
        return ""
    word, times = folded.most_common(1)[0]
    if times < _OFTEN or times * _OFTEN < len(subjects):
        return ""
    return Counter(prefix for prefix in found if prefix.lower() == word).most_common(1)[0][0]


def object_name(text: str) -> str:
    """The first module that a build file names; a variable stands for its value there."""
    for match in _OBJECT.finditer(text):
        word = match["name"]
        variable = re.fullmatch(r"\$[({](\w+)[)}]", word)
        if variable:
            value = re.search(rf"^[ \t]*{variable[1]}[ \t]*[:?]?=[ \t]*(\S+)[ \t]*$", text, re.M)
            word = value[1] if value else ""
        if re.fullmatch(r"[\w-]+", word):
            return word
    return ""


def opened(path: Path) -> Module:
    path = path.resolve()
    if not path.is_dir():
        raise Failure(Exit.INPUT, f"{path}: a module is a directory")
    texts = [(path / name).read_text(encoding="utf-8", errors="replace")
             for name in _BUILD_FILES if (path / name).is_file()]
    name = next(filter(None, map(object_name, texts)), path.name)
    base = _git(path, "rev-parse", "--verify", "--quiet", "HEAD")
    if not base or not _git(path, "ls-files", "--", "."):
        return Module(path, path, "", name, "")
    root = Path(_git(path, "rev-parse", "--show-toplevel"))
    subjects = _git(path, "log", f"-{_COMMITS}", "--no-merges", "--format=%s", "--", ".")
    return Module(path, root, base, name, habit(subjects.splitlines()))
