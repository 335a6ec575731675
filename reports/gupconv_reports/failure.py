# SPDX-License-Identifier: GPL-2.0-only
"""Exit codes of every command, and the one way to end with an error."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from enum import IntEnum


class Exit(IntEnum):
    DONE = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    TOOL = 4


class Failure(Exception):
    """Ends the command with one line on stderr and this exit code."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code


def note(message: str) -> None:
    print(f"gupconv: {message}", file=sys.stderr)


def warn(message: str) -> None:
    note(f"warning: {message}")


def progress(stage: str, done: int, total: int) -> None:
    """On a terminal, a counter that the next line takes away; in a pipe, nothing."""
    if sys.stderr.isatty():
        text = f"{stage} {done}/{total}" if done < total else ""
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def guarded(main: Callable[[list[str]], Exit]) -> int:
    """Runs a command; whatever goes wrong becomes one clear line and an exit code."""
    try:
        return main(sys.argv[1:])
    except Failure as failure:
        note(f"error: {failure}")
        return failure.code
    except sqlite3.DatabaseError as error:
        note(f"error: database: {error}")
        return Exit.INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.DONE
    except OSError as error:
        note(f"error: {error.filename or 'system'}: {error.strerror or error}")
        return Exit.TOOL
    except KeyboardInterrupt:
        note("interrupted")
        return Exit.TOOL
