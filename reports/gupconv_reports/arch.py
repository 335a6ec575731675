# SPDX-License-Identifier: GPL-2.0-only
"""The compilers that this machine has for the architectures that objects are built for."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from .failure import Exit, Failure


DEFAULT = "x86"


@dataclass(frozen=True)
class Arch:
    """name: its folder below arch/; make: what ARCH= is given; triple: of the cross
    compiler, '' where there is none."""

    name: str
    make: str
    triple: str

    @property
    def native(self) -> bool:
        return platform.machine() == self.make or \
            (platform.machine(), self.make) == ("aarch64", "arm64")

    @property
    def prefix(self) -> str:
        """For CROSS_COMPILE=."""
        return "" if self.native or not self.triple else f"{self.triple}-"

    @property
    def gcc(self) -> str:
        return f"{self.prefix}gcc"

    @property
    def package(self) -> str:
        """Debian's, of the cross compiler; '' where none is known."""
        return f"gcc-{self.triple.replace('_', '-')}" if self.triple else ""

    def missing(self) -> str:
        """Why it has no compiler here, or ''."""
        if not self.native and not self.triple:
            return f"no cross compiler for {self.name} is known"
        if shutil.which(self.gcc):
            return ""
        return f"{self.gcc} is not installed (package {self.package})"


@dataclass(frozen=True)
class Archs:
    """Those that have a compiler, in the order of the database."""

    known: tuple[Arch, ...]

    def named(self, name: str) -> Arch:
        """By its folder, or by what ARCH= is given; one that is not known has no compiler."""
        for arch in self.known:
            if name in (arch.name, arch.make):
                return arch
        return Arch(name, name, "")

    def names(self) -> list[str]:
        return [arch.name for arch in self.known]


@cache
def version(gcc: str) -> str:
    """The version and target of a compiler, from its own output."""
    try:
        done = subprocess.run([gcc, "--version"], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{gcc}: not found; prove needs it") from error
    return done.stdout.split("\n", 1)[0]
