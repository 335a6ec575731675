# SPDX-License-Identifier: GPL-2.0-only
"""Command lines in the manner of the C commands: one line for a mistake, exit 2."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import NoReturn

from .failure import Exit, Failure


class Parser(ArgumentParser):
    def __init__(self, command: str, summary: str) -> None:
        super().__init__(prog=f"gupconv {command}", description=summary, allow_abbrev=False)
        self._command = command

    def error(self, message: str) -> NoReturn:
        raise Failure(Exit.USAGE, f"{self._command}: {message}; "
                                  f"see 'gupconv {self._command} --help'")

    def add_db(self) -> None:
        self.add_argument("--db", type=Path, default=Path("gupconv.db"), metavar="FILE",
                          help="the database (default: gupconv.db)")
