#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints the schema reference: tables and views of db/ with their own comments.

docs/schema.md is its output; the style tests compare the two.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

DB = Path(__file__).resolve().parents[1] / "db"
TITLE = """# The database

One SQLite file (STRICT tables). This page is made by `docs/schema.py` from the
comments of `db/schema.sql` and `db/views.sql`; `gupconv sql` queries the database
anything:

    gupconv sql --db gupconv.db "SELECT path, line, callee FROM site WHERE state = 'mixed'"

The views are the contract of the commands; the tables may change with the
database version.
"""


def comments(text: str) -> dict[str, str]:
    """Name of a table or view -> the comment block that stands before it."""
    found = {}
    pattern = re.compile(r"((?:^--.*\n)+)(?:\s*\n)?CREATE (?:TABLE|VIEW) (\w+)", re.M)
    for match in pattern.finditer(text):
        lines = [line.removeprefix("--").strip() for line in match.group(1).splitlines()]
        found[match.group(2)] = "\n".join(line for line in lines if "SPDX" not in line).strip()
    return found


def column_notes(text: str, table: str) -> dict[str, str]:
    body = re.search(rf"CREATE TABLE {table} \((.*?)^\) STRICT", text, re.M | re.S)
    notes = {}
    for line in body.group(1).splitlines() if body else ():
        match = re.match(r"\s*(\w+)\s.*?--\s*(.*)", line)
        if match:
            notes[match.group(1)] = match.group(2)
    return notes


def words_allowed(text: str, table: str) -> dict[str, str]:
    body = re.search(rf"CREATE TABLE {table} \((.*?)^\) STRICT", text, re.M | re.S)
    return {name: ", ".join(re.findall(r"'(\w[\w-]*)'", words)) for name, words in
            re.findall(r"CHECK \((\w+) IN\s*\(([^)]*)\)", body.group(1) if body else "")}


def table_text(handle: sqlite3.Connection, text: str, name: str) -> list[str]:
    notes, words = column_notes(text, name), words_allowed(text, name)
    references = {row[3]: f"{row[2]}.{row[4]}" for row in
                  handle.execute(f"PRAGMA foreign_key_list({name})")}
    lines = ["| column | type | |", "| --- | --- | --- |"]
    for _, column, kind, _, _, key in handle.execute(f"PRAGMA table_info({name})"):
        about = ["key"] if key else []
        if column in references:
            about.append(references[column])
        if column in words:
            about.append(words[column])
        if column in notes:
            about.append(notes[column])
        lines.append(f"| {column} | {kind} | {'; '.join(about)} |")
    return lines


def main() -> None:
    texts = [(DB / name).read_text(encoding="utf-8") for name in ("schema.sql", "views.sql")]
    handle = sqlite3.connect(":memory:")
    handle.create_function("reason_text", 2, lambda code, args: code)
    for text in texts:
        handle.executescript(text)
    about = comments(texts[0]) | comments(texts[1])
    print(TITLE)
    for kind, heading in (("view", "Views"), ("table", "Tables")):
        print(f"## {heading}\n")
        query = "SELECT name FROM sqlite_schema WHERE type = ? ORDER BY rowid"
        for (name,) in handle.execute(query, (kind,)).fetchall():
            print(f"### {name}\n")
            if about.get(name):
                print(about[name] + "\n")
            if kind == "view":
                columns = [row[1] for row in handle.execute(f"PRAGMA table_info({name})")]
                print("Columns: " + ", ".join(f"`{column}`" for column in columns) + ".\n")
            else:
                print("\n".join(table_text(handle, texts[0], name)) + "\n")


if __name__ == "__main__":
    main()
