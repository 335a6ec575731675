# SPDX-License-Identifier: GPL-2.0-only
"""A database as index, link, decide and convert would leave it, made of texts."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from gupconv_reports.store import DB_VERSION

ROOT = Path(__file__).resolve().parents[2]

_FUNCTION = re.compile(r"^(?:\w[\w\s*]*?)\b(\w+)\([^;]*$")


@dataclass
class Edit:
    """One file: its text before and after, and why each of its calls is what it is."""

    path: str
    before: str
    after: str
    subsystem: str = "THE REST"
    group: int = 1
    object: str = ""
    config: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    became: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    use_case: int | None = None


def build(path: Path, tree: Path, era: str, edits: list[Edit],
          contacts: dict[str, list[tuple[str, str]]] | None = None) -> Path:
    connection = sqlite3.connect(path)
    for name in ("schema", "views", "api", "reasons", "knowledge"):
        connection.executescript((ROOT / "db" / f"{name}.sql").read_text())
    connection.execute(f"PRAGMA user_version = {DB_VERSION}")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [
        ("tool", "0.1.0"), ("tree", str(tree)), ("era", era), ("tree_version", "5.3.0")])
    roles = dict(connection.execute(
        "SELECT name, role FROM api WHERE role IN ('acquire', 'release')"))
    targets = dict(connection.execute(
        "SELECT name, target FROM api_target WHERE era = ?", (era,)))
    for edit in edits:
        _insert(connection, edit, roles, targets)
    for section, people in (contacts or {}).items():
        number = _subsystem(connection, section)
        connection.executemany("INSERT INTO subsystem_contact VALUES (?, ?, ?)",
                               [(number, kind, value) for kind, value in people])
    connection.commit()
    connection.close()
    return path


def _subsystem(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO subsystem(name, status) VALUES (?, 'Maintained')",
                       (name,))
    found = connection.execute("SELECT id FROM subsystem WHERE name = ?", (name,)).fetchone()
    return int(found[0])


def _insert(connection: sqlite3.Connection, edit: Edit, roles: dict[str, str],
            targets: dict[str, str]) -> None:
    file_id = connection.execute(
        "INSERT INTO file(path, arch, subsystem_id, status, object, config) "
        "VALUES (?, '', ?, 'parsed', ?, ?)",
        (edit.path, _subsystem(connection, edit.subsystem), edit.object, edit.config)).lastrowid
    if edit.after != edit.before:
        connection.execute("INSERT INTO edit_file VALUES (?, ?, ?)", (
            file_id, hashlib.sha256(edit.before.encode()).hexdigest(), edit.after.encode()))
    acquires: list[int] = []
    function, function_id = "", None
    for number, line in enumerate(edit.before.splitlines(), 1):
        head = _FUNCTION.match(line)
        if head and not line[:1].isspace():
            function = head[1]
            function_id = connection.execute(
                "INSERT INTO function(file_id, name, line, end_line, is_static) "
                "VALUES (?, ?, ?, ?, 1)", (file_id, function, number, number)).lastrowid
        for found in re.finditer(r"\b(\w+)\(", line):
            role = roles.get(found[1])
            if role and line[:1].isspace():
                _call(connection, edit, (file_id, function_id, function), number, found,
                      role, targets, acquires)


def _call(connection: sqlite3.Connection, edit: Edit,
          where: tuple[int | None, int | None, str], line: int, found: re.Match[str],
          role: str, targets: dict[str, str], acquires: list[int]) -> None:
    file_id, function_id, function = where
    callee = found[1]
    kept = f"{function}:{callee}" in edit.kept
    call_id = connection.execute(
        "INSERT INTO call(file_id, function_id, line, column, callee, role, status, guard, "
        "config, macro, flags) VALUES (?, ?, ?, ?, ?, ?, 'resolved', '', '', '', '')",
        (file_id, function_id, line, found.start(1) + 1, callee, role)).lastrowid
    assert call_id is not None
    target = "keep" if kept else targets.get(callee, "keep")
    state = "keep" if target == "keep" else "unconverted"
    reason = edit.reasons.get(f"{function}:{callee}", "the pages come from get_user_pages*()")
    connection.execute("INSERT INTO decision (call_id, group_id, state, target, use_case, reason)"
                       " VALUES (?, ?, ?, ?, ?, ?)",
                       (call_id, edit.group, state, target, edit.use_case, reason))
    outcome = "converted" if state == "unconverted" and edit.after != edit.before else "kept"
    became = edit.became.get(f"{function}:{callee}", target) if outcome == "converted" else ""
    connection.execute("INSERT INTO edit_site VALUES (?, ?, ?, ?, ?, '[]')",
                       (call_id, outcome, "single", became, reason))
    if role == "acquire":
        acquires.append(call_id)
    elif not kept:
        connection.executemany(
            "INSERT INTO link(acquire_id, release_id, kind, reason) VALUES (?, ?, 'link', 'same')",
            [(acquire, call_id) for acquire in acquires])
