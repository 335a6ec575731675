# SPDX-License-Identifier: GPL-2.0-only
"""Tests of the harness and of the patch sources that need no kernel."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bisect_core as bisect
import console
import run as harness
import runs

HERE = Path(__file__).resolve().parent
CORE = HERE.parents[1] / "kernel-patches" / "core"
SOURCES = sorted(path for path in CORE.iterdir() if path.is_dir())


def groups(path):
    """The key file, by group; values are raw."""
    found, group = {}, None
    for line in path.read_text().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            group = found.setdefault(line.strip("[]"), {})
            continue
        key, value = line.split("=", 1)
        assert key not in group, "%s: %s twice" % (path, key)
        group[key] = value.strip()
    return found


def test_judge():
    assert subprocess.call([sys.executable, str(HERE / "run.py"),
                            "--self-test"]) == 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_message(source):
    lines = (source / "message").read_text().splitlines()
    assert lines[1] == "" and ": " in lines[0]
    assert all(len(line) <= 75 for line in lines)
    assert not any(line.startswith("Signed-off-by") for line in lines)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_files_are_there_and_used(source):
    ini = groups(source / "source.ini")
    eras = set(ini["source"]["eras"].split(";"))
    assert eras <= {"none", "put_user_page", "pin_user_pages"}
    assert ini["present"] and ini["absent"]
    named = set()
    for key, value in ini.get("edits", {}).items():
        if key.endswith(("-if", "-unless")):
            assert key.split("-")[0] in ini["edits"], key
            continue
        word = value.split()[0]
        if word.endswith(".cocci:"):
            named.add(word[:-1])
        elif not word.startswith("delete"):
            named.add("frag/" + value.split()[1])
    there = {str(path.relative_to(source)) for path in source.rglob("*")
             if path.is_file() and (path.suffix == ".cocci" or
                                    path.parent.name == "frag")}
    assert named == there


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_path_of_any_machine(source):
    for path in source.rglob("*"):
        if path.is_file():
            assert not re.search(r"/(root|home|work|farm)/", path.read_text())


@pytest.mark.parametrize("state", ["plain", "tracked", "checked", "activated",
                                   "activated-unchecked", "pin"])
def test_catalogue(state):
    found = runs.catalogue(state)
    fixed = state in ("activated", "activated-unchecked", "pin")
    assert ("bug" in found["repro"].wants) != fixed
    # Each run that is expected to fail looks for a message.
    assert all(run.wants for run in found.values() if run.fails)
    if state == "pin":
        assert "forgotten" not in found
    else:
        assert found["forgotten"].names_line == (state in ("checked",
                                                           "activated"))


def test_bisect_takes_the_core_patches(tmp_path):
    def git(*words):
        subprocess.run(["git", "-C", str(tmp_path), "-c", "user.name=x",
                        "-c", "user.email=x@example.org", *words], check=True,
                       capture_output=True)
    subjects = sorted(bisect.core_subjects())
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "the tree")
    git("tag", "base")
    for subject in (subjects[0], "drm/x: convert put_page()", subjects[1]):
        git("commit", "-q", "--allow-empty", "-m", subject)
    assert [step.subject for step in bisect.steps(tmp_path, "base", False)] \
        == subjects[:2]
    assert len(bisect.steps(tmp_path, "base", True)) == 3


def test_direct_io_is_for_trees_with_pins():
    asked = (HERE / "config/direct.config").read_text()
    assert "direct" in runs.catalogue("pin", asked)
    assert "direct" not in runs.catalogue("pin")
    assert "direct" not in runs.catalogue("activated", asked)


def test_pins_must_balance_where_they_are_counted():
    found = runs.catalogue("activated")
    assert [name for name in found if found[name].pins] == [
        "repro", "selftest", "kinds", "stress", "kselftest", "unbalanced"]
    assert not any(run.pins for run in runs.catalogue("plain").values())


def test_iterators_need_their_configuration():
    config = (HERE / "config/iterators.config").read_text()
    assert runs.catalogue("pin", config)["iterators"].pins
    assert "iterators" not in runs.catalogue("pin")
    assert "iterators" not in runs.catalogue("activated", config)


def test_time_limit():
    stress = runs.catalogue("activated")["stress"]
    before = stress.time_limit()
    stress.params["stress"] = "180"
    assert stress.time_limit() == before + 150
    assert stress.time_limit(3) == 3 * stress.time_limit()


def test_options_that_the_tree_has_not():
    wanted = "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_KASAN=y\nCONFIG_N=4\n"
    config = "CONFIG_A=y\nCONFIG_KASAN_X=y\n"
    assert harness.not_configured(wanted, config) == ["CONFIG_KASAN"]


def test_what_a_run_tells():
    results = ("# metric repro_rounds 8\n# metric repro_ms 4000\n"
               "# stress 1: 52 laps\n# metric cost 5191\n"
               "# pins 0 now, 9 acquired, 9 released\n")
    assert console.told(runs.Run("x", "repro"), results) == (
        "repro_rounds 8, stress 1: 52 laps, "
        "pins 0 now, 9 acquired, 9 released")
    assert console.told(runs.Run("x", "cost", icount=True), results) == (
        "cost 5191")


def test_compiler_warnings_by_file_and_text(tmp_path):
    (tmp_path / "mm").mkdir()
    (tmp_path / "mm/gup.c").touch()
    old = "../../old/mm/gup.c:7:3: warning: odd\nld: warning: stack\n"
    new = ("../new/mm/gup.c:9: warning: odd\n" +
           "%s/mm/gup.c:9: warning: odd\n" % tmp_path)
    before = console.compiler_warnings(old, tmp_path)
    assert dict(before) == {("mm/gup.c", "odd"): 1}
    assert dict(console.compiler_warnings(new, tmp_path) - before) == {
        ("mm/gup.c", "odd"): 1}
