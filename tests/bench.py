#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The cost of an index, as ratios to spatch and to grep over the same tree, in one run.

usage: bench.py [--gupconv PROGRAM] [TREE]

The peer is what a person would use: spatch with a plain rule, which gives a
list of calls without types. The floor is a text search. CPU is user and system
time of a command and all its children, so other load on the machine matters
little; wall time is printed where somebody waits for the answer.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from support import GUPCONV, real_tree

NAMES = ("get_user_pages|get_user_pages_fast|get_user_pages_remote|get_user_pages_unlocked"
         "|pin_user_pages|pin_user_pages_fast|pin_user_pages_remote|pin_user_pages_unlocked"
         "|iov_iter_get_pages|iov_iter_get_pages2|iov_iter_get_pages_alloc"
         "|iov_iter_get_pages_alloc2|iov_iter_extract_pages|put_user_page|put_user_pages"
         "|unpin_user_page|unpin_user_pages")
# Without put_page(), whose thousands of files would take spatch minutes: the
# index looks at no file for that name alone either. Names in full, since spatch
# then passes over the files that have none of them.
RULE = "@@\n@@\n(\n%s\n)\n" % "\n|\n".join(f"* {name}(...)" for name in NAMES.split("|"))
MARKED = re.compile(r"^-(?!--)", re.M)


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float
    output: str


def cost(command: list[str | Path], cwd: Path | None = None) -> Cost:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, errors="replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"bench: {command[0]} ended with {done.returncode}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                time.monotonic() - start, done.stdout)


def best(command: list[str | Path], times: int = 3) -> Cost:
    return min((cost(command) for _ in range(times)), key=lambda one: one.wall)


def peak_of_a_process(command: list[str | Path]) -> float:
    """Megabytes of the largest process of COMMAND. A child of ours asks, so that nothing
    that ran before counts."""
    script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], "
              "stderr=subprocess.DEVNULL); "
              "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", script, *map(str, command)], text=True,
                          capture_output=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def row(what: str, cpu: float | None, wall: float | None, note: str) -> None:
    print(f"{what:38} {'' if cpu is None else f'{cpu:8.2f}':>8} "
          f"{'' if wall is None else f'{wall:8.2f}':>8}   {note}", flush=True)


def touch_one(tree: Path, scratch: Path) -> Path:
    """A tree of hard links (or a copy), for a driver to be changed in."""
    copy = scratch / "tree"
    if subprocess.run(["cp", "-al", tree, copy], stderr=subprocess.DEVNULL,
                      check=False).returncode:
        shutil.rmtree(copy, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", tree, copy], check=True)
    return copy


def change(path: Path, before: bytes, behind: bytes) -> None:
    """A new file, so that a hard link keeps its own."""
    path.with_suffix(".new").write_bytes(before + path.read_bytes() + behind)
    os.replace(path.with_suffix(".new"), path)


# A comment changes no fact, a line at the top moves them all, a function is a new one.
EDITS = (("a comment added", b"", b"\n/* touched */\n"),
         ("a line added at the top", b"/* touched */\n", b""),
         ("a function added", b"", b"\nvoid touched(struct page *page)\n{\n\tput_page(page);\n}\n"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--gupconv", default=GUPCONV)
    parser.add_argument("tree", nargs="?", type=Path)
    args = parser.parse_args()
    tree = args.tree
    if not tree:
        tree, why = real_tree("6.1")
        if not tree:
            sys.exit(f"bench: {why}")
    tree = tree.resolve()  # spatch looks at nothing below a link
    gupconv = os.path.abspath(args.gupconv)

    # Beside the tree, for hard links; else with the other temporary files.
    beside = tree.absolute().parent if os.access(tree.absolute().parent, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix=".gupconv-bench-", dir=beside) as name:
        scratch = Path(name)
        os.environ["GUPCONV_CACHE"] = str(scratch / "cache")  # cold is cold
        (scratch / "rule.cocci").write_text(RULE, encoding="ascii")
        db = scratch / "x.db"
        grep_command = ["grep", "-rE", "--include=*.[ch]", NAMES, tree]
        cost(grep_command)  # brings the tree into the page cache: all that follow find it there
        print(f"{'':38} {'CPU s':>8} {'wall s':>8}")
        grep = min((cost(grep_command) for _ in range(2)), key=lambda one: one.cpu)
        row("grep -rE", grep.cpu, grep.wall, "the floor")
        cold = cost([gupconv, "index", tree, "--db", db, "-j", "2"])
        spatch = cost(["spatch", "--no-includes", "--very-quiet", "-j", "2",
                       "--sp-file", scratch / "rule.cocci", "--dir", tree])
        row("spatch --no-includes -j2", spatch.cpu, spatch.wall,
            f"{len(MARKED.findall(spatch.output))} lines, without types or places")
        row("gupconv index, cold, -j2", cold.cpu, cold.wall,
            f"CPU: {cold.cpu / spatch.cpu:.2f} x spatch, {cold.cpu / grep.cpu:.1f} x grep")
        same = best([gupconv, "index", tree, "--db", db])
        row("gupconv index, nothing changed", same.cpu, same.wall,
            f"wall: {same.wall / grep.wall:.2f} x grep")
        copy = touch_one(tree, scratch)
        copied = scratch / "copy.db"
        time.sleep(3)  # dates of this very moment are not relied on, and real trees are older
        cost([gupconv, "index", copy, "--db", copied, "-j", "2"])
        paths = cost([gupconv, "sql", "--db", copied, "--format", "tsv",
                      "SELECT path FROM site WHERE path LIKE 'drivers/%.c' LIMIT 1"]).output
        for what, before, behind in EDITS:
            change(copy / paths.splitlines()[1], before, behind)
            again = cost([gupconv, "index", copy, "--db", copied, "-j", "2"])
            row(f"gupconv index, {what}", again.cpu, again.wall,
                f"wall: {again.wall / grep.wall:.2f} x grep, CPU: {again.cpu / grep.cpu:.2f} x")
        for command in ("sites", "status", "audit"):
            answer = best([gupconv, command, "--db", db, "--format", "tsv"], 5)
            row(f"gupconv {command}", answer.cpu, answer.wall, f"{answer.wall * 1000:.0f} ms")
        peak = peak_of_a_process([gupconv, "index", tree, "--db", scratch / "peak.db", "-j", "2"])
        row("peak memory of a process", None, None, f"{peak:.0f} MB")


if __name__ == "__main__":
    main()
