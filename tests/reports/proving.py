# SPDX-License-Identifier: GPL-2.0-only
"""A tree whose build takes no time, and proofs of it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import Run, char, pinned
from fixture import Edit, build

MAKEFILE = r"""\
VERSION = 6
PATCHLEVEL = 1
SUBLEVEL = 7
EXTRAVERSION =
src := $(dir $(abspath $(firstword $(MAKEFILE_LIST))))
set = $(shell sed -n 's/^\(CONFIG_[A-Z]*\)=y/-D\1=1/p' $(O)/.config)
cc = $(CROSS_COMPILE)gcc -Wall -I$(src)include $(set) $(KCFLAGS) -c -o $(O)/$@ $(src)$*.c
cmd = $(O)/$(dir $@).$(notdir $@).cmd
defconfig:
	@mkdir -p $(O) && echo CONFIG_TWO=y > $(O)/.config
allmodconfig:
	@mkdir -p $(O) && printf 'CONFIG_TWO=y\nCONFIG_FIVE=y\n' > $(O)/.config
three_defconfig:
	@mkdir -p $(O) && echo CONFIG_THREE=y > $(O)/.config
broken_defconfig:
	@echo "Makefile:1: *** error: no such machine" && false
# The last word counts, and CONFIG_FOUR needs CONFIG_BOARD.
olddefconfig:
	@awk '/^CONFIG_/ { split($$0, part, "="); set[part[1]] = $$0 } /^# CONFIG_/ { delete set[$$2] } \
	END { if (!("CONFIG_BOARD" in set)) delete set["CONFIG_FOUR"]; for (one in set) print set[one] }' \
	$(O)/.config > $(O)/new && mv $(O)/new $(O)/.config
machine_defconfig:
	@mkdir -p $(O) && echo CONFIG_BOARD=y > $(O)/.config
prepare: ;
%.o:
	@echo "  CC      $@"; mkdir -p $(O)/$(dir $@); echo 'cmd_$@ := $(cc)  ; true' > $(cmd); \
	$(cc) -MD -MF $(cmd).d; code=$$?; cat $(cmd).d >> $(cmd); exit $$code
.PHONY: FORCE
"""

HEADER = """\
struct page;
#define FOLL_WRITE 1
int get_user_pages_fast(long start, int count, int flags, struct page **pages);
int pin_user_pages_fast(long start, int count, int flags, struct page **pages);
void put_page(struct page *page);
void unpin_user_page(struct page *page);
"""


def text(name: str) -> str:
    return '#include "mm.h"\n' + char(name).replace("static ", "")


def make(tree: Path) -> None:
    """Lets the small tree of the tests be built."""
    if not shutil.which("gcc") or not shutil.which("make"):
        pytest.skip("gcc or make is not there")
    (tree / "Makefile").write_text(MAKEFILE)
    (tree / "include").mkdir()
    (tree / "include/mm.h").write_text(HEADER)
    (tree / "drivers/Makefile").write_text("obj-y += char/\nobj-$(CONFIG_THREE) += three/\n")
    (tree / "drivers/char/one.c").write_text(text("one"))
    (tree / "drivers/char/two.c").write_text(text("two"))
    for path in ("drivers/three", "arch/sparc"):
        (tree / path).mkdir(parents=True)
        (tree / path / "Makefile").write_text("obj-y += x.o\n")
        (tree / path / "x.c").write_text(text("x"))


def edit(path: str, name: str, after: str | None = None) -> Edit:
    return Edit(path, text(name), after or pinned(text(name)), "CHAR DRIVERS",
                group=abs(hash(path)))


WAY = "gcc, x86_64, defconfig"


def cross(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *triples: str) -> None:
    """A PATH with these cross compilers and no other."""
    # Not a compiler cache in front of it, which looks for the compiler in PATH.
    path = ":".join(part for part in os.environ["PATH"].split(":") if "ccache" not in part)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("gcc", "as", "ld", "make", "cp", "git", "sh", "mkdir", "echo", "env", "awk", "cat",
                 "mv", "sed"):
        found = shutil.which(name, path=path)
        assert found
        (tools / name).symlink_to(found)
    for triple in triples:
        (tools / f"{triple}-gcc").write_text(f'#!/bin/sh\nexec {shutil.which("gcc", path=path)} "$@"\n')
        (tools / f"{triple}-gcc").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))


def proof(run: Run, db: Path, *words: str) -> tuple[int, dict[str, tuple[str, str]], str]:
    words = words if "--config" in words else ("--config", "defconfig", *words)
    done = run("prove", "--db", db, "--format", "json", *words)
    rows = json.loads(done.stdout) if done.stdout else []
    return done.returncode, {row["object"]: (row["outcome"], row["reason"])
                             for row in rows}, done.stderr


def series(run: Run, tmp_path: Path, tree: Path, *edits: Edit) -> Path:
    db = build(tmp_path / "prove.db", tree, "pin_user_pages", list(edits))
    done = run("series", "--db", db, "-o", "out")
    assert done.returncode == 0, done.stderr
    return db
