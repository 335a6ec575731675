#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Does the kernel build and boot after each patch of the kernel's own part?

REPO is a git repository of a kernel tree with the series applied on top of
BASE. It is only read: the commits are checked out in a clone below OUT, each
is built on top of what the one before it left, and booted. A line of TSV for
each: number, built, booted, seconds, subject; the same in OUT/bisect.tsv.
Exit codes as those of run.py.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORE = HERE.parents[1] / "kernel-patches" / "core"


@dataclass
class Step:
    commit: str
    subject: str


def git(repo, *words):
    return subprocess.run(["git", "-C", str(repo), *words], check=True,
                          capture_output=True, text=True).stdout


def core_subjects():
    return {path.read_text().splitlines()[0]
            for path in CORE.glob("*/message")}


def steps(repo, base, every):
    """The commits to be looked at, the oldest first."""
    log = git(repo, "log", "--reverse", "--format=%H%x09%s", base + "..HEAD")
    found = [Step(*line.split("\t", 1)) for line in log.splitlines()]
    wanted = core_subjects()
    return [step for step in found if every or step.subject in wanted]


def build_and_boot(tree, out, jobs):
    """(built, booted) by the harness, which has its own words for failures."""
    run = subprocess.run([sys.executable, str(HERE / "run.py"),
                          "--tree", str(tree), "--out", str(out),
                          "--base", "tiny", "--no-debug", "-j", str(jobs),
                          "--param", "reboot=1", "--param", "mount=0", "boot"],
                         capture_output=True, text=True)
    if run.returncode == 0:
        return "yes", "yes"
    print(run.stdout + run.stderr, file=sys.stderr)
    return ("no", "no") if run.returncode == 3 else ("yes", "no")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("--base", required=True,
                        help="the commit that the series was applied to")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--every", action="store_true",
                        help="the conversions as well")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tree = args.out / "tree"
    try:
        todo = steps(args.repo, args.base, args.every)
        if not tree.exists():
            git(args.out, "clone", "-q", "--shared", "-n",
                str(args.repo.resolve()), "tree")
        git(tree, "fetch", "-q", "origin", "HEAD")
    except subprocess.CalledProcessError as failure:
        print("bisect_core.py: " + failure.stderr.strip(), file=sys.stderr)
        return 3
    if not todo:
        print("bisect_core.py: no patch of the series in %s..HEAD" % args.base,
              file=sys.stderr)
        return 3
    bad = 0
    with open(args.out / "bisect.tsv", "w", encoding="utf-8") as table:
        for number, step in enumerate(todo, 1):
            start = time.monotonic()
            git(tree, "checkout", "-q", "-f", step.commit)
            # The patch may have brought an option: configure anew.
            (args.out / "build/wanted.config").unlink(missing_ok=True)
            built, booted = build_and_boot(tree, args.out / "build", args.jobs)
            bad += booted != "yes"
            line = "%d\t%s\t%s\t%d\t%s" % (number, built, booted,
                                           time.monotonic() - start,
                                           step.subject)
            print(line, flush=True)
            table.write(line + "\n")
            table.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
