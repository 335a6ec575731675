# SPDX-License-Identifier: GPL-2.0-only
"""A driver outside of the kernel as its own make builds it, in a scratch copy."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import limited
from .failure import Exit, Failure
from .module import Module
from .results import Built

_KERNEL = re.compile(r"(?:^|\s)-C\s*\$[({](?P<name>\w+)[)}].*\b(?:M|SUBDIRS)=", re.M)
"""How a driver's own Makefile calls the kernel's: the variable is where that is."""
_WARNING = re.compile(r": warning: |^WARNING: modpost: |warning: objtool: ")
_ERROR = re.compile(r"(?:\b(?:fatal )?error: |^ERROR: |: \*\*\* |: undefined )")
_PLACE = re.compile(r":\d+(?::\d+)?(?=: )")
_MADE = ("*.o", "*.ko", "*.mod", "*.mod.c", "*.cmd", "modules.order", "Module.symvers", ".git",
         ".tmp_versions")
_CPU = 600
_WALL = 3600


@dataclass(frozen=True)
class Kernel:
    """A tree or an installed headers package."""

    path: Path

    @property
    def name(self) -> str:
        """6.1.0-1-amd64 of /lib/modules/6.1.0-1-amd64/build, else the folder's."""
        return self.path.parent.name if self.path.name == "build" else self.path.name


def kernel(path: Path) -> Kernel:
    """Links of the path count: a package's directory is often one."""
    found = Kernel(Path(os.path.abspath(path)))
    if not (found.path / "Makefile").is_file():
        raise Failure(Exit.INPUT, f"{path}: no kernel and no headers package (no Makefile)")
    return found


def copied(module: Module, to: Path) -> Path:
    """The repository without what a build has left in it; the driver's directory there."""
    shutil.copytree(module.root, to, symlinks=True, ignore=shutil.ignore_patterns(*_MADE),
                    ignore_dangling_symlinks=True)
    return to / module.within


def prepare_words(text: str) -> tuple[str, ...]:
    """The words of a command that a person has given; no shell sees them."""
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise Failure(Exit.USAGE, f"--prepare {text}: {error}".replace("No closing", "no closing")) \
            from error


def prepare(words: tuple[str, ...], driver: Path, where: Kernel) -> str:
    """Runs the driver's own first step in its folder; why it failed, or ""."""
    if not words:
        return ""
    command = [word.replace("{kernel}", str(where.path)) for word in words]
    if "/" in command[0]:
        command[0] = str(driver / command[0])
    try:
        done = limited.run(command, driver, _CPU, _WALL,
                           env={"LC_ALL": "C.UTF-8", "PWD": str(driver), "MAKEFLAGS": ""})
    except FileNotFoundError as error:
        raise Failure(Exit.INPUT, f"--prepare: {command[0]}: there is no such program") from error
    except limited.LimitPassed as error:
        return f"{command[0]}: {error}"
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return f"{command[0]}: {said[-1] if said else 'failed'}" if done.returncode else ""


def _ways(driver: Path, where: Kernel, jobs: int) -> list[list[str]]:
    """The driver's own make if it says where it wants the kernel, then the kernel's."""
    plain = ["make", f"-j{jobs}", "-C", str(where.path), f"M={driver}", "modules"]
    makefile = driver / "Makefile"
    text = makefile.read_text(encoding="utf-8", errors="replace") if makefile.is_file() else ""
    named = _KERNEL.search(text)
    return [["make", f"-j{jobs}", f"{named['name']}={where.path}"], plain] if named else [plain]


def _words(text: str, top: Path) -> list[str]:
    return [line.replace(f"{top}/", "").strip() for line in text.splitlines()]


def _one(words: list[str], driver: Path, top: Path) -> Built:
    try:
        done = limited.run(words, driver, _CPU, _WALL,
                           env={"LC_ALL": "C.UTF-8", "PWD": str(driver), "MAKEFLAGS": ""})
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, "make: not found; it builds the module") from error
    except limited.LimitPassed as error:
        return Built(False, (), f"make: {error}")
    said = _words(done.stderr, top)
    warnings = sorted(_PLACE.sub("", line) for line in said if _WARNING.search(line))
    errors = [line for line in said if _ERROR.search(line)] or [line for line in said if line]
    if done.returncode:
        return Built(False, tuple(warnings), errors[0] if errors else "make failed")
    if not any(driver.rglob("*.ko")):
        return Built(False, tuple(warnings), "make makes no module (.ko)")
    return Built(True, tuple(warnings), "")


@dataclass(frozen=True)
class Way:
    """way: the words that built it, as a person would give them."""

    built: Built
    own: bool

    def words(self) -> str:
        return "its own make" if self.own else "make modules"


def folders(driver: Path) -> list[Path]:
    """Where make is called: the driver's folder, or those nearest below that make modules."""
    if any((driver / name).is_file() for name in ("Makefile", "Kbuild")):
        return [driver]
    found = sorted({path.parent for name in ("Makefile", "Kbuild") for path in driver.rglob(name)
                    if re.search(r"^\s*obj-m\b", path.read_text("utf-8", "replace"), re.M)})
    nearest = min((len(folder.parts) for folder in found), default=0)
    return [folder for folder in found if len(folder.parts) == nearest] or [driver]


def _in(folder: Path, top: Path, where: Kernel, jobs: int) -> Way:
    ways = _ways(folder, where, jobs)
    first = _one(ways[0], folder, top)
    if first.done or len(ways) == 1:
        return Way(first, len(ways) == 2)
    second = _one(ways[1], folder, top)
    return Way(second, False) if second.done else Way(first, True)


def build(driver: Path, top: Path, where: Kernel, jobs: int) -> Way:
    """By the driver's own make, else by the kernel's; the first error is of the former."""
    ways = [_in(folder, top, where, jobs) for folder in folders(driver)]
    failed = [way for way in ways if not way.built.done]
    if failed or len(ways) == 1:
        return (failed or ways)[0]
    warnings = tuple(warning for way in ways for warning in way.built.warnings)
    return Way(Built(True, warnings, ""), all(way.own for way in ways))
