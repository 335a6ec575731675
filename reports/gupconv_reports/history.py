# SPDX-License-Identifier: GPL-2.0-only
"""Which commit of the tree's own git history brought in a line: for "Fixes:"."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .failure import note

NO_HISTORY = "the tree has no git history here"
_SHORT = 12
_SECONDS = 300


@dataclass
class History:
    """why: of the last origin() that was not found, a clause."""

    top: Path
    why: str = ""

    def _git(self, *words: str) -> str | None:
        mine = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        try:
            done = subprocess.run(["git", "-C", str(self.top), *words], capture_output=True,
                                  env={**mine, "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0"},
                                  text=True, errors="replace", check=False, timeout=_SECONDS)
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None

    def _blamed(self, path: str, line: int) -> str | None:
        """The commit that wrote the line as it is, "" where it is as old as the history or older;
        None where that is not known."""
        if self._git("diff", "--quiet", "HEAD", "--", path) is None:
            self.why = f"{path} is not what was committed"
            return None
        said = self._git("blame", "-w", "--porcelain", "-L", f"{line},{line}", "HEAD", "--", path)
        lines = (said or "").splitlines()
        if not lines:
            self.why = f"git blame does not know line {line} of {path}"
            return None
        return "" if "boundary" in lines else lines[0].split()[0]

    def _is_ancestor(self, one: str, other: str) -> bool:
        return self._git("merge-base", "--is-ancestor", one, other) is not None

    def origin(self, places: list[tuple[str, int]]) -> str | None:
        """'123456789abc ("subject")' of the commit since which all of these lines are there: the
        last of theirs. None where one of them is not known, or neither commit comes from the other."""
        latest = ""
        self.why = "the tree's git history does not go back to it" if places else \
            "no line is at fault by itself"
        for path, line in places:
            commit = self._blamed(path, line)
            if commit is None:
                return None
            if commit and (not latest or self._is_ancestor(latest, commit)):
                latest = commit
            elif commit and not self._is_ancestor(commit, latest):
                self.why = "the two lines come from different branches of the history"
                return None
        said = self._git("log", "-1", "--format=%H%x09%s", latest) if latest else None
        if not said:
            return None
        full, _, title = said.rstrip("\n").partition("\t")
        return f'{full[:_SHORT]} ("{title}")'


def opened(top: Path, within: bool = False) -> History | None:
    """None where the tree is no git work tree of its own, nor, if it may be, a folder in one."""
    history = History(top)
    if not (top / ".git").exists() and not (within and history._git("ls-files", "--", ".")):
        return None
    if history._git("rev-parse", "--verify", "--quiet", "HEAD") is None:
        note(f"{top}: git does not read it; patches have no Fixes: tags")
        return None
    return history
