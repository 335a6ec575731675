# SPDX-License-Identifier: GPL-2.0-only
"""MAINTAINERS, as far as it takes to see which sections are umbrellas over others."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True)
class Section:
    name: str
    patterns: tuple[str, ...]


def parse(text: str) -> list[Section]:
    """Sections in file order: a line of text, then its "F: pattern" lines."""
    sections: list[Section] = []
    name, patterns = "", []
    for line in (*text.splitlines(), ""):
        if len(line) > 2 and line[1] == ":":
            if line[0] == "F":
                patterns.append(line[2:].strip())
            continue
        if name and patterns:
            sections.append(Section(name, tuple(patterns)))
        name, patterns = line.strip(), []
    return sections


def read(tree: Path) -> list[Section]:
    path = tree / "MAINTAINERS"
    return parse(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else []


def _covers(pattern: str, path: str) -> bool:
    if pattern.endswith("/"):
        return path.startswith(pattern) or pattern == "*/"
    return path == pattern or (fnmatchcase(path, pattern) and
                               path.count("/") == pattern.count("/"))


def is_umbrella(section: str, path: str, sections: list[Section]) -> bool:
    """Whether the section owns the path by a folder in which others own parts.

    Such a section (DRM DRIVERS, MEMORY MANAGEMENT, THE REST ...) holds several
    drivers; a section of its own, however many files, is one."""
    own = [s for s in sections if s.name == section]
    if not own or section == "THE REST":
        return True
    folders = [p for p in own[0].patterns if _covers(p, path)]
    if not folders:
        return True
    broadest = min(folders, key=len)
    if not broadest.endswith("/"):
        return False
    return any(pattern.startswith(broadest) and pattern != broadest
               for other in sections if other.name != section for pattern in other.patterns)
