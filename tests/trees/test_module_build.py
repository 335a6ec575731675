# SPDX-License-Identifier: GPL-2.0-only
"""The build of a module as it is: objects and flags of its Makefiles, and what is not known of it."""

from __future__ import annotations

import csv
import re
import resource
from pathlib import Path

import pytest
from support import ERAS, TESTS, TREES, connect, run

KERNEL = TREES / "pin_user_pages"
FLARE = TESTS / "modules" / "flare"
TAKE = """#include <linux/mm.h>

int {name}_take(unsigned long start, struct page **pages)
{{
	return pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
}}

void {name}_give(struct page **pages)
{{
	unpin_user_page(pages[0]);
}}
"""


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def source(name: str, head: str = "") -> str:
    return head + TAKE.format(name=name)


def explained(module: Path, db: Path, *args: object, code: int = 0) -> tuple[str, str]:
    """The text of --explain-build, and stderr."""
    done = run("index", "--module", module, "--kernel", KERNEL, "--db", db, "--explain-build", *args,
               code=code)
    return done.stdout, done.stderr


def part(text: str, title: str) -> list[str]:
    """The lines below a title."""
    found = re.search(rf"^{re.escape(title)}.*\n((?:\t.*\n)*)", text, re.M)
    return [line.strip() for line in found[1].splitlines()] if found else []


def notes(db: Path, kind: str) -> list[tuple[str, int, str]]:
    with connect(db) as connection:
        return connection.execute("SELECT path, line, detail FROM build_note WHERE kind = ? ORDER BY id",
                                  (kind,)).fetchall()


LISTS = {
    "wildcard": ("", "obj-m := all.o\nall-y := $(patsubst $(src)/%.c,%.o,$(wildcard $(src)/*.c))\n"),
    "plain wildcard": ("", "obj-m := all.o\nall-objs := $(patsubst %.c,%.o,$(wildcard *.c))\n"),
    "pwd": ("", "HERE := $(shell pwd)\nSRCS := $(wildcard $(HERE)/*.c)\nobj-m := all.o\n"
            "all-objs := $(notdir $(SRCS:.c=.o))\n"),
    "substitution": ("", "SRCS := one.c two.c\nobj-m := all.o\nall-objs := $(SRCS:%.c=%.o)\n"),
    "filter": ("", "SRCS := one.c two.c none.S\nobj-m := all.o\n"
               "all-objs := $(addsuffix .o,$(basename $(filter %.c,$(SRCS))))\n"),
    "again": ("", "LIST := one.o two.o\nLIST := $(filter-out x.o, $(LIST))\nobj-m := all.o\n"
              "all-y := $(LIST)\n"),
    "name": ("", "NAME = all\nobj-m += $(NAME).o\nall-objs := one.o\n$(NAME)-objs += two.o\n"),
    "include": ("list.mk", "include $(src)/list.mk\nobj-m := all.o\nall-y := $(LIST)\n"),
    "plain include": ("list.mk", "include list.mk\nobj-m := all.o\nall-y := $(LIST)\n"),
    "foreach": ("", "define PART\nall-y += $(1).o\nendef\nobj-m := all.o\n"
                "$(foreach part,one two,$(eval $(call PART,$(part))))\n"),
    "eval": ("one.mk two.mk", "obj-m := all.o\n$(foreach name,one two,$(eval include $(src)/$(name).mk))\n"),
}


@pytest.mark.parametrize("way", LISTS)
def test_lists_of_objects(way: str, tmp_path: Path) -> None:
    more, text = LISTS[way]
    files = {name: "LIST := one.o two.o\n" if name == "list.mk" else f"all-y += {name[:-3]}.o\n"
             for name in more.split()}
    module = make(tmp_path / "m", {"Kbuild": text, "one.c": source("one"), "two.c": source("two"),
                                   **files})
    shown, said = explained(module, tmp_path / "x.db")
    assert sorted(part(shown, "object all.o, by Kbuild")) == ["one.c", "two.c"], shown
    assert "warning" not in said


def test_a_makefile_hands_its_variables_over(tmp_path: Path) -> None:
    """To the Kbuild beside it, and to those below; each with its own folder."""
    module = make(tmp_path / "m", {
        "Makefile": "PARTS := core\nexport TOP := $(CURDIR)\nall:\n\t$(MAKE) -C $(KDIR) M=$(TOP)\n",
        "Kbuild": "$(foreach p,$(PARTS),$(eval obj-m += $(p)/))\n",
        "core/Makefile": "obj-m := x.o\nccflags-y := -I$(TOP)/include -I $(src)/own -isystem $(M)/sys\n"
                         "CFLAGS_x.o := -DNAME=\\\"y\\\" -include $(src)/config.h\n",
        "core/x.c": source("x"), "core/config.h": "\n", "include/a.h": "\n"})
    shown, _ = explained(module, tmp_path / "x.db")
    assert part(shown, "object core/x.o, by core/Makefile") == ["core/x.c"]
    assert part(shown, "flags of core/x.c") == [
        "-Iinclude", "-Icore/own (there is no such folder)", "-isystemsys", '-DNAME="y"',
        "-includecore/config.h"]


def test_a_makefile_that_is_not_configured(tmp_path: Path) -> None:
    module = make(tmp_path / "m", {
        "kernel/Kbuild.in": "obj-m := x.o\nEXTRA_CFLAGS := -I$(obj)/@top_srcdir@/include -I@abs_srcdir@/b\n",
        "kernel/x.c": source("x"), "include/a.h": "\n", "kernel/b/b.h": "\n"})
    shown, _ = explained(module, tmp_path / "x.db")
    assert part(shown, "object kernel/x.o, by kernel/Kbuild.in") == ["kernel/x.c"]
    assert part(shown, "flags of kernel/x.c") == ["-Iinclude", "-Ikernel/b"]


def test_flags_of_a_sibling_folder(tmp_path: Path) -> None:
    """A source takes the flags of the rule that compiles it, wherever that is."""
    module = make(tmp_path / "m", {
        "driver/Kbuild": "COMMON = ../common\nobj-m := x.o\nx-y := a.o $(COMMON)/b.o\n"
                         "ccflags-y := -I$(src)/$(COMMON)/include -DHERE\n",
        "driver/a.c": source("a"), "common/b.c": source("b"), "common/include/b.h": "\n"})
    shown, said = explained(module, tmp_path / "x.db")
    assert part(shown, "object driver/x.o, by driver/Kbuild") == ["driver/a.c", "common/b.c"]
    assert part(shown, "flags of common/b.c, driver/a.c") == ["-Icommon/include", "-DHERE"]
    assert "warning" not in said
    done = run("index", "--module", module / "driver", "--kernel", KERNEL, "--db", tmp_path / "y.db",
               code=3)
    assert "builds ../common/b.o, which lies outside" in done.stderr


def test_nothing_of_it_is_run(tmp_path: Path) -> None:
    touch = f"touch {tmp_path}/pwned"
    module = make(tmp_path / "m", {
        "Kbuild": f"X := $(shell {touch})\nY != {touch}\nZ := $(shell pwd; {touch})\n"
                  f"W := $(shell cd $$({touch}) && pwd)\nobj-m := x.o $(Z)\n"
                  f"ccflags-y := $(X) $(Y) $(W) -I$(shell {touch} `{touch}`)\n"
                  f"$(eval $(shell {touch}))\n$(shell {touch})\nU := $(shell {touch})\n",
        "x.c": source("x")})
    shown, _ = explained(module, tmp_path / "x.db")
    assert not (tmp_path / "pwned").exists()
    unknown = part(shown, "constructs that are not understood")
    assert [line.split(":")[1] for line in unknown] == ["1", "2", "3", "4", "6"]
    assert f"Kbuild:1: $(shell {touch}) in X" in unknown


def test_a_hostile_makefile_ends(tmp_path: Path) -> None:
    """Lists that double, definitions that call themselves, patterns without end."""
    doubles = "".join(f"A{n + 1} := $(A{n}) $(A{n})\n" for n in range(40))
    text = f"A0 := x\n{doubles}define ME\n$(call ME)$(eval $(call ME))$(eval B += $(A40))\nendef\n" \
        "$(foreach a,$(A40),$(foreach b,$(A40),$(foreach c,$(A40),$(eval $(call ME)))))\n" \
        "obj-m := x.o\nx-y := $(wildcard */*/../*/../*/../*/../*/../*.c) $(A40:x=y.o) $(A40) $(B) z.o\n"
    module = make(tmp_path / "m", {"Kbuild": text + text, "x.c": source("x"), "z.c": source("z"),
                                   "a/a.c": "\n", "b/b.c": "\n"})
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    explained(module, tmp_path / "x.db")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30


def test_a_missing_header_is_told(tmp_path: Path) -> None:
    """As the source is compiled for the kernel at hand; another branch is for another kernel."""
    head = '#include "made.h"\n#include <linux/version.h>\n#if LINUX_VERSION_CODE < KERNEL_VERSION(2, 6, 0)\n' \
        '#include <linux/old.h>\n#endif\n'
    module = make(tmp_path / "m", {"Kbuild": "obj-m := x.o\nccflags-y := -include $(src)/config.h\n",
                                   "x.c": source("x", head)})
    db = tmp_path / "x.db"
    shown, said = explained(module, db)
    found = [name.rsplit("/", 1)[-1] for name in part(shown, "headers that were not found")]
    assert found[-1] == "x.c:1: made.h" and found[0].endswith("config.h") and len(found) == 2
    assert "warning: missing header: what depends on it is not seen, 2 in all" in said
    text = run("audit", "--db", db, "--completeness", "--format", "tsv", code=1).stdout
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter="\t")
            if row["role"] == "missing-header"]
    assert [row["place"] for row in rows] == ["x.c", "x.c:1"] and rows[1]["detail"] == "made.h"
    make(module, {"made.h": "\n", "config.h": "\n"})
    shown, said = explained(module, db)
    assert "not found" not in shown and "warning" not in said
    run("audit", "--db", db, "--completeness")


def test_sources_and_objects_without_the_other(tmp_path: Path) -> None:
    module = make(tmp_path / "m", {
        "Kbuild": "obj-m := x.o\nx-y := a.o gone.o blob.o asm.o\n", "a.c": source("a", '#include "part.c"\n'),
        "part.c": "\n#include <linux/mm.h>\n", "stray.c": source("stray"), "blob.o_shipped": "",
        "asm.S": ""})
    db = tmp_path / "x.db"
    shown, said = explained(module, db)
    assert part(shown, "sources that no rule compiles") == ["stray.c"]
    assert part(shown, "objects without a source") == ["Kbuild: gone.o"]
    assert "warning: source without a rule: no Makefile is seen to compile it, 1 in all (stray.c)" in said
    assert notes(db, "no-rule") == [("stray.c", 0, "")]
    assert "no-rule" in run("audit", "--db", db, "--completeness", code=1).stdout


def test_programs_are_passed_over(tmp_path: Path) -> None:
    """Unless they name what takes or releases pages, or only the kernel has what they include."""
    module = make(tmp_path / "m", {
        "Kbuild": "obj-m := x.o\n", "x.c": source("x", '#include "shared.h"\n'), "shared.h": "\n",
        "tests/prog.c": "#include <stdio.h>\n#include \"prog.h\"\nint main(void)\n{\n\treturn 0;\n}\n",
        "tests/prog.h": "\n", "lib/calc.c": '#include "calc.h"\n', "lib/calc.h": "#include <stdint.h>\n",
        "lib/other.c": "int main(int argc, char **argv) {\n\treturn 0;\n}\n",
        "odd/names.c": source("names", "#include <stdio.h>\n"),
        "odd/kernel.c": "#include <linux/mm.h>\n"})
    db = tmp_path / "x.db"
    shown, _ = explained(module, db)
    assert part(shown, "files that are passed over: 5") == [
        "lib/calc.c: no rule compiles it, and it includes no header that only the kernel has",
        "lib/calc.h: a header that no source of the module includes",
        "lib/other.c: a program of user space: it has a main()",
        "tests/prog.c: a program of user space: it includes <stdio.h>",
        "tests/prog.h: a header that no source of the module includes"]
    with connect(db) as connection:
        paths = [path for (path,) in connection.execute("SELECT path FROM file ORDER BY path")]
    assert paths == ["odd/kernel.c", "odd/names.c", "shared.h", "x.c"]


def test_nothing_found_is_no_green_gate(tmp_path: Path) -> None:
    module = make(tmp_path / "m", {"Kbuild": "obj-m := x.o\n", "x.c": "#include <linux/mm.h>\n"})
    words = "no call that takes or releases pages was found in the 1 files of the module"
    for _ in range(2):
        done = run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db", code=1)
        assert words in done.stderr.splitlines()[-1]
    done = run("audit", "--db", tmp_path / "x.db", code=1)
    assert words in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("era", ERAS)
def test_a_change_of_the_makefile_alone_is_seen(era: str, tmp_path: Path) -> None:
    module = make(tmp_path / "m", {"Kbuild": "obj-m := x.o\n", "x.c": source("x")})
    db = tmp_path / "x.db"
    run("index", "--module", module, "--kernel", TREES / era, "--db", db)
    (module / "Kbuild").write_text("obj-m := x.o gone.o\n")
    run("index", "--module", module, "--kernel", TREES / era, "--db", db)
    assert notes(db, "no-source") == [("Kbuild", 0, "gone.o")]


def test_it_goes_with_a_module(tmp_path: Path) -> None:
    done = run("index", KERNEL, "--db", tmp_path / "x.db", "--explain-build", code=2)
    assert "--explain-build goes with --module" in done.stderr


CALLS = {
    "flags on the command line": {
        "Makefile": "FLAGS = -I$(CURDIR)/include -DFROM_CALL\nall:\n\t$(MAKE) -C $(KDIR) M=$(CURDIR) \\\n"
                    "\t\tEXTRA_CFLAGS=\"$(FLAGS) -DLAST\" modules\n",
        "Kbuild": "obj-m := x.o\n", "x.c": source("x")},
    "one Makefile for both": {
        "Makefile": "ifneq ($(KERNELRELEASE),)\nobj-m := x.o\nelse\nPWD := $(shell pwd)\nall:\n"
                    "\t@make -C $(KDIR) SUBDIRS=$(PWD) KCFLAGS='-I$(PWD)/include -DFROM_CALL -DLAST'\nendif\n",
        "x.c": source("x")},
    "a folder below": {
        "Makefile": "SUB := src\nall:\n\t@HERE=$(shell pwd)/$(SUB) $(MAKE) FROM=FROM_CALL -C $(SUB);\n",
        "src/Makefile": "obj-m := x.o\nccflags-y := -I$(HERE)/../include -D$(FROM) -DLAST\n",
        "src/x.c": source("x")},
    "its own name again": {
        "Makefile": "DEFS := FROM_CALL\nall:\n\t+make -C $(KDIR) M=$(PWD)/src DEFS=$(DEFS) INC=$(CURDIR)/include\n",
        "src/Kbuild": "obj-m := x.o\nccflags-y := -I$(INC) -D$(DEFS) -DLAST\n", "src/x.c": source("x")},
}


@pytest.mark.parametrize("way", CALLS)
def test_variables_of_the_call(way: str, tmp_path: Path) -> None:
    """A recipe calls make with variables, for Kbuild or for a folder below."""
    module = make(tmp_path / "m", {**CALLS[way], "include/x.h": "\n"})
    shown, said = explained(module, tmp_path / "x.db")
    name = "src/x.c" if "src/x.c" in CALLS[way] else "x.c"
    assert part(shown, f"flags of {name}") == ["-Iinclude", "-DFROM_CALL", "-DLAST"], shown
    assert "warning" not in said


def test_a_large_repository(tmp_path: Path) -> None:
    """250 sources by a wildcard: most of the time is that of the parser."""
    files = {f"d{n % 10}/s{n}.c": source(f"s{n}") for n in range(250)}
    text = "SRCS := $(wildcard $(src)/*/*.c)\nobj-m := x.o\nx-y := $(patsubst $(src)/%.c,%.o,$(SRCS))\n"
    module = make(tmp_path / "m", {"Kbuild": text, **files})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    shown, said = explained(module, tmp_path / "x.db")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len(part(shown, "object x.o, by Kbuild")) == 250 and "warning" not in said
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 60


def test_a_source_that_the_build_links(tmp_path: Path) -> None:
    """The one of that name in a folder of that name; of two, it is not known which."""
    module = make(tmp_path / "m", {
        "src/Kbuild": "$(shell ln -s ../lib .)\nobj-m := x.o\nx-y := lib/a.o lib/b.o\nccflags-y := -DX\n",
        "lib/a.c": source("a"), "lib/b.c": source("b"), "old/lib/b.c": source("c")})
    shown, _ = explained(module, tmp_path / "x.db")
    assert part(shown, "object src/x.o, by src/Kbuild") == [
        "lib/a.c (put there by the build)", "src/lib/b.c (there is no such file)"]
    assert part(shown, "flags of lib/a.c") == ["-DX"]
    assert part(shown, "sources that no rule compiles") == ["lib/b.c", "old/lib/b.c"]


def test_a_macro_whose_value_is_not_known(tmp_path: Path) -> None:
    """It is left out: defined as nothing, it would break the code. One that is meant so stays."""
    module = make(tmp_path / "m", {
        "Kbuild": "ifneq ($(slots),)\nFLAGS += -DSLOTS=$(slots)\nendif\nobj-m := x.o\n"
                  "ccflags-y := $(FLAGS) -DEMPTY= -DKIND=$(KIND)\nKIND := 3\n",
        "x.c": source("x")})
    shown, _ = explained(module, tmp_path / "x.db")
    assert part(shown, "flags of x.c") == ["-DEMPTY=", "-DKIND=3"]
