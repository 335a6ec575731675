# SPDX-License-Identifier: GPL-2.0-only
"""The decisions file: answers of a person about acquires, and what is wrong with a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import connect, copy_tree, index, rows, run

SABLE = "drivers/gpu/drm/sable/sable_userptr.c"
ACQUIRE = f"{SABLE}:sable_userptr_acquire:get_user_pages_fast"
WHY = "the blitter writes to the surface"


def states(db: Path) -> dict[str, str]:
    return {row["role"]: row["state"] for row in rows("sites", db) if row["path"] == SABLE}


def sable(tmp_path: Path, *lines: str) -> tuple[Path, str]:
    """The database of the mini kernel with these decisions, and what index said."""
    (tmp_path / "decisions").write_text("".join(line + "\n" for line in lines))
    tree = tmp_path / "tree"
    if not tree.exists():
        copy_tree("pin_user_pages", tree)
    return tmp_path / "x.db", index(tree, tmp_path / "x.db", "--decisions", tmp_path / "decisions")


def identity(tmp_path: Path) -> str:
    db, _ = sable(tmp_path)
    line = next(row["line"] for row in rows("sites", db) if row["path"] == SABLE and row["role"] == "acquire")
    said = run("explain", "--db", db, f"{SABLE}:{line}").stdout
    return next(text.split(": ", 1)[1] for text in said.splitlines() if "in a decisions file: " in text)


@pytest.mark.parametrize(("answer", "state"), [("pin", "unconverted"), ("longterm", "unconverted"), ("keep", "keep")])
def test_answer_decides_the_group(answer: str, state: str, tmp_path: Path) -> None:
    db, said = sable(tmp_path, "# of the manual", "", f"{identity(tmp_path)}\t{answer}  {WHY}")
    assert "warning" not in said
    assert states(db) == {"acquire": state, "release": state}
    reason = next(row["reason"] for row in rows("sites", db) if row["path"] == SABLE and row["role"] == "acquire")
    assert reason == f"decided by a person ({answer}): {WHY}"


def test_without_an_answer_it_is_a_question(tmp_path: Path) -> None:
    db, _ = sable(tmp_path)
    assert states(db) == {"acquire": "unknown", "release": "unknown"}


def test_other_answer_is_not_passed_over(tmp_path: Path) -> None:
    """Nothing of the tree has changed, the decisions have."""
    name = identity(tmp_path)
    for answer, state in (("pin", "unconverted"), ("keep", "keep")):
        (tmp_path / "decisions").write_text(f"{name} {answer} {WHY}\n")
        index(tmp_path / "tree", tmp_path / "x.db", "--decisions", tmp_path / "decisions")
        assert states(tmp_path / "x.db")["acquire"] == state


def test_line_about_no_acquire_is_warned_of(tmp_path: Path) -> None:
    _, said = sable(tmp_path, "drivers/misc/gone.c:gone_take:get_user_pages keep it is gone")
    assert "decisions:1: this tree has no acquire drivers/misc/gone.c:gone_take:get_user_pages" in said


WRONG = {
    "drivers/a.c:take keep x": "'drivers/a.c:take' is no acquire; write PATH:FUNCTION:CALLEE",
    "a.c:f:g perhaps x": "'perhaps' is no answer; use pin, longterm or keep",
    "a.c:f:g keep": "the reason is missing; write it behind the answer",
    "a.c:f:g keep x\na.c:f:g pin x": "a.c:f:g is in line 1 already",
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_line_is_told_with_its_number(text: str, tmp_path: Path) -> None:
    (tmp_path / "decisions").write_text(text + "\n")
    done = run("index", copy_tree("pin_user_pages", tmp_path / "tree"), "--db", tmp_path / "x.db",
               "--decisions", tmp_path / "decisions", code=2)
    number = text.count("\n") + 1
    assert f"decisions:{number}: {WRONG[text]}" in done.stderr
    assert not (tmp_path / "x.db").exists()


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    done = run("index", copy_tree("pin_user_pages", tmp_path / "tree"), "--db", tmp_path / "x.db",
               "--decisions", tmp_path / "none", code=3)
    assert "none" in done.stderr


@pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")
def test_message_quotes_the_reason(tmp_path: Path) -> None:
    db, _ = sable(tmp_path, f"{identity(tmp_path)} pin {WHY}")
    run("convert", "--db", db)
    run("series", "--db", db, "-o", tmp_path / "out", "--no-tree-scripts")
    mails = [path.read_text() for path in sorted((tmp_path / "out").glob("*.patch"))]
    mine = [mail for mail in mails if f"+++ b/{SABLE}" in mail]
    assert len(mine) == 1
    assert f'decided by a person: "{WHY}"' in " ".join(mine[0].split())


def test_second_call_of_a_function_has_a_number(tmp_path: Path) -> None:
    db, _ = sable(tmp_path)
    with connect(db) as connection:
        names = [row[0] for row in connection.execute("SELECT identity FROM acquire_identity")]
    assert len(names) == len(set(names))
