# SPDX-License-Identifier: GPL-2.0-only
"""A driver whose configure finds out what the kernel offers: tests/modules/lantern.

get_user_pages() had one more argument before 6.5, and the driver has a branch for each.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import TESTS, TREES, rows, run
from test_module_run import headers, kernel_words

LANTERN = TESTS / "modules" / "lantern"
KERNEL = TREES / "pin_user_pages"
FLAG = "FOLL_WRITE | FOLL_LONGTERM"
real_headers = pytest.mark.skipif(
    not headers(), reason="no linux-headers package is installed (or set GUPCONV_HEADERS)")


def copied(folder: Path, config: str = "") -> Path:
    driver = Path(shutil.copytree(LANTERN, folder / "lantern"))
    (driver / "config.h").write_text(config)
    return driver


def converted(tmp_path: Path, driver: Path, kernel: Path = KERNEL) -> str:
    run("index", "--module", driver, "--kernel", kernel, "--db", tmp_path / "x.db")
    diff = run("convert", "--db", tmp_path / "x.db", "--diff").stdout
    subprocess.run(["patch", "-p1", "-s", "-d", driver], input=diff, text=True, check=True)
    return (driver / "lantern.c").read_text()


@pytest.mark.parametrize("config", ["", "#define HAVE_GUP_VMAS 1\n", "#define HAVE_MMAP_LOCK 1\n"])
def test_both_branches_are_alike(config: str, tmp_path: Path) -> None:
    """Whichever holds with this kernel: each becomes a pin, with the flag that pages kept need."""
    text = converted(tmp_path, copied(tmp_path, config))
    calls = re.findall(r"pin_user_pages\(start, LANTERN_PAGES, ([^,]*),\s+pages(, NULL)?\);", text)
    assert calls == [(FLAG, ", NULL"), (FLAG, "")]
    assert "put_page(pages[i])" not in text.replace("unpin_user_page(pages[i])", "")


def test_a_variable_for_another_kernel_is_left(tmp_path: Path) -> None:
    """In the branch that the kernel does not have, nothing tells the flags from a number."""
    driver = copied(tmp_path, "#define HAVE_GUP_VMAS 1\n")
    source = driver / "lantern.c"
    source.write_text(source.read_text().replace(
        "get_user_pages(start, LANTERN_PAGES, FOLL_WRITE, pages);",
        "get_user_pages(current, start, LANTERN_PAGES, lantern_how, pages, NULL);"))
    run("index", "--module", driver, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    assert run("convert", "--db", tmp_path / "x.db", "--diff").stdout == ""
    assert {row["state"] for row in rows("sites", tmp_path / "x.db")} == {"unknown"}
    assert "lantern.c:53, which stands in its place for other kernel versions, was not understood" \
        in run("sites", "--db", tmp_path / "x.db").stdout


@real_headers
def test_every_branch_has_a_graph(tmp_path: Path) -> None:
    """A function is seen as the kernel has it, not as a branch that does not compile there."""
    run("index", "--module", copied(tmp_path), "--kernel", headers()[0], "--db", tmp_path / "x.db")
    graphs = rows("sql", tmp_path / "x.db",
                  "SELECT graph FROM cfg WHERE graph LIKE '%lantern_get(start, pages)%'")
    assert len(graphs) == 1 and "get_user_pages(start, 32," in graphs[0]["graph"]


@real_headers
@pytest.mark.parametrize("own", [True, False])
def test_run_proves_it_on_every_kernel(own: bool, tmp_path: Path) -> None:
    """By a Makefile that calls configure, and by the command that a person gives."""
    driver = Path(shutil.copytree(LANTERN, tmp_path / "lantern"))
    more: list[object] = []
    if not own:
        makefile = driver / "Makefile"
        makefile.write_text(re.sub(r"^config\.h:\n.*\n", "", makefile.read_text(), flags=re.M)
                            .replace("all: config.h", "all:"))
        more = ["--prepare", "./configure {kernel}"]
    done = run("run", "--module", driver, *kernel_words(headers()), *more, "-o", tmp_path / "out",
               "--db", tmp_path / "x.db",)
    assert done.stdout.count("proven: its own make, and nothing new in its audit") == len(headers())
    assert not (driver / "config.h").exists()


def test_a_step_that_fails_is_said(tmp_path: Path) -> None:
    driver = copied(tmp_path)
    words = ["run", "--module", driver, "--kernel", KERNEL, "-o", tmp_path / "out"]
    done = run(*words, "--prepare", "sh -c 'echo no compiler; exit 3'",)
    assert "not-proven: does not build before: sh: no compiler" in done.stdout
    assert "--prepare: no-such-step: there is no such program" in \
        run(*words, "--prepare", "no-such-step", code=3).stderr
    assert "no closing quotation" in run(*words, "--prepare", "sh 'x", code=2).stderr
    assert "--prepare goes with --module" in \
        run("run", KERNEL, "--prepare", "x", "-o", tmp_path / "o", code=2).stderr
