# SPDX-License-Identifier: GPL-2.0-only
"""Where gupconv's own files and the user's cache lie."""

from __future__ import annotations

import os
from pathlib import Path


def root() -> Path:
    """The folder that holds db/, cocci/, kernel-patches/ and reports/."""
    given = os.environ.get("GUPCONV_DATA")
    return Path(given) if given else Path(__file__).resolve().parents[2]


def program() -> str:
    """The gupconv binary: the one that started us, or the one built here."""
    return os.environ.get("GUPCONV_PROGRAM") or str(root() / "build" / "gupconv")


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "gupconv"
