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


def with_macro(driver: Path, flags: str) -> Path:
    """The branches in a macro of the driver's own: a bare name for one kernel."""
    source = driver / "lantern.c"
    text = re.sub(r"#ifdef HAVE_GUP_VMAS\n.*\n#else\n.*\n#endif\n",
                  f"\tgot = lantern_gup(start, LANTERN_PAGES, {flags}, pages);\n", source.read_text())
    source.write_text(text.replace("#define LANTERN_PAGES", """#ifdef HAVE_GUP_VMAS
#define lantern_gup(start, nr, flags, pages) \\
	get_user_pages(start, nr, flags, pages, NULL)
#else
#define lantern_gup get_user_pages
#endif

#define LANTERN_PAGES""", 1))
    return driver


@pytest.mark.parametrize("config", ["", "#define HAVE_GUP_VMAS 1\n"])
def test_definitions_of_a_macro_are_alike(config: str, tmp_path: Path) -> None:
    text = converted(tmp_path, with_macro(copied(tmp_path, config), FLAG))
    assert "#define lantern_gup pin_user_pages\n" in text
    assert "\tpin_user_pages(start, nr, flags, pages, NULL)\n" in text
    assert "unpin_user_page" in text
    assert not rows("sql", tmp_path / "x.db", "SELECT 1 FROM edit_check WHERE expected <> changed")
    run("index", "--module", tmp_path / "lantern", "--kernel", KERNEL, "--db", tmp_path / "y.db")
    run("audit", "--db", tmp_path / "y.db")
    assert {row["state"] for row in rows("sites", tmp_path / "y.db")} <= {"converted", "keep"}


def test_flags_of_a_macro_are_the_drivers_to_add(tmp_path: Path) -> None:
    driver = with_macro(copied(tmp_path), "FOLL_WRITE")
    assert "pin_user_pages" not in converted(tmp_path, driver)
    reasons = {row["reason"] for row in rows("sql", tmp_path / "x.db",
                                             "SELECT reason FROM edit_site")}
    assert "macro-flags" in reasons


def test_a_definition_without_counterpart_keeps_all(tmp_path: Path) -> None:
    driver = with_macro(copied(tmp_path), FLAG)
    source = driver / "lantern.c"
    source.write_text(source.read_text().replace("#define lantern_gup get_user_pages",
                                                 "#define lantern_gup get_user_pages_locked"))
    run("index", "--module", driver, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    assert "unconverted" not in {row["state"] for row in rows("sites", tmp_path / "x.db")}


@pytest.mark.parametrize("guard", ["#ifdef HAVE_PINS",
                                   "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)"])
def test_flags_of_kernels_without_pins(guard: str, tmp_path: Path) -> None:
    """Before 5.6, FOLL_LONGTERM was for get_user_pages(), too."""
    driver = copied(tmp_path)
    source = driver / "lantern.c"
    text = re.sub(r"#ifdef HAVE_GUP_VMAS\n.*\n#else\n.*\n#endif\n", f"""{guard}
\tgot = pin_user_pages(start, LANTERN_PAGES, {FLAG}, pages);
#else
\tgot = get_user_pages(start, LANTERN_PAGES, {FLAG}, pages);
#endif
""", source.read_text())
    source.write_text(text.replace("\t\tput_page(pages[i]);\n", f"""{guard}
\t\tunpin_user_page(pages[i]);
#else
\t\tput_page(pages[i]);
#endif
""").replace("#include <linux/sched.h>", "#include <linux/sched.h>\n#include <linux/version.h>"))
    run("index", "--module", driver, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    run("audit", "--db", tmp_path / "x.db")


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
    kernels = headers()
    more: list[object] = []
    if not own:
        kernels = kernels[:1]
        makefile = driver / "Makefile"
        makefile.write_text(re.sub(r"^config\.h:\n.*\n", "", makefile.read_text(), flags=re.M)
                            .replace("all: config.h", "all:"))
        more = ["--prepare", "./configure {kernel}"]
    done = run("run", "--module", driver, *kernel_words(kernels), *more, "-o", tmp_path / "out",
               "--db", tmp_path / "x.db",)
    assert done.stdout.count("proven: its own make, and nothing new in its audit") == len(kernels)
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


def test_a_build_is_handed_to_index(tmp_path: Path) -> None:
    words = ["run", "--kernel", KERNEL, "--build-from", tmp_path / "none", "-o", tmp_path / "out"]
    done = run(*words, "--module", copied(tmp_path), code=3)
    assert f"{tmp_path / 'none'}" in done.stderr and done.stderr.count("gupconv: error") == 1
    assert "--build-from goes with --module" in \
        run("run", KERNEL, "--build-from", "x", "-o", tmp_path / "o", code=2).stderr
