# SPDX-License-Identifier: GPL-2.0-only
"""The kernel's own part of a series: patch sources of kernel-patches/core, applied in a scratch tree."""

from __future__ import annotations

import configparser
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import place
from .failure import Exit, Failure, warn

CONVERSIONS = "0004"
"""Sources below go before the conversions, the rest after them."""


@dataclass(frozen=True)
class Source:
    path: Path
    eras: tuple[str, ...]
    provides: tuple[str, ...]

    @property
    def prerequisite(self) -> bool:
        """Conversions call what it brings. The others come only with --with-core."""
        return bool(self.provides)

    @property
    def order(self) -> str:
        """The number at the head of the name: 0002, 0003b."""
        return self.path.name.split("-", 1)[0]

    @property
    def name(self) -> str:
        return f"core/{self.path.name}"

    def message(self) -> str:
        return (self.path / "message").read_text(encoding="utf-8")


def _opened(path: Path) -> Source:
    ini = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    ini.optionxform = str  # type: ignore[assignment]
    try:
        ini.read_string((path / "source.ini").read_text(encoding="utf-8"))
    except configparser.Error as error:
        raise Failure(Exit.INPUT, f"{path}/source.ini: {error}") from error

    def words(key: str) -> tuple[str, ...]:
        listed = ini.get("source", key, fallback="").split(";")
        return tuple(word.strip() for word in listed if word.strip())
    return Source(path, words("eras"), words("provides"))


def sources() -> list[Source]:
    """All of them, in the order in which they are applied."""
    folder = place.root() / "kernel-patches" / "core"
    return [_opened(ini.parent) for ini in sorted(folder.glob("*/source.ini"))]


def apply(source: Source, work: Path, tree: Path) -> None:
    """Into the work folder; a source that is there already changes nothing. Nor does a
    prerequisite that does not fit: convert has then done without it, as it says."""
    command = [place.program(), "apply", str(source.path), "--tree", str(work),
               "--from", str(tree)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{command[0]}: not found; it applies {source.name}") from error
    if done.returncode not in (Exit.DONE, Exit.FINDINGS):
        said = done.stderr.strip().splitlines()
        text = said[-1].removeprefix("gupconv: error: ") if said else "failed"
        text = text.removeprefix(f"{source.path.name}: ")
        if done.returncode == Exit.INPUT and source.prerequisite:
            warn(f"{source.name}: {text}")
            return
        raise Failure(Exit.TOOL, f"{source.name}: {text}")


def texts(work: Path) -> dict[str, bytes]:
    """Every file of the work folder by its path."""
    return {str(path.relative_to(work)): path.read_bytes()
            for path in sorted(work.rglob("*")) if path.is_file()}
