# SPDX-License-Identifier: GPL-2.0-only
"""A tree of one file, and a database that says which of its calls are linked."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from support import ROOT, rows, run

HEADER = {
    "put_user_page": """\
static inline void put_user_page(struct page *page) { }
void put_user_pages(struct page **pages, unsigned long npages);
void put_user_pages_dirty_lock(struct page **pages, unsigned long npages, bool make_dirty);
""",
    "pin_user_pages": """\
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long npages);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages, bool make_dirty);
""",
}
"""The functions of include/linux/mm.h in each era."""

GUP = "void put_user_pages_dirty_lock(struct page **pages, unsigned long npages,\n\t\t\tbool make_dirty)\n{\n}\n"

TARGETS = {
    "put_user_page": {"put_page": "put_user_page", "release_pages": "put_user_pages"},
    "pin_user_pages": {"put_page": "unpin_user_page", "release_pages": "unpin_user_pages",
                       "folio_put": "unpin_user_folio",
                       "iov_iter_get_pages2": "iov_iter_extract_pages",
                       "get_user_pages": "pin_user_pages",
                       "get_user_pages_fast": "pin_user_pages_fast"},
}

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
CALL = re.compile(r"\b(put_page|release_pages|folio_put|get_user_pages(?:_fast)?|"
                  r"iov_iter_get_pages2)\(")
FUNCTION = re.compile(r"^(?:static )?[a-z][\w *]*?\b(\w+)\([^;]*$")


@dataclass(frozen=True)
class Call:
    line: int
    column: int
    function: str
    callee: str


def calls(text: str) -> list[Call]:
    """The calls of the family, outside of functions whose name begins with decoy."""
    text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    found, function = [], ""
    for number, line in enumerate(text.splitlines(), 1):
        head = FUNCTION.match(line)
        function = head[1] if head else function
        found += [Call(number, match.start() + 1, function, match[1])
                  for match in CALL.finditer(line)]
    return [call for call in found if not call.function.startswith("decoy")]


@dataclass
class Bench:
    tree: Path
    db: Path

    def convert(self, *args: object, code: int = 0) -> list[dict[str, str]]:
        assert code == 0
        return rows("convert", self.db, *args)

    def after(self, path: str) -> str:
        with sqlite3.connect(self.db) as db:
            row = db.execute("SELECT after FROM edit_file JOIN file ON file.id = file_id "
                             "WHERE path = ?", (path,)).fetchone()
        return row[0].decode() if row else (self.tree / path).read_text()

    def diff(self) -> str:
        return run("convert", "--db", self.db, "--diff").stdout


def bench(folder: Path, era: str, texts: dict[str, str], group: int | None = None,
          targets: dict[str, str] | None = None) -> Bench:
    """GROUP: the group of every call; each its own if there is none. TARGETS: other ones."""
    made = Bench(folder / "tree", folder / "test.db")
    for path, text in {"include/linux/mm.h": HEADER[era], "mm/gup.c": GUP, **texts}.items():
        (made.tree / path).parent.mkdir(parents=True, exist_ok=True)
        (made.tree / path).write_text(text)
    version = re.search(r"#define DB_VERSION (\d+)", (ROOT / "db" / "db.h").read_text())
    assert version
    with sqlite3.connect(made.db) as db:
        for name in ("schema", "views", "api", "reasons", "knowledge"):
            db.executescript((ROOT / "db" / f"{name}.sql").read_text())
        db.execute(f"PRAGMA user_version = {version[1]}")
        db.executemany("INSERT INTO meta VALUES (?, ?)",
                       [("tree", str(made.tree)), ("era", era), ("stage", "link")])
        for path, text in texts.items():
            _fill(db, {**TARGETS[era], **(targets or {})}, path, text, group)
    return made


def _fill(db: sqlite3.Connection, targets: dict[str, str], path: str, text: str,
          group: int | None) -> None:
    file = db.execute("INSERT INTO file(path, arch, status) VALUES (?, '', 'parsed')",
                      (path,)).lastrowid
    functions: dict[str, int | None] = {}
    for call in calls(text):
        role = "acquire" if call.callee.startswith(("get_", "iov_iter_get_")) else "release"
        target = targets.get(call.callee, call.callee)
        if call.function not in functions:
            functions[call.function] = db.execute(
                "INSERT INTO function(file_id, name, line, end_line, is_static) "
                "VALUES (?, ?, ?, ?, 0)", (file, call.function, call.line, call.line)).lastrowid
        number = db.execute(
            "INSERT INTO call(file_id, function_id, line, column, callee, role, status, guard, "
            "config, macro, flags) VALUES (?, ?, ?, ?, ?, ?, 'resolved', '', '', '', '')",
            (file, functions[call.function], call.line, call.column, call.callee,
             role)).lastrowid
        if role == "acquire":
            db.execute("INSERT INTO call_arg VALUES (?, 2, 'gup_flags', 'flags', '', '')", (number,))
        db.execute("INSERT INTO decision(call_id, group_id, state, target, reason) "
                   "VALUES (?, ?, 'unconverted', ?, '')", (number, group or number, target))
