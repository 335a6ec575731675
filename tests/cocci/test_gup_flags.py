# SPDX-License-Identifier: GPL-2.0-only
"""The flags of acquires that become pins: FOLL_GET goes, what the decision adds comes."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from linked import bench

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")

ONE = """\
{macros}long take(struct bag *bag, unsigned long addr, bool write)
{{
{before}	return get_user_pages_fast(addr, bag->n, {flags}, bag->pages);
}}

void drop(struct bag *bag)
{{
	put_page(bag->page);
}}
"""


@dataclass(frozen=True)
class Case:
    flags: str
    after: str = ""     # of the flags
    before: str = ""    # statements in front of the call
    become: str = ""    # what these are then
    macros: str = ""
    adds: str = ""


def convert(folder: Path, cases: list[Case]) -> list[tuple[Case, str, set[str]]]:
    """Of each case, in a file and a group of its own: its text, and what its sites are told."""
    texts = {f"drivers/case{number}.c": ONE.format(flags=case.flags, before=case.before,
                                                   macros=case.macros)
             for number, case in enumerate(cases)}
    made = bench(folder, "pin_user_pages", texts)
    with sqlite3.connect(made.db) as db:
        db.execute("UPDATE decision SET group_id = (SELECT file_id FROM call WHERE id = call_id)")
        for path, case in zip(texts, cases, strict=True):
            db.execute("UPDATE decision SET adds = ? WHERE call_id = (SELECT min(call.id) FROM call "
                       "JOIN file ON file.id = file_id WHERE path = ?)", (case.adds, path))
    sites = made.convert()
    return [(case, made.after(path),
             {f"{site['outcome']}: {site['reason']}" for site in sites if site["path"] == path})
            for path, case in zip(texts, cases, strict=True)]


def expect(folder: Path, cases: list[Case]) -> None:
    for case, text, _ in convert(folder, cases):
        call = f"pin_user_pages_fast(addr, bag->n, {case.after or case.flags}, bag->pages)"
        assert call in " ".join(text.split()), case
        assert f"{{\n{case.become or case.before}\treturn pin_user_pages_fast(" in text, case
        assert "unpin_user_page(bag->page);" in text, case


def test_foll_get_goes_from_the_argument(tmp_path: Path) -> None:
    expect(tmp_path, [Case(*pair) for pair in (
        ("FOLL_GET", "0"), ("FOLL_GET | FOLL_WRITE", "FOLL_WRITE"),
        ("FOLL_WRITE | FOLL_GET", "FOLL_WRITE"), ("(FOLL_GET)", "(0)"),
        ("FOLL_WRITE | FOLL_GET | FOLL_FORCE", "FOLL_WRITE | FOLL_FORCE"),
        ("write ? FOLL_GET | FOLL_WRITE : FOLL_GET", "write ? FOLL_WRITE : 0"),
        ("FOLL_GET | (write ? FOLL_WRITE : 0)", "(write ? FOLL_WRITE : 0)"),
        ("bag->flags",), ("1",), ("write",))])


def test_foll_get_goes_from_a_variable(tmp_path: Path) -> None:
    expect(tmp_path, [Case("flags", "", *pair) for pair in (
        ("\tunsigned int flags = FOLL_GET;\n\n", "\tunsigned int flags = 0;\n\n"),
        ("\tunsigned int flags = FOLL_GET | FOLL_FORCE;\n\n\tif (write)\n\t\tflags |= FOLL_WRITE;\n",
         "\tunsigned int flags = FOLL_FORCE;\n\n\tif (write)\n\t\tflags |= FOLL_WRITE;\n"),
        ("\tunsigned int flags;\n\n\tflags = write ? FOLL_WRITE | FOLL_GET : FOLL_GET;\n",
         "\tunsigned int flags;\n\n\tflags = write ? FOLL_WRITE : 0;\n"),
        ("\tunsigned int flags = write ? FOLL_WRITE : 0;\n\n\tflags |= FOLL_GET;\n",
         "\tunsigned int flags = write ? FOLL_WRITE : 0;\n\n"),
        ("\tunsigned int flags = 0;\n\n\tif (write)\n\t\tflags |= FOLL_WRITE | FOLL_GET;\n",
         "\tunsigned int flags = 0;\n\n\tif (write)\n\t\tflags |= FOLL_WRITE;\n"))])


def test_foll_get_goes_from_a_macro(tmp_path: Path) -> None:
    [(_, text, _)] = convert(tmp_path, [
        Case("BAG_FLAGS", macros="#define BAG_FLAGS (FOLL_GET | FOLL_WRITE)\n\n")])
    assert text.startswith("#define BAG_FLAGS (FOLL_WRITE)\n")
    assert "pin_user_pages_fast(addr, bag->n, BAG_FLAGS, bag->pages)" in text


def test_foll_get_that_stays_keeps_the_group(tmp_path: Path) -> None:
    cases = [
        Case("flags", before="\tunsigned int flags = FOLL_GET;\n\n\tif (follow(bag, flags))\n"
                             "\t\treturn 0;\n"),
        Case("flags", before="\tunsigned int flags = 0;\n\n\tif (write)\n\t\tflags |= FOLL_GET;\n"),
        Case("~FOLL_GET"), Case("bag->flags", before="\tbag->flags = FOLL_GET;\n"),
        Case("flags_of(bag)", macros="static unsigned int flags_of(struct bag *bag)\n{\n"
                                     "\treturn FOLL_GET;\n}\n\n"),
        Case("BAG_FLAGS", before="\tfollow(bag, BAG_FLAGS);\n", macros="#define BAG_FLAGS FOLL_GET\n\n")]
    for case, text, told in convert(tmp_path, cases):
        assert text == ONE.format(flags=case.flags, before=case.before, macros=case.macros)
        assert {line.split(":")[0] for line in told} == {"refused"}, case
        assert all("FOLL_GET" in line and "pin_user_pages_fast()" in line for line in told), case


def test_added_flags(tmp_path: Path) -> None:
    expect(tmp_path, [Case(*pair, adds="FOLL_LONGTERM") for pair in (
        ("0", "FOLL_LONGTERM"), ("1", "FOLL_WRITE | FOLL_LONGTERM"), ("FOLL_GET", "FOLL_LONGTERM"),
        ("FOLL_WRITE", "FOLL_WRITE | FOLL_LONGTERM"), ("write", "write | FOLL_LONGTERM"),
        ("FOLL_WRITE | FOLL_GET", "FOLL_WRITE | FOLL_LONGTERM"),
        ("bag->flags", "bag->flags | FOLL_LONGTERM"),
        ("write ? FOLL_WRITE : 0", "(write ? FOLL_WRITE : 0) | FOLL_LONGTERM"),
        ("(write ? FOLL_WRITE : 0)", "(write ? FOLL_WRITE : 0) | FOLL_LONGTERM"),
        ("bag->dir == 1", "(bag->dir == 1) | FOLL_LONGTERM"),
        ("FOLL_WRITE | FOLL_LONGTERM",))])
