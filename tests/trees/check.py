#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Check the mini kernels: every call has its row, every object compiles.

usage: check.py [--build] [ERA...]

Without --build only the tables are read. With it, each tree is built file by
file in a scratch directory (arm64 and powerpc with clang, if there is one).
Exit status: 0 all right, 1 findings.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ERAS = sorted(name.split(".")[0] for name in os.listdir(HERE) if name.endswith(".expected.tsv"))
ACQUIRE = (
    r"get_user_pages(?:_fast|_fast_only|_longterm|_remote|_locked|_unlocked)?"
    r"|__get_user_pages_fast|pin_user_pages(?:_fast|_remote|_unlocked)?"
    r"|iov_iter_get_pages(?:_alloc)?2?|iov_iter_extract_pages"
)
RELEASE = (
    r"put_page|release_pages|folio_put|put_user_page|put_user_pages"
    r"|put_user_pages_dirty|put_user_pages_dirty_lock|unpin_user_page"
    r"|unpin_user_pages|unpin_user_pages_dirty_lock"
)
CALL = re.compile(rf"(?<!->)(?<!\.)\b(?:({ACQUIRE})|({RELEASE}))\s*\(")
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
VERDICTS = {
    "acquire": {"convert", "keep", "mixed", "unknown", "dead", "homonym"},
    "release": {"linked", "decoy", "mixed", "unknown"},
}


def sources(tree):
    """The .c and .h files of TREE that have rows, as paths below it."""
    for top, dirs, names in os.walk(tree):
        dirs.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(top, name), tree)
            if not path.endswith((".c", ".h")):
                continue
            if path.startswith(("include/", "mm/")) or "/include/asm/" in path:
                continue
            yield path


def calls(text):
    """(line, role, callee) of each call in TEXT, macro bodies left out."""
    text = NOT_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    for nr, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#") or line.rstrip().endswith("\\"):
            continue
        for match in CALL.finditer(line):
            if re.match(r"(?:static )?\w[\w *]*\b" + match.group(0)[:-1], line):
                continue  # a definition of the same name
            role = "acquire" if match.group(1) else "release"
            yield nr, role, match.group(1) or match.group(2)


def check_table(era):
    tree = os.path.join(HERE, era)
    found = []
    rows = {}
    with open(tree + ".expected.tsv", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            key = (row["path"], int(row["line"]))
            if row["verdict"] not in VERDICTS[row["role"]]:
                found.append("%s:%d: bad verdict %s" % (*key, row["verdict"]))
            rows[key] = row
    seen = set()
    for path in sources(tree):
        with open(os.path.join(tree, path), encoding="utf-8") as file:
            text = file.read()
        for nr, role, callee in calls(text):
            row = rows.get((path, nr))
            seen.add((path, nr))
            if row is None:
                found.append("%s:%d: %s() has no row" % (path, nr, callee))
            elif (row["role"], row["callee"]) != (role, callee):
                found.append("%s:%d: row says %s" % (path, nr, row["callee"]))
    for key in sorted(set(rows) - seen):
        if "through macro" not in rows[key]["note"]:
            found.append("%s:%d: row without a call" % key)
    return ["%s: %s" % (era, text) for text in found]


def make(tree, *args):
    return subprocess.run(["make", "-s", "-C", tree, *args], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)


def build(era):
    tree = os.path.join(HERE, era)
    clang = shutil.which("clang-19") or shutil.which("clang")
    targets = {"x86_64": None}
    if clang:
        targets["arm64"] = "aarch64-linux-gnu"
        targets["powerpc"] = "powerpc64le-linux-gnu"
    found = []
    for arch, triple in targets.items():
        mine = "arch/" + ("x86" if arch == "x86_64" else arch) + "/"
        args = ["ARCH=" + arch]
        if triple:
            args.append("CC=%s --target=%s" % (clang, triple))
        with tempfile.TemporaryDirectory() as out:
            args.append("O=" + out)
            done = make(tree, *args, "defconfig", "prepare")
            if done.returncode:
                return ["%s: %s" % (era, done.stdout)]
            files = [p for p in [*sources(tree), "mm/gup.c"]
                     if p.endswith(".c")
                     and (p.startswith(mine) or
                          (not triple and not p.startswith("arch/")))]
            for path in files:
                done = make(tree, *args, path[:-1] + "o")
                if done.returncode or "warning:" in done.stdout:
                    found.append("%s: %s\n%s" % (era, path, done.stdout))
    return found


def main(argv):
    eras = [a for a in argv if a != "--build"] or ERAS
    found = []
    for era in eras:
        found += check_table(era)
        if "--build" in argv:
            found += build(era)
    for text in found:
        print(text)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
