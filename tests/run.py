#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Runs the test lanes and counts: the last line is "N passed, N failed, N skipped".

usage: run.py [--build DIR] (all | fast | LANE)...

A lane speaks TAP, or writes a JUnit file (pytest). Its output is kept in
DIR/test/LANE.log; of a passed lane only the count is shown.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TAP = re.compile(r"^(not ok|ok)\b\s*\d*\s*-?\s*(.*?)\s*(?:#\s*(?i:(skip)\w*|todo)\s*(.*))?$")


@dataclass(frozen=True)
class Lane:
    name: str
    command: tuple[str, ...]
    needs: str = ""     # a path that must hold something; the lane is not there otherwise
    slow: bool = False  # takes minutes: a whole kernel, or a second build
    pytest: bool = False


def pytest_lane(name: str, *paths: str, slow: bool = False) -> Lane:
    return Lane(name, ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA", *paths),
                needs=f"{paths[0]}/test_*.py", slow=slow, pytest=True)


LANES = (
    Lane("style", ("bats", "--tap", "tests/style"), needs="tests/style/*.bats"),
    Lane("unit", ("make", "-s", "unit"), needs="tests/unit/test_*.c"),
    Lane("commands", ("bats", "--tap", "tests/commands"), needs="tests/commands/*.bats"),
    pytest_lane("reports", "tests/reports"),
    pytest_lane("cocci", "tests/cocci", "tests/sites"),
    pytest_lane("kernel", "tests/kernel"),
    pytest_lane("trees", "tests/trees"),
    Lane("fuzz", ("tests/fuzz.sh",), needs="tests/fuzz.sh", slow=True),
    Lane("san", ("tests/san.sh",), needs="tests/san.sh", slow=True),
    pytest_lane("real", "tests/real", slow=True),
)


@dataclass
class Result:
    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Result) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def line(self) -> str:
        return (f"{len(self.passed)} passed, {len(self.failed)} failed, "
                f"{len(self.skipped)} skipped")


def read_tap(lane: Lane, text: str) -> Result:
    result = Result()
    for line in text.splitlines():
        match = TAP.match(line)
        if not match:
            continue
        name = f"{lane.name}: {match.group(2)}"
        if match.group(3):
            result.skipped.append((name, match.group(4)))
        elif match.group(1) == "ok":
            result.passed.append(name)
        else:
            result.failed.append(name)
    return result


def read_junit(lane: Lane, path: Path) -> Result:
    result = Result()
    if not path.exists():
        return result
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{lane.name}: {case.get('classname', '').split('.')[-1]}::{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed.append(name)
        elif skipped is not None and skipped.get("type") != "pytest.xfail":
            result.skipped.append((name, skipped.get("message", "")))
        else:
            result.passed.append(name)
    return result


def program(lane: Lane, build: Path) -> Path:
    """The program of the lane. One that takes minutes has a copy: it may be built anew meanwhile."""
    made = build / "gupconv"
    if not (lane.slow and lane.pytest and made.exists()):
        return made
    copy = build / "test" / f"{lane.name}.gupconv"
    fresh = copy.with_suffix(".new")
    shutil.copy2(made, fresh)
    fresh.replace(copy)
    return copy


def run_lane(lane: Lane, build: Path) -> Result:
    folder = build / "test"
    folder.mkdir(parents=True, exist_ok=True)
    log, junit = folder / f"{lane.name}.log", folder / f"{lane.name}.xml"
    junit.unlink(missing_ok=True)
    command = list(lane.command)
    if lane.pytest:
        command = ["/usr/bin/python3", *command, f"--junitxml={junit}"]
    # No terminal and no settings of the user's: the same answer here and in CI.
    env = {**os.environ, "B": str(build), "GUPCONV": str(program(lane, build)), "LC_ALL": "C.UTF-8",
           "GUPCONV_CACHE": str(build / "cache"),
           "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("MAKEFLAGS", None)
    env.pop("MAKELEVEL", None)
    start = time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out,
                              stderr=subprocess.STDOUT, check=False).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    result = read_junit(lane, junit) if lane.pytest else read_tap(lane, text)
    if code and not result.failed:
        result.failed.append(f"{lane.name}: the lane itself, exit {code}")
    if not code and not result.passed and not result.skipped:
        result.failed.append(f"{lane.name}: no test was run")
    said = text.splitlines()[-150:] if result.failed else []
    said += [line.removeprefix("note: ") for line in text.splitlines()
             if line.startswith("note: ")]
    said.append(f"== {lane.name}: {result.line()} ({time.monotonic() - start:.0f} s)")
    print("\n".join(said), flush=True)
    return result


def chosen(words: list[str]) -> list[Lane]:
    lanes = [lane for lane in LANES if list(ROOT.glob(lane.needs))]
    if words == ["all"]:
        return lanes
    if words == ["fast"]:
        return [lane for lane in lanes if not lane.slow]
    unknown = set(words) - {lane.name for lane in lanes}
    if unknown:
        sys.exit(f"run.py: no lane {', '.join(sorted(unknown))}; "
                 f"there are {', '.join(lane.name for lane in lanes)}")
    return [lane for lane in lanes if lane.name in words]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("lanes", nargs="+")
    args = parser.parse_args()
    total = Result()
    start = time.monotonic()
    # Two lanes at a time; the long ones first, so that they do not end alone.
    lanes = sorted(chosen(args.lanes), key=lambda lane: not lane.slow)
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        for result in pool.map(lambda lane: run_lane(lane, args.build.absolute()), lanes):
            total.add(result)
    for name, reason in total.skipped:
        print(f"skipped: {name}: {reason}")
    for name in total.failed:
        print(f"FAILED: {name}")
    print(f"took {time.monotonic() - start:.0f} s")
    print(total.line())
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
