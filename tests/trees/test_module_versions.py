# SPDX-License-Identifier: GPL-2.0-only
"""A driver for many kernels: each branch that can meet a pin is converted, the rest gets a header.

tests/modules/brazier takes its pages in another way below 4.10, 5.9 and 6.5.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import ERAS, TESTS, TREES, connect, rows, run

BRAZIER = TESTS / "modules" / "brazier"
KERNEL = TREES / "pin_user_pages"
HEADER = TESTS.parent / "kernel-patches" / "module" / "gup_compat.h"
FAKE_MM = """
#pragma once
#define NULL ((void *)0)
typedef _Bool bool;
struct mm_struct { int mmap_sem; };
struct task_struct { struct mm_struct *mm; };
struct page;
extern struct task_struct *current;
void down_read(int *sem);
void up_read(int *sem);
void put_page(struct page *page);
int set_page_dirty_lock(struct page *page);
long get_user_pages(unsigned long start, unsigned long n, unsigned int flags, struct page **pages,
		    void *vmas);
long get_user_pages_unlocked(unsigned long start, unsigned long n, struct page **pages,
			     unsigned int flags);
int get_user_pages_fast(unsigned long start, int n, unsigned int flags, struct page **pages);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 2, 0)
#define FOLL_LONGTERM 0x10000
void put_user_page(struct page *page);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0) || defined(BACKPORTED)
long pin_user_pages(unsigned long start, unsigned long n, unsigned int flags, struct page **pages,
		    void *vmas);
int pin_user_pages_fast(unsigned long start, int n, unsigned int flags, struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long n);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long n, bool dirty);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 0)
long pin_user_pages_unlocked(unsigned long start, unsigned long n, struct page **pages,
			     unsigned int flags);
#endif
"""
USER = """
#include <linux/mm.h>
#include "gup_compat.h"

long all(struct page **pages)
{
	long n = pin_user_pages(0, 4, FOLL_LONGTERM, pages, 0);

	n += pin_user_pages_fast(0, 4, 1 | FOLL_LONGTERM, pages);
	n += pin_user_pages_unlocked(0, 4, pages, 1);
	unpin_user_page(pages[0]);
	unpin_user_pages(pages + 1, 2);
	unpin_user_pages_dirty_lock(pages + 3, 1, 1);
	return n;
}
"""


def headers() -> list[Path]:
    names = [Path(name) for name in os.environ.get("GUPCONV_HEADERS", "").split() if name]
    return [path for path in names or sorted(Path("/lib/modules").glob("*/build"))
            if (path / "Makefile").is_file()]


real_headers = pytest.mark.skipif(
    not headers(), reason="no linux-headers package is installed (or set GUPCONV_HEADERS)")


def converted(tmp_path: Path, module: Path, kernel: Path = KERNEL) -> tuple[Path, Path]:
    """The database, and a copy of the module with the conversion."""
    db = tmp_path / "x.db"
    run("index", "--module", module, "--kernel", kernel, "--db", db)
    diff = run("convert", "--db", db, "--diff").stdout
    after = Path(shutil.copytree(module, tmp_path / "after"))
    subprocess.run(["patch", "-p1", "-s", "-d", after], input=diff, text=True, check=True)
    return db, after


def calls(text: str, name: str) -> int:
    return len(re.findall(rf"\b{name}\(", text))


def test_branches_follow_the_kernel_at_hand(tmp_path: Path) -> None:
    db, after = converted(tmp_path, BRAZIER)
    text = (after / "core/burn.c").read_text()
    assert calls(text, "pin_user_pages_remote") == 3
    # below 4.10 no kernel has pins
    assert re.search(r"KERNEL_VERSION\(4, 10, 0\)\n\treturn get_user_pages_remote\(", text)
    assert calls(text, "get_user_pages_remote") == 1 and not calls(text, "put_page")
    assert '#include <linux/version.h>\n#include "../gup_compat.h"\n#if LINUX' in text
    assert (after / "gup_compat.h").read_text() == HEADER.read_text()
    reasons = {row["reason"] for row in rows("sites", db) if row["state"] == "unconverted"}
    assert any("for other kernel versions, in place of get_user_pages_remote()" in reason
               for reason in reasons)


@pytest.mark.parametrize("era", ERAS)
def test_the_converted_driver_is_clean(era: str, tmp_path: Path) -> None:
    _, after = converted(tmp_path, BRAZIER)
    run("index", "--module", after, "--kernel", TREES / era, "--db", tmp_path / "y.db")
    run("audit", "--db", tmp_path / "y.db")
    if era == "pin_user_pages":
        assert {row["state"] for row in rows("sites", tmp_path / "y.db")} == {"converted", "keep"}
        assert run("convert", "--db", tmp_path / "y.db", "--diff").stdout == ""


def test_a_driver_of_new_kernels_gets_no_header(tmp_path: Path) -> None:
    module = Path(shutil.copytree(BRAZIER, tmp_path / "new"))
    source = module / "core/burn.c"
    text = re.sub(r"#if LINUX_VERSION_CODE >= KERNEL_VERSION\(4, 11, 0\)\n(.*\n)#endif\n", r"\1",
                  source.read_text())
    text = re.sub(r"#if LINUX_VERSION_CODE < KERNEL_VERSION\(4, 10, 0\)\n(?:.*\n){2}"
                  r"#elif LINUX_VERSION_CODE < KERNEL_VERSION\(5, 9, 0\)\n(?:.*\n){2}#elif", "#if", text)
    source.write_text(text)
    _, after = converted(tmp_path, module)
    assert calls((after / "core/burn.c").read_text(), "pin_user_pages_remote") == 2
    assert not (after / "gup_compat.h").exists() and "gup_compat" not in \
        (after / "core/burn.c").read_text()


def test_a_branch_without_counterpart_keeps_all(tmp_path: Path) -> None:
    module = Path(shutil.copytree(BRAZIER, tmp_path / "old"))
    source = module / "core/burn.c"
    source.write_text(source.read_text().replace(
        "(6, 5, 0)\n\treturn get_user_pages_remote(brazier->mm,",
        "(6, 5, 0)\n\treturn get_user_page_vma_remote(brazier->mm,"))
    run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    states = {row["state"] for row in rows("sites", tmp_path / "x.db")}
    assert states == {"keep"} or "unconverted" not in states


def test_somebody_elses_header_is_not_written_over(tmp_path: Path) -> None:
    module = Path(shutil.copytree(BRAZIER, tmp_path / "own"))
    (module / "gup_compat.h").write_text("/* mine */\n")
    run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    done = run("convert", "--db", tmp_path / "x.db", code=3)
    assert "gup_compat.h: a file of this name is made by the conversion" in done.stderr


@pytest.mark.parametrize("version,words", [((4, 9), ()), ((4, 18), ("-DBACKPORTED",)), ((5, 4), ()),
                                           ((5, 6), ()), ((5, 10), ()), ((6, 1), ())])
def test_header_compiles(version: tuple[int, int], words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "linux").mkdir()
    for name, text in (("mm.h", FAKE_MM), ("sched.h", ""), ("version.h", "")):
        (tmp_path / "linux" / name).write_text(text)
    (tmp_path / "user.c").write_text(USER)
    subprocess.run(["gcc", "-std=gnu89", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                    f"-I{tmp_path}", f"-I{HEADER.parent}", *words,
                    "-DKERNEL_VERSION(a,b,c)=(((a) << 16) + ((b) << 8) + (c))",
                    f"-DLINUX_VERSION_CODE=KERNEL_VERSION({version[0]}, {version[1]}, 0)",
                    tmp_path / "user.c"], check=True)


@real_headers
@pytest.mark.parametrize("driver", ["brazier", "flare", "beacon"])
def test_run_proves_it_on_every_kernel(driver: str, tmp_path: Path) -> None:
    words = [word for path in headers() for word in ("--kernel", path)]
    module = Path(shutil.copytree(TESTS / "modules" / driver, tmp_path / driver))
    done = run("run", "--module", module, *words, "--db", tmp_path / "x.db", "-o", tmp_path / "out")
    assert done.stdout.count("proven: its own make, and nothing new in its audit") == len(headers())


CRESSET = TESTS / "modules" / "cresset"


@pytest.mark.parametrize("config", ["", "#define HAVE_PIN_USER_PAGES 1\n"])
def test_the_branch_without_pins_stays(config: str, tmp_path: Path) -> None:
    """#ifdef HAVE_PIN_USER_PAGES: whichever holds, the pairs are told apart and nothing changes."""
    module = Path(shutil.copytree(CRESSET, tmp_path / "cresset"))
    (module / "config.h").write_text(config)
    run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    states = {row["callee"]: row["state"] for row in rows("sites", tmp_path / "x.db")}
    assert states == {"pin_user_pages_fast": "converted", "unpin_user_pages_dirty_lock": "converted",
                      "get_user_pages_fast": "keep", "put_page": "keep"}
    with connect(tmp_path / "x.db") as connection:
        kinds = {kind for (kind,) in connection.execute("SELECT kind FROM finding")}
    assert kinds <= {"flags", "hazard"}
    assert run("convert", "--db", tmp_path / "x.db", "--diff").stdout == ""


def test_a_driver_that_asks_for_features_gets_the_header(tmp_path: Path) -> None:
    module = Path(shutil.copytree(CRESSET, tmp_path / "cresset"))
    source = module / "cresset.c"
    text = source.read_text()
    text = text.replace("HAVE_PIN_USER_PAGES\n\tgot = pin_user_pages_fast(start, 16, FOLL_WRITE,",
                        "HAVE_WRITE_ARGUMENT\n\tgot = get_user_pages_fast(start, 16, 1,")
    text = re.sub(r"#ifdef HAVE_PIN_USER_PAGES\n.*\n#else\n((?:.*\n)*?)#endif\n", r"\1", text, count=1)
    source.write_text(text)
    (module / "config.h").write_text("")
    _, after = converted(tmp_path, module)
    text = (after / "cresset.c").read_text()
    assert calls(text, "pin_user_pages_fast") == 2 and not calls(text, "get_user_pages_fast")
    assert '#include "gup_compat.h"' in text and (after / "gup_compat.h").exists()


FLARE = TESTS / "modules" / "flare"


@real_headers
def test_an_exported_dma_buf_is_kept_until_it_is_closed(tmp_path: Path) -> None:
    """A work item drops the pages, which an ioctl has put into a dma-buf: by a macro, too."""
    _, after = converted(tmp_path, TESTS / "modules" / "beacon", headers()[0])
    text = (after / "beacon_buf.c").read_text()
    assert "pin_user_pages_fast(addr, nr, FOLL_WRITE | FOLL_LONGTERM," in text
    assert calls(text, "unpin_user_page") == 1 and not calls(text, "put_page")


@real_headers
def test_objects_of_a_sibling_directory(tmp_path: Path) -> None:
    """Pages in an sg_table, dropped by a helper that another folder has."""
    _, after = converted(tmp_path, FLARE, headers()[0])
    assert calls((after / "common/flare_sg.c").read_text(), "unpin_user_page") == 1
    text = (after / "driver/flare_buffer.c").read_text()
    assert calls(text, "pin_user_pages_fast") == 1 and not calls(text, "put_page")


def test_a_module_that_is_half_is_not_read(tmp_path: Path) -> None:
    done = run("index", "--module", FLARE / "driver", "--kernel", KERNEL, "--db", tmp_path / "x.db",
               code=3)
    assert "builds ../common/flare_sg.o, which lies outside" in done.stderr
    assert done.stderr.rstrip().endswith(f"--module {FLARE}") and done.stderr.count("\n") == 1
    assert not (tmp_path / "x.db").exists()


@real_headers
def test_a_helper_is_not_always_told_not_to_dirty(tmp_path: Path) -> None:
    """One caller of the helper gives false; the other has no call that concerns pages."""
    run("index", "--module", FLARE, "--kernel", headers()[0], "--db", tmp_path / "x.db")
    with connect(tmp_path / "x.db") as connection:
        assert not connection.execute("SELECT 1 FROM finding WHERE kind = 'dirty'").fetchall()
