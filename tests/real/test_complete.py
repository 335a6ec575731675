# SPDX-License-Identifier: GPL-2.0-only
"""No acquire call is missed, as a search by other means sees it."""

from __future__ import annotations

from pathlib import Path

from support import rows
from textsearch import TextCall, calls_in, calls_of


def test_search_tells_calls_from_the_rest() -> None:
    text = """
        /* get_user_pages(1) */ // get_user_pages(2)
        const char *s = "get_user_pages(3)", c = '"';
        long get_user_pages(unsigned long start);
        struct page *get_dump_page(unsigned long addr);
        int __must_check get_user_pages_fast(unsigned long start);
        #define get_user_pages(x) 0
        #define pin(x) get_user_pages_fast(x)
        ops->get_user_pages(1); ops.get_user_pages(2);
        get_user_pages_of_mine(1);
        n = cond ? get_user_pages /* odd */ (1) : x *
            pin_user_pages(2);
        return get_user_pages_remote(
            3);
        if (likely(iov_iter_get_pages2(i) < (long)get_dump_page
            (4)))
    """
    assert sorted((call.line - 1, call.callee) for call in calls_in("x", text)) == [
        (7, "get_user_pages_fast"), (10, "get_user_pages"), (11, "pin_user_pages"),
        (12, "get_user_pages_remote"), (14, "get_dump_page"), (14, "iov_iter_get_pages2")]


def test_every_acquire_is_a_row(indexed, record_property) -> None:
    """Outside of mm/ and lib/, where the family itself lives."""
    sites = {TextCall(row["path"], int(row["line"]), row["callee"]): row
             for row in rows("sites", indexed.db, "--role", "acquire")}
    calls = calls_of(Path(indexed.tree))
    missing = sorted(calls - set(sites))
    print(f"note: {indexed.version}: {len(calls)} calls by text search, {len(missing)} of them no row")
    record_property("differences", len(missing))
    assert len(calls) > 50, "the search itself found hardly anything"
    assert not missing, "\n".join(f"{call.path}:{call.line}: {call.callee}" for call in missing)


def test_every_acquire_was_seen_by_the_compiler(indexed) -> None:
    """text-only: the lexer saw a call and no parse did. Each would have to be explained."""
    only = [row for row in rows("sites", indexed.db, "--role", "acquire")
            if row["status"] == "text-only" and not row["path"].startswith(("mm/", "lib/"))]
    assert not only, "\n".join(f"{row['path']}:{row['line']}: {row['callee']}" for row in only)


def test_every_file_was_parsed(indexed) -> None:
    assert "warning" not in indexed.said, indexed.said
