# SPDX-License-Identifier: GPL-2.0-only
"""The sentences of reasons, made of a code and its arguments by table reason.

The same as db/reason_text.c, and a second form for counting: without the positions
and names that tell one site from another, so that equal reasons are equal texts.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

_SEPARATORS = {"list": ", ", "clauses": "; "}
_HOLE = re.compile(r"\{([1-9])\}")

Argument = str | int | list["Argument"]


@dataclass(frozen=True)
class Template:
    text: str
    brief: str


@dataclass(frozen=True)
class Reason:
    """Why something is what it is: a code, and what its template makes of the arguments."""

    code: str
    text: str
    brief: str
    parts: tuple[str, ...] = ()
    """The arguments, as they stand in the text."""

    def __bool__(self) -> bool:
        return bool(self.text)


class Sentences:
    """Templates by code. A code that has none stands for itself."""

    def __init__(self, templates: dict[str, Template]) -> None:
        self._templates = templates

    def text(self, code: str | None, args: str | None) -> str | None:
        if code is None:
            return None
        return self._fill(code, json.loads(args or "[]"), brief=False)

    def reason(self, code: str, args: str) -> Reason:
        read = json.loads(args)
        return Reason(code, self._fill(code, read, brief=False), self._fill(code, read, brief=True),
                      tuple(self._argument(arg, brief=False) for arg in read))

    def _fill(self, code: str, args: list[Argument], brief: bool) -> str:
        parts = [self._argument(arg, brief) for arg in args]
        if code in _SEPARATORS:
            return _SEPARATORS[code].join(dict.fromkeys(filter(None, parts)) if brief else parts)
        template = self._templates.get(code, Template(code, ""))
        form = template.brief if brief and template.brief else template.text
        return _HOLE.sub(lambda hole: parts[int(hole[1]) - 1], form)

    def _argument(self, arg: Argument, brief: bool) -> str:
        if isinstance(arg, list):
            return self._fill(str(arg[0]), arg[1:], brief)
        return str(arg)


def load(connection: sqlite3.Connection) -> Sentences:
    """The sentences of a database, and the SQL function of its views."""
    rows = connection.execute("SELECT code, template, brief FROM reason").fetchall()
    sentences = Sentences({code: Template(text, brief) for code, text, brief in rows})
    connection.create_function("reason_text", 2, sentences.text, deterministic=True)
    return sentences
