# SPDX-License-Identifier: GPL-2.0-only
"""Rows on stdout: text, tsv or json, spelled as the C commands spell them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence

FORMATS = ("text", "tsv", "json")

Cell = str | int | None


def add_format(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text",
                        help="text, tsv or json", metavar="FORMAT")


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _text(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    cells = [list(header), *([_plain(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
             for row in cells]
    return "\n".join(lines) + "\n" if rows else ""


def rendered(header: Sequence[str], rows: Sequence[Sequence[Cell]], form: str) -> str:
    if form == "json":
        objects = [dict(zip(header, row)) for row in rows]
        inside = ",\n".join(json.dumps(o, ensure_ascii=False) for o in objects)
        return f"[{inside}]\n"
    if form == "tsv":
        lines = [header, *([_escaped(_plain(cell)) for cell in row] for row in rows)]
        return "".join("\t".join(line) + "\n" for line in lines)
    return _text(header, rows)


def show(header: Sequence[str], rows: Sequence[Sequence[Cell]], form: str) -> None:
    print(rendered(header, rows, form), end="", flush=True)
