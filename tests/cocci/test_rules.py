# SPDX-License-Identifier: GPL-2.0-only
"""Each rule of cocci/ on its own cases: tests/cocci/RULE/in.c becomes out.c.

in.c holds functions that the rule must change and others that it must not. All
calls of the family count as linked, but those in functions named decoy_*.
out.c is the era of put_user_page(); out.pin.c that of pin_user_pages(). Write
them anew with UPDATE=1, and read the difference.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from linked import bench
from support import ROOT

HERE = Path(__file__).resolve().parent
RULES = sorted(path.stem for path in (ROOT / "cocci").glob("*.cocci"))
MODES = ("patch", "context", "org", "report")
PATH = "drivers/case.c"

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def expect(path: Path, text: str) -> None:
    if os.environ.get("UPDATE"):
        path.write_text(text)
    assert text == path.read_text()


def test_every_rule_has_a_case() -> None:
    assert RULES == sorted(path.parent.name for path in HERE.glob("*/in.c"))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("era", "name"), [("put_user_page", "out.c"),
                                           ("pin_user_pages", "out.pin.c")])
def test_case(tmp_path: Path, rule: str, era: str, name: str) -> None:
    text = (HERE / rule / "in.c").read_text()
    made = bench(tmp_path, era, {PATH: text})
    sites = made.convert()
    expect(HERE / rule / name, made.after(PATH))
    if rule == "acquire" and era == "put_user_page":
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


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rule", RULES)
def test_alone(tmp_path: Path, rule: str, mode: str) -> None:
    """As scripts/coccinelle/ would run it: on a file with an acquire it finds the case."""
    text = (HERE / rule / "in.c").read_text()
    case = tmp_path / "case.c"
    case.write_text(text + "\nlong taken(struct page **p)\n{\n"
                           "\treturn get_user_pages_fast(0, 1, 0, p);\n}\n")
    done = subprocess.run(["spatch", "-D", mode, "--very-quiet", "--no-includes", "--sp-file",
                           ROOT / "cocci" / f"{rule}.cocci", case],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"patch": r"^\+.*_user_page", "context": r"^-", "org": r"^\* TODO",
            "report": r"case\.c:\d+"}[mode] and re.search(
                {"patch": r"^\+.*_user_page", "context": r"^-", "org": r"^\* TODO",
                 "report": r"case\.c:\d+"}[mode], done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("rule", RULES)
def test_no_acquire_no_change(tmp_path: Path, rule: str) -> None:
    text = (HERE / rule / "in.c").read_text().replace("get_user_pages", "find_own_pages")
    case = tmp_path / "case.c"
    case.write_text(text)
    done = subprocess.run(["spatch", "-D", "patch", "--very-quiet", "--no-includes", "--sp-file",
                           ROOT / "cocci" / f"{rule}.cocci", case],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
