# SPDX-License-Identifier: GPL-2.0-only
"""The rules as make coccicheck runs them: which of them speak in which tree, in all four modes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import ROOT, real_tree

HERE = Path(__file__).resolve().parent
COCCI = ROOT / "cocci"
MODES = ("patch", "report", "context", "org")
OF_PINS = ("acquire", "extract", "folio", "folio-page")
"""Rules for trees that have pins; the others are for those that have none."""
LOOPS = ("loop-up", "loop-down", "loop-guard", "loop-partial", "loop-rest", "loop-while",
         "dirty-loop", "dirty-cond-loop")
"""Rules that make pin-rules writes for trees that have pins."""
RULES = sorted(path.stem for path in COCCI.glob("*.cocci"))
ACQUIRE = "\nlong taken(struct page **p)\n{\n\treturn get_user_pages_fast(0, 1, 0, p);\n}\n"

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def tree(folder: Path, function: str) -> Path:
    (folder / "include/linux").mkdir(parents=True)
    (folder / "include/linux/mm.h").write_text(f"void {function}(struct page *page);\n")
    return folder


def spatch(rule: Path, mode: str, case: Path, srctree: Path) -> str:
    done = subprocess.run(["spatch", "-D", mode, "--very-quiet", "--no-includes", "--sp-file",
                           rule, case], capture_output=True, text=True, check=False,
                          env={**os.environ, "srctree": str(srctree)})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def pin_rule(folder: Path, name: str) -> Path:
    made = folder / f"{name}.cocci"
    made.write_text(subprocess.run(["sed", "-f", COCCI / "pin/from-put.sed",
                                    COCCI / f"{name}.cocci"],
                                   capture_output=True, text=True, check=True).stdout)
    return made


def case_of(folder: Path, rule: str, pinned: bool) -> Path:
    text = (HERE / rule / "in.c").read_text() + ACQUIRE
    if pinned:
        text = re.sub(r"\bput_page\b", "unpin_user_page", text.replace("get_user_", "pin_user_"))
    (folder / "case.c").write_text(text)
    return folder / "case.c"


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_proposes_what_the_tree_has(tmp_path: Path, rule: str) -> None:
    """put_user_page() only where pins are unknown, and the other way round."""
    if not (HERE / rule / "in.c").exists():
        pytest.skip("the rule has cases of another form")
    case = case_of(tmp_path, rule, pinned=False)
    puts = tree(tmp_path / "puts", "put_user_page")
    pins = tree(tmp_path / "pins", "unpin_user_page")
    silent, speaks = (puts, pins) if rule in OF_PINS else (pins, puts)
    for mode in ("patch", "report"):
        assert spatch(COCCI / f"{rule}.cocci", mode, case, silent) == "", mode
    assert spatch(COCCI / f"{rule}.cocci", "report", case, speaks)


@pytest.mark.parametrize("rule", LOOPS)
def test_loops_of_pins(tmp_path: Path, rule: str) -> None:
    """The rule for pins speaks of the same lines of a case with the later names."""
    puts = tree(tmp_path / "puts", "put_user_page")
    pins = tree(tmp_path / "pins", "unpin_user_page")
    made = pin_rule(tmp_path, rule)

    def lines(text: str) -> list[str]:
        return re.findall(r"case\.c:(\d+):", text)
    before = spatch(COCCI / f"{rule}.cocci", "report", case_of(tmp_path, rule, False), puts)
    case = case_of(tmp_path, rule, True)
    after = {mode: spatch(made, mode, case, pins) for mode in MODES}
    assert lines(after["report"]) == lines(before)
    assert lines(before)
    assert re.search(r"^\+.*\bunpin_user_pages(_dirty_lock)?\(", after["patch"], re.MULTILINE)
    assert after["context"]
    assert after["org"]
    assert not re.search(r"(?<!un)(?<!\w)put_(user_)?page", made.read_text())
    assert spatch(made, "report", case, puts) == ""


def functions(text: str, lines: set[int]) -> set[str]:
    named, function = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"(?:int|long) (\w+)\(", line)
        function = head[1] if head else function
        named[number] = function
    return {named[line] for line in lines}


def told(mode: str, out: str) -> set[int]:
    if mode in ("report", "org"):
        return {int(n) for n in re.findall({"report": r"\.c:(\d+):", "org": r"linb=(\d+):"}[mode], out)}
    found, at = set(), 0
    for line in out.splitlines():
        if head := re.match(r"@@ -(\d+)", line):
            at = int(head[1])
        elif not line.startswith(("---", "+++", "+", "diff ")):
            found |= {at} if line.startswith("-") else set()
            at += 1
    return found


def test_mismatch(tmp_path: Path) -> None:
    pins = tree(tmp_path / "pins", "unpin_user_page")
    case = HERE / "pin/mismatch.c"
    every = set(re.findall(r"^int (\w+)\(", case.read_text(), re.MULTILINE))
    wanted = {name for name in every if name.startswith("told_")}
    reported = wanted | {name for name in every if name.startswith("reported_")}
    for mode in MODES:
        out = spatch(COCCI / "pin/mismatch.cocci", mode, case, pins)
        expected = wanted if mode == "patch" else reported
        assert functions(case.read_text(), told(mode, out)) == expected, mode
    made = spatch(COCCI / "pin/mismatch.cocci", "patch", case, pins)
    added = re.findall(r"^\+\s+(\w+)\(", made, re.MULTILINE)
    assert sorted(added) == ["put_page", "put_page", "release_pages", "unpin_user_page",
                             "unpin_user_page"]
    puts = tree(tmp_path / "puts", "put_user_page")
    assert spatch(COCCI / "pin/mismatch.cocci", "report", case, puts) == ""


@pytest.mark.parametrize("version", ["6.1", "6.12"])
def test_coccicheck_of_a_tree(tmp_path: Path, version: str) -> None:
    """The tree's own script, on a folder of our own, as make coccicheck M=… calls it."""
    kernel, why = real_tree(version)
    if not kernel:
        pytest.skip(f"{version}: {why}")
    module = tmp_path / "module"
    module.mkdir()
    shutil.copy(HERE / "pin/mismatch.c", module / "mismatch.c")
    shutil.copy(case_of(tmp_path, "loop-up", True), module / "loop.c")
    both = {"mismatch.c", "loop.c"}
    for rule, files in ((COCCI / "pin/mismatch.cocci", {"mismatch.c"}),
                        (pin_rule(tmp_path, "loop-up"), both), (COCCI / "loop-up.cocci", set())):
        for mode in MODES:
            out = coccicheck(kernel, module, rule, mode, tmp_path)
            assert set(re.findall(r"\b(?:mismatch|loop)\.c\b", out)) == files, (rule, mode)


def coccicheck(kernel: Path, module: Path, rule: Path, mode: str, cwd: Path) -> str:
    done = subprocess.run(["bash", kernel / "scripts/coccicheck"], cwd=cwd, capture_output=True,
                          text=True, check=False, env={
                              **os.environ, "srctree": str(kernel), "KBUILD_EXTMOD": str(module),
                              "COCCI": str(rule), "MODE": mode, "J": "1", "V": "0"})
    assert done.returncode == 0, done.stdout + done.stderr
    # the command line, which names the folder, comes first
    return "\n".join(line for line in done.stdout.splitlines() if "--cocci-file" not in line)
