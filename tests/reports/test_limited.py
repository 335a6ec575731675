# SPDX-License-Identifier: GPL-2.0-only
"""Limits of the tree's scripts count CPU time."""

from __future__ import annotations

from pathlib import Path

import pytest
from gupconv_reports.limited import LimitPassed, run

# Stopped for longer than its limit, by a child that continues it.
STOPPED = "(sleep 2.5; kill -CONT $$) & kill -STOP $$; echo done; exit 3"


def test_a_program_that_computes_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(LimitPassed, match="no answer in 1 s of CPU time"):
        run(["sh", "-c", "while :; do :; done"], tmp_path, 1)


def test_a_program_that_is_slow_is_not(tmp_path: Path) -> None:
    done = run(["sh", "-c", STOPPED], tmp_path, 1)
    assert (done.returncode, done.stdout) == (3, "done\n")


def test_a_program_that_sleeps_for_good_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(LimitPassed, match="no answer in 1 s$"):
        run(["sleep", "3600"], tmp_path, 3600, wall=1)


def test_processes_of_the_program_are_limited_too(tmp_path: Path) -> None:
    done = run(["sh", "-c", "ulimit -t; sh -c 'ulimit -t'"], tmp_path, 7)
    assert done.stdout.split() == ["7", "7"]


def test_environment_on_top_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "1")
    assert run(["sh", "-c", "echo $OURS$THEIRS"], tmp_path, 7, env={"THEIRS": "2"}).stdout == "12\n"


def test_no_such_program(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run(["no-such-program"], tmp_path, 1)
