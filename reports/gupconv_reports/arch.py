# SPDX-License-Identifier: GPL-2.0-only
"""The architectures that objects can be built for, and the compilers that Debian has for them."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from .failure import Exit, Failure


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

    def missing(self) -> str:
        """Why it has no compiler here, or ''."""
        if not self.native and not self.triple:
            return f"no cross compiler for {self.name} is known"
        if shutil.which(self.gcc):
            return ""
        return f"{self.gcc} is not installed (package gcc-{self.triple.replace('_', '-')})"


_ALL = (
    Arch("x86", "x86_64", "x86_64-linux-gnu"),
    Arch("arm", "arm", "arm-linux-gnueabi"),
    Arch("arm64", "arm64", "aarch64-linux-gnu"),
    Arch("powerpc", "powerpc", "powerpc64-linux-gnu"),
    Arch("s390", "s390", "s390x-linux-gnu"),
    Arch("sparc", "sparc64", "sparc64-linux-gnu"),
    Arch("mips", "mips", "mips64-linux-gnuabi64"),
    Arch("riscv", "riscv", "riscv64-linux-gnu"),
    Arch("sh", "sh", "sh4-linux-gnu"),
    Arch("m68k", "m68k", "m68k-linux-gnu"),
    Arch("alpha", "alpha", "alpha-linux-gnu"),
    Arch("parisc", "parisc", "hppa-linux-gnu"),
)

DEFAULT = _ALL[0]


def named(name: str) -> Arch:
    """By its folder, or by what ARCH= is given; one that is not in the table has no compiler."""
    for arch in _ALL:
        if name in (arch.name, arch.make):
            return arch
    return Arch(name, name, "")


def names() -> list[str]:
    return [arch.name for arch in _ALL]


def of(path: str, seen_as: str) -> Arch:
    """The architecture of a file: of its folder, else the one that the index saw it as."""
    parts = path.split("/")
    if parts[0] == "arch" and len(parts) > 2:
        return named(parts[1])
    return named(seen_as) if seen_as else DEFAULT


@cache
def version(gcc: str) -> str:
    """What a compiler says of itself."""
    try:
        done = subprocess.run([gcc, "--version"], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{gcc}: not found; prove needs it") from error
    return done.stdout.split("\n", 1)[0]
