# SPDX-License-Identifier: GPL-2.0-only
"""Each rule of cocci/ on its own cases: tests/cocci/RULE/in.c becomes out.c.

in.c holds functions that the rule must change and others that it must not. All
calls of the family count as linked, but those in functions named decoy_*.
out.c is the era of put_user_page(); out.pin.c that of pin_user_pages(), where more
than the names is different there (most often the columns of a call's second line).
Write them anew with UPDATE=1, and read the difference.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from linked import FUNCTION, bench
from support import ROOT

HERE = Path(__file__).resolve().parent
RULES = sorted(path.stem for path in (ROOT / "cocci").glob("*.cocci"))
MODES = ("patch", "context", "org", "report")
PATH = "drivers/case.c"
OF_PINS = ("acquire", "extract", "folio", "folio-page")
"""Rules that the earlier era has no use for."""
OTHER_TARGETS = {"folio-page": {"folio_put": "unpin_user_page"}}
ACQUIRE = ("\nlong taken(struct page **p)\n{\n"
           "\treturn get_user_pages_fast(0, 1, 0, p);\n}\n")

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def pinned(text: str) -> str:
    """The text of the earlier era with the names of the later one."""
    text = re.sub(r"\bput_user_page(s|s_dirty_lock)?\b", r"unpin_user_page\1", text)
    return re.sub(r"\bget_user_pages(_fast)?\b", r"pin_user_pages\1", text)


def expected(rule: str, name: str) -> str:
    path = HERE / rule / name
    return path.read_text() if path.exists() else pinned((HERE / rule / "out.c").read_text())


def expect(rule: str, name: str, text: str) -> None:
    if os.environ.get("UPDATE") and (name == "out.c" or text != expected(rule, name)):
        (HERE / rule / name).write_text(text)
    assert text == expected(rule, name)


def test_every_rule_has_a_case() -> None:
    assert RULES == sorted(path.parent.name for path in HERE.glob("*/in.c"))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("era", "name"), [("put_user_page", "out.c"),
                                           ("pin_user_pages", "out.pin.c")])
def test_case(tmp_path: Path, rule: str, era: str, name: str) -> None:
    text = (HERE / rule / "in.c").read_text()
    made = bench(tmp_path, era, {PATH: text}, targets=OTHER_TARGETS.get(rule, {})
                 if era == "pin_user_pages" else None)
    sites = made.convert()
    expect(rule, name, made.after(PATH))
    if rule in OF_PINS and era == "put_user_page":
        return
    used = {site["rule"] for site in sites if site["outcome"] == "converted"}
    assert rule in used
    assert not [site for site in sites if site["outcome"] == "refused"]


@pytest.mark.parametrize("rule", RULES)
def test_header(rule: str) -> None:
    text = (ROOT / "cocci" / f"{rule}.cocci").read_text()
    for mark in ("SPDX-License-Identifier", "///", "//# Matches:", "//# Relies on:",
                 "//# Must not touch:", "// Confidence:", "// Options:"):
        assert mark in text, mark


def alone(rule: str, mode: str, case: Path) -> str:
    """As scripts/coccinelle/ would run it; whatever it has to say is a failure."""
    done = subprocess.run(["spatch", "-D", mode, "--very-quiet", "--no-includes", "--sp-file",
                           ROOT / "cocci" / f"{rule}.cocci", case],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def lines_of(mode: str, text: str) -> set[int]:
    """The lines, from 1, that a mode speaks of."""
    if mode in ("org", "report"):
        return {int(line) for line in re.findall(
            {"org": r"^\* TODO .*::linb=(\d+)::", "report": r"case\.c:(\d+):"}[mode], text,
            re.MULTILINE)}
    found, at = set(), 0
    for line in text.splitlines():
        if head := re.match(r"@@ -(\d+)", line):
            at = int(head[1])
        elif not line.startswith(("---", "+++", "+", "diff ")):
            found |= {at} if line.startswith("-") else set()
            at += 1
    return found


def functions_of(text: str, lines: set[int]) -> set[str]:
    named, function = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        head = FUNCTION.match(line)
        function = head[1] if head else function
        named[number] = function
    return {named[line] for line in lines}


@pytest.mark.parametrize("rule", RULES)
def test_alone(tmp_path: Path, rule: str) -> None:
    """On a file with an acquire, each mode speaks of what the patch would change, and of no more."""
    text = (HERE / rule / "in.c").read_text() + ACQUIRE
    case = tmp_path / "case.c"
    case.write_text(text)
    told = {mode: functions_of(text, lines_of(mode, alone(rule, mode, case))) for mode in MODES}
    assert told["patch"]
    assert told["report"] == told["org"] == told["context"]
    # A report may be less than the patch: a count that is known in one alone is left to the reader.
    assert told["report"] <= told["patch"]
    assert rule == "loop-partial" or rule == "release-partial" or told["report"] == told["patch"]
    linked = expected(rule, "out.pin.c" if rule in OF_PINS else "out.c")
    assert told["report"] & {name for name in told["patch"] if differs(text, linked, name)}


def differs(text: str, other: str, function: str) -> bool:
    """Has a function another body in the other text?"""
    def body(of: str) -> str:
        return of.partition(f"{function}(")[2].partition("\n}\n")[0]
    return body(text) != body(other)


@pytest.mark.parametrize("rule", RULES)
def test_no_acquire_no_change(tmp_path: Path, rule: str) -> None:
    text = re.sub(r"(get_user|iov_iter_get)_pages", "find_own_pages",
                  (HERE / rule / "in.c").read_text())
    case = tmp_path / "case.c"
    case.write_text(text)
    done = subprocess.run(["spatch", "-D", "patch", "--very-quiet", "--no-includes", "--sp-file",
                           ROOT / "cocci" / f"{rule}.cocci", case],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
