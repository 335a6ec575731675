# SPDX-License-Identifier: GPL-2.0-only
"""Runs the compiler as Kbuild has for an object: which markers does the preprocessor come upon,
and does it compile with symbols that no configuration sets?"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .failure import Exit, Failure
from .hunks import MARKER

_COMMAND = re.compile(r"^(?:saved)?cmd_\S+ :?= (.*)$", re.M)
_SHOWN = re.compile(rf": (?:warning|error): #warning {MARKER} (\d+)\b")
_ENDS = (";", "&&", "||", "|")
_DROPPED = re.compile(r"-Wp,-M\w+,\S+|-M(?:M|D|MD|P|G)?$")


@dataclass(frozen=True)
class Kept:
    """The numbers of the markers that came out, or why that cannot be told."""

    numbers: frozenset[int]
    error: str = ""


def command(notes: str) -> list[str]:
    """The compiler's words out of a .cmd file; none when there is no such."""
    found = _COMMAND.search(notes)
    if not found:
        return []
    line = found[1].replace("$(pound)", "#").replace("\\#", "#").replace("$$", "$")
    words = []
    for word in shlex.split(line):
        if word in _ENDS:
            break
        words.append(word.removesuffix(";"))
        if word.endswith(";"):
            break
    return words


def _words(output: Path, obj: str) -> list[str]:
    path = output / obj
    notes = path.parent / f".{path.name}.cmd"
    return command(notes.read_text(encoding="utf-8", errors="replace")) if notes.is_file() else []


def _without_output(words: list[str]) -> list[str]:
    """The same, but it writes no file."""
    kept, skip = [], False
    for word in words:
        if skip or word == "-c" or _DROPPED.fullmatch(word):
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        else:
            kept.append(word)
    return [*kept, "-o", os.devnull]


def _run(output: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(words, cwd=output, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, errors="replace", check=False,
                              env={**os.environ, "LC_ALL": "C"})
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{words[0]}: not found; prove needs it") from error


def _defined(symbols: Iterable[str]) -> list[str]:
    return [f"-D{symbol}=1" for symbol in symbols]


def kept(output: Path, obj: str, symbols: Iterable[str] = ()) -> Kept:
    """Runs it for an object that lies in a build folder, on its source as it is now, with
    symbols that are defined by hand."""
    words = _words(output, obj)
    if not words:
        return Kept(frozenset(), f"no .cmd file says how {obj} was compiled")
    done = _run(output, [*_without_output(words), *_defined(symbols), "-E", "-Wcpp", "-Wno-error"])
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error: " in line), "it failed")
        return Kept(frozenset(), f"the preprocessor: {said}")
    return Kept(frozenset(map(int, _SHOWN.findall(done.stderr))))


def by_hand(output: Path, obj: str, symbols: Iterable[str]) -> tuple[bool, str]:
    """Compiles it anew with these symbols defined, but keeps no object: whether it can be, and
    the compiler's words."""
    words = _words(output, obj)
    if not words:
        return False, f"no .cmd file says how {obj} was compiled"
    done = _run(output, [*_without_output(words), *_defined(symbols), "-c"])
    return not done.returncode, done.stderr
