# SPDX-License-Identifier: GPL-2.0-only
"""What came of objects, kept in files from one proof to the next."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from .preprocess import Kept


@dataclass(frozen=True)
class Built:
    """The result of one object: whether it is there, the compiler's words, and which of the
    headers that the builder watches went into it."""

    done: bool
    warnings: tuple[str, ...]
    error: str
    includes: tuple[str, ...] = ()


def loaded(path: Path) -> dict[str, dict[str, object]]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def save(path: Path, rows: dict[str, dict[str, object]]) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(rows, sort_keys=True), encoding="utf-8")
    os.replace(fresh, path)


def kept(given: dict[str, object]) -> Kept:
    numbers = given["numbers"]
    assert isinstance(numbers, list)
    return Kept(frozenset(map(int, numbers)), str(given["error"]))


def row(made: Built) -> dict[str, object]:
    return {"done": made.done, "warnings": list(made.warnings), "error": made.error,
            "includes": list(made.includes)}


def built(given: dict[str, object]) -> Built:
    warnings, includes = given["warnings"], given["includes"]
    assert isinstance(warnings, list) and isinstance(includes, list)
    return Built(bool(given["done"]), tuple(map(str, warnings)), str(given["error"]),
                 tuple(map(str, includes)))
