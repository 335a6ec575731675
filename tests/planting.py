# SPDX-License-Identifier: GPL-2.0-only
"""Plants acquire calls of random shape and guard in random files of a scratch tree."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# CALL stands for the call; "@" marks the line that its name is on.
SHAPES = (
    "@\tCALL;",
    "@\tn = CALL;",
    "@\tif (CALL < 0)\n\t\tn = -1;",
    "@\twhile (n++ < 3 && CALL > 0)\n\t\t;",
    "@\tfor (n = 0; n < 2; n += CALL)\n\t\t;",
    "@\treturn CALL;",
    "@\tn = n ? CALL : 0;",
    "@\tn = (int)(long)(CALL);",
    "\tn =\n@\t\t1 +\tCALL;",
    "@\tswitch (CALL) {\n\tdefault:\n\t\tn = 1;\n\t}",
    "\tdo {\n@\t\tn += CALL;\n\t} while (0);",
    "@\tn = ({ CALL; });",
    "@\tn = 0, CALL;",
    "\t{\n@\t\tlong m = CALL;\n\n\t\tn = m;\n\t}",
    "@\tif (!(n = CALL)) return 1; else n = 2;",
    "/* a /* comment */\n@\tn = /* here */ CALL /* there */; // get_user_pages(",
)
GUARDS = (
    ("", ""),
    ("#ifdef CONFIG_PLANTED_NOWHERE\n", "#endif\n"),
    ("#ifndef CONFIG_PLANTED_NOWHERE\n", "#endif\n"),
    ("#ifdef CONFIG_MMU\n", "#endif\n"),
    ("#ifndef CONFIG_MMU\n", "#endif\n"),
    ("#if defined(CONFIG_PLANTED_A) && !defined(CONFIG_PLANTED_B)\n", "#endif\n"),
    ("#ifdef CONFIG_PLANTED_A\n#else\n", "#endif\n"),
    ("#ifdef MODULE\n", "#endif\n"),
    ("#ifndef MODULE\n", "#endif\n"),
    ("#if IS_ENABLED(CONFIG_PLANTED_C)\n", "#endif\n"),
    ("#ifdef PLANTED_MACRO\n#ifndef CONFIG_PLANTED_D\n", "#endif\n#endif\n"),
)
DEAD = ("#if 0\n", "#endif\n")
FUNCTION = """
{before}static long {name}(unsigned long start, struct page **pages);
static long {name}(unsigned long start, struct page **pages)
{{
	long n = 0;

{body}
	return n;
}}
{after}"""


@dataclass(frozen=True)
class Planted:
    path: str
    line: int
    function: str
    callee: str
    dead: bool


def call_text(tree: Path, rng: random.Random) -> tuple[str, str]:
    """A callee and a call of it as that tree declares it."""
    mm_h = (tree / "include/linux/mm.h").read_text(encoding="latin-1")
    callee = rng.choice(("get_user_pages_fast", "get_user_pages_unlocked"))
    flags = "int write" not in mm_h
    if callee == "get_user_pages_unlocked":
        arguments = ["start", "1", "pages", "FOLL_WRITE"]
    else:
        arguments = ["start", "1", "FOLL_WRITE" if flags else "1", "pages"]
    blank = rng.choice(("", "", "", " ", "\n\t\t"))
    return callee, f"{callee}{blank}({rng.choice((', ', ',', ',' + chr(10) + chr(9))).join(arguments)})"


def insert(path: Path, text: str) -> int:
    """Appends TEXT by writing a new file: the old one may be a hard link. Its first line."""
    old = path.read_text(encoding="latin-1")
    if not old.endswith("\n"):
        old += "\n"
    new = path.with_name(path.name + ".planted")
    new.write_text(old + text, encoding="latin-1")
    shutil.copymode(path, new)
    os.replace(new, path)
    return old.count("\n") + 1


def plant(tree: Path, files: list[str], count: int, seed: int) -> list[Planted]:
    rng = random.Random(seed)
    planted = []
    for number in range(count):
        path = rng.choice(files)
        name = f"planted_{number}"
        callee, call = call_text(tree, rng)
        dead = rng.random() < 0.1
        before, after = DEAD if dead else rng.choice(GUARDS)
        body = rng.choice(SHAPES).replace("CALL", call)
        function = FUNCTION.format(name=name, before=before, after=after, body=body)
        text = "\n#include <linux/mm.h>\n" + function
        offset = text[:text.index("@")].count("\n")
        first = insert(tree / path, text.replace("@", ""))
        planted.append(Planted(path, first + offset, name, callee, dead))
    return planted


def scratch_copy(tree: Path, to: Path) -> Path:
    """Hard links where the file system allows, a copy elsewhere. Not of a link to the tree:
    what is planted would come to the tree itself."""
    tree = tree.resolve()
    done = subprocess.run(["cp", "-al", tree, to], capture_output=True, check=False)
    if done.returncode:
        shutil.rmtree(to, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", tree, to], check=True)
    return to


def check(planted: list[Planted], rows: list[dict[str, str]]) -> list[str]:
    """Sites that are not as planted."""
    have = {(row["path"], int(row["line"]), row["callee"]): row for row in rows}
    wrong = []
    for site in planted:
        row = have.get((site.path, site.line, site.callee))
        wanted = ("dead",) if site.dead else ("resolved", "recovered")
        if not row:
            wrong.append(f"not found: {site}")
        elif row["status"] not in wanted or row["function"] != site.function:
            wrong.append(f"{row['status']} in {row['function']} [{row['guard']}]: {site}")
    return wrong
