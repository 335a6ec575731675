# SPDX-License-Identifier: GPL-2.0-only
"""A patch before it is a mail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Planned:
    """One patch: the whole new text of each file it touches, and its message. trailers: lines
    that come before Cc:; note: for the reader of the mail alone."""

    message: str
    texts: dict[str, bytes]
    subsystem: str
    source: str
    trailers: tuple[str, ...] = ()
    note: str = ""

    @property
    def subject(self) -> str:
        return self.message.split("\n", 1)[0]
