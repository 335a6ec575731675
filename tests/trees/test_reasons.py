# SPDX-License-Identifier: GPL-2.0-only
"""Reasons: each code has its sentence, and the program and its reports make the same of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import ERAS, connect, run

REASONS = ("SELECT reason AS code, args, reason_text(reason, args) AS text FROM link "
           "UNION SELECT reason, args, reason_text(reason, args) FROM decision "
           "UNION SELECT reason, args, reason_text(reason, args) FROM finding "
           "UNION SELECT reason, args, reason_text(reason, args) FROM finding_step ORDER BY 1, 2")


@pytest.mark.parametrize("era", ERAS)
def test_two_makers_of_sentences(era: str, databases: dict[str, Path]) -> None:
    said = json.loads(run("sql", "--db", databases[era], "--format", "json", REASONS).stdout)
    with connect(databases[era]) as connection:
        ours = connection.execute(REASONS).fetchall()
    assert len(ours) > 20
    assert [(row["code"], row["args"], row["text"]) for row in said] == ours


def codes(args: list[object]) -> set[str]:
    found = set()
    for arg in args:
        if isinstance(arg, list):
            found |= {str(arg[0])} | codes(arg[1:])
    return found


@pytest.mark.parametrize("era", ERAS)
def test_every_code_has_a_row_and_every_hole_an_argument(era: str, databases: dict[str, Path]
                                                         ) -> None:
    with connect(databases[era]) as connection:
        known = {row[0] for row in connection.execute("SELECT code FROM reason")}
        for code, args, text in connection.execute(REASONS):
            assert {code} | codes(json.loads(args)) <= known
            assert text and "{" not in text, (code, args, text)
