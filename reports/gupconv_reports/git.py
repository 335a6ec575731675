# SPDX-License-Identifier: GPL-2.0-only
"""Git, without the user's configuration, so that the same input gives the same bytes."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .failure import Exit, Failure


@dataclass(frozen=True)
class Person:
    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


def _asked(key: str) -> str:
    try:
        answer = subprocess.run(["git", "config", "--get", key], capture_output=True,
                                text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, "git: not found; it makes the patches") from error
    return answer.stdout.strip()


def sender() -> Person:
    """From and Signed-off-by: what the user told git, nothing made up."""
    person = Person(os.environ.get("GIT_AUTHOR_NAME") or _asked("user.name"),
                    os.environ.get("GIT_AUTHOR_EMAIL") or _asked("user.email"))
    if not person.name or not person.email:
        raise Failure(Exit.USAGE, "git does not know who you are: set user.name and user.email "
                                  "with 'git config --global'")
    return person


@dataclass(frozen=True)
class Repository:
    """A scratch repository; every commit of it is at the given second, plus its number."""

    path: Path
    person: Person
    epoch: int

    def environment(self, second: int) -> dict[str, str]:
        date = f"{self.epoch + second} +0000"
        mine = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        return {**mine, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_NAME": self.person.name, "GIT_AUTHOR_EMAIL": self.person.email,
                "GIT_COMMITTER_NAME": self.person.name, "GIT_COMMITTER_EMAIL": self.person.email,
                "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
                "GIT_CEILING_DIRECTORIES": str(self.path.parent),
                "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(self, *words: str, second: int = 0, text: bytes = b"", allowed: int = 0) -> bytes:
        done = subprocess.run(["git", "-c", "core.abbrev=12", *words], cwd=self.path, input=text, capture_output=True,
                              env=self.environment(second), check=False)
        if done.returncode > allowed:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise Failure(Exit.TOOL, f"git {words[0]}: {said[0] if said else 'failed'}")
        return done.stdout

    def start(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self.run("init", "--quiet", "--initial-branch=series")

    def commit(self, message: str, second: int) -> None:
        self.run("add", "--all", "--force")
        self.run("commit", "--quiet", "--allow-empty", "--no-verify", "--cleanup=verbatim",
                 "--file=-", second=second, text=message.encode())

    def diff(self) -> bytes:
        """The working tree against the last commit, new files too."""
        self.run("add", "--all", "--force")
        return self.run("diff", "--cached", "--no-ext-diff")

    def tree_id(self) -> str:
        return self.run("rev-parse", "HEAD^{tree}").decode().strip()
