# SPDX-License-Identifier: GPL-2.0-only
"""The patches of a series that sources of kernel-patches/ make, in a scratch tree."""

from __future__ import annotations

import configparser
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .failure import Exit, Failure, warn

CONVERSIONS = "0004"
"""Sources of core/ below go before the conversions, the rest after them."""

SITES = "sites"
"""The value of part= of a source that conversions do without: for sites that no rule can do."""


@dataclass(frozen=True)
class Source:
    path: Path
    eras: tuple[str, ...]
    provides: tuple[str, ...]
    part: str

    @property
    def prerequisite(self) -> bool:
        """Conversions call what it brings. The others come only with --with-core."""
        return bool(self.provides) and self.part != SITES

    @property
    def order(self) -> str:
        """The number at the head of the name: 0002, 0003b."""
        return self.path.name.split("-", 1)[0]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


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
    part = ini.get("source", "part", fallback="core").strip()
    return Source(path, words("eras"), words("provides"), part)


def _room(name: str) -> list[Source]:
    folder = paths.root() / "kernel-patches" / name
    return [_opened(ini.parent) for ini in sorted(folder.glob("*/source.ini"))]


def sources() -> list[Source]:
    """Those of core/, in the order in which they are applied."""
    return _room("core")


def sites(names: list[str]) -> list[Source]:
    """Those that convert has named, in the same order: its texts are made on top of them."""
    known = {source.name: source for room in ("core", SITES) for source in _room(room)}
    missing = [name for name in names if name not in known]
    if missing:
        raise Failure(Exit.INPUT, f"{missing[0]}: no such patch source; run 'gupconv convert' again")
    return [known[name] for name in names]


def apply(source: Source, work: Path, tree: Path) -> str:
    """Into the work folder, and what the patch's message is: it tells of what was changed in this
    tree. A source that is there already changes nothing, and has none. Nor does a
    prerequisite that does not fit: convert has then done without it, with a warning."""
    with tempfile.TemporaryDirectory(prefix="gupconv-") as folder:
        message = Path(folder) / "message"
        _run(source, ["--tree", str(work), "--from", str(tree), "--message", str(message)])
        return message.read_text(encoding="utf-8") if message.exists() else ""


def _run(source: Source, options: list[str]) -> None:
    command = [paths.program(), "apply", str(source.path), *options]
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
