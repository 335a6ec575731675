# SPDX-License-Identifier: GPL-2.0-only
"""Which markers the preprocessor comes upon, run as Kbuild has compiled an object."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
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


def _preprocessing(words: list[str]) -> list[str]:
    """The same, but it stops after the preprocessor and writes no file."""
    kept, skip = [], False
    for word in words:
        if skip or word == "-c" or _DROPPED.fullmatch(word):
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        else:
            kept.append(word)
    return [*kept, "-E", "-Wcpp", "-Wno-error", "-o", os.devnull]


def kept(output: Path, obj: str) -> Kept:
    """Runs it for an object that lies in a build folder, on its source as it is now."""
    path = output / obj
    notes = path.parent / f".{path.name}.cmd"
    words = command(notes.read_text(encoding="utf-8", errors="replace")) \
        if notes.is_file() else []
    if not words:
        return Kept(frozenset(), f"{notes.name} does not say how it was compiled")
    try:
        done = subprocess.run(_preprocessing(words), cwd=output, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, errors="replace", check=False,
                              env={**os.environ, "LC_ALL": "C"})
    except FileNotFoundError as error:
        raise Failure(Exit.TOOL, f"{words[0]}: not found; prove needs it") from error
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error: " in line), "it failed")
        return Kept(frozenset(), f"the preprocessor: {said}")
    return Kept(frozenset(map(int, _SHOWN.findall(done.stderr))))
