# SPDX-License-Identifier: GPL-2.0-only
"""Runs a program with a limit on its CPU time, so that a busy machine is no failure."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_GRACE = 5
_LIMITED = 'ulimit -S -t "$1" && ulimit -H -t "$2" && shift 2 && exec "$@"'
_WALL_FACTOR = 20
"""The last resort against a program that sleeps: so many times its CPU time on the clock."""


class LimitPassed(Exception):
    """The program was stopped at the limit that the text names."""


def run(words: Sequence[str], folder: Path, cpu: int, wall: int = 0,
        env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs it in a folder, for at most cpu seconds of CPU time; processes that it starts
    have the same limit each. env comes on top of our own environment. FileNotFoundError when
    there is no such program."""
    wall = wall or cpu * _WALL_FACTOR
    if not shutil.which(words[0]):
        raise FileNotFoundError(words[0])
    # By a shell and not in a preexec_fn, which does not go together with threads.
    command = ["sh", "-c", _LIMITED, "sh", str(cpu), str(cpu + _GRACE), *words]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors="replace",
                          env={**os.environ, **(env or {})}) as process:
        try:
            out, err = process.communicate(timeout=wall)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise LimitPassed(f"no answer in {wall} s") from error
        except BaseException:
            process.kill()
            raise
    if -process.returncode in (signal.SIGXCPU, signal.SIGKILL):
        raise LimitPassed(f"no answer in {cpu} s of CPU time")
    return subprocess.CompletedProcess(words, process.returncode, out, err)
