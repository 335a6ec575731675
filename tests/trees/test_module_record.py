# SPDX-License-Identifier: GPL-2.0-only
"""index --build-from: flags of a module from a build that there was, whichever way it is kept."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from support import TREES, connect, rows, run
from test_module_build import explained, make, part, source
from test_modules import installed_headers

KERNEL = TREES / "pin_user_pages"
OPTIONS = ("-nostdinc -I{k}/arch/x86/include -I{o}/arch/x86/include/generated -I{k}/include -I{o}/include "
           "-I{k}/include/uapi -I{o}/include/generated/uapi -include {k}/include/linux/kconfig.h -include {k}/include/linux/compiler_types.h "
           "-D__KERNEL__ -std=gnu11 -m64 -DCC_USING_FENTRY -fplugin-arg=x {own} -DMODULE "
           "-DKBUILD_BASENAME='\"x\"' -DKBUILD_MODNAME='\"x\"'")
OWN = "-I{m}/include -I {m}/core/../own -DFROM_BUILD=42 -DNAME='\"a b\"' -include {m}/config.h"
EXPECTED = ["-Iinclude", "-Iown (there is no such folder)", "-DFROM_BUILD=42", '-DNAME="a b"',
            "-includeconfig.h"]
OBJTOOL = "; ./tools/objtool/objtool --hacks=jump_label core/x.o"


def module_of(folder: Path) -> Path:
    """Its Makefile is not understood: what is compiled, and how, only the build tells."""
    text = source("x").replace("int x_take", "#if FROM_BUILD == 42\nint x_take") + "#endif\n"
    return make(folder, {"Kbuild": "obj-m := x.o\nx-y := $(shell ./list)\nccflags-y := -DGUESSED\n",
                         "core/x.c": text, "config.h": "\n", "include/x.h": "\n"})


def command(module: Path | str, kernel: Path | str = KERNEL, source_name: str = "",
            output: str = ".") -> str:
    """Make stands in the kernel's output folder, but from v6.13 on in the module's."""
    name = source_name or f"{module}/core/x.c"
    options = OPTIONS.format(k=kernel, o=output, own=OWN.format(m=module))
    return f"gcc-12 -Wp,-MMD,{module}/core/.x.o.d {options} -c -o {name[:-2]}.o {name} {OBJTOOL}"


def check(module: Path, db: Path, *args: object) -> str:
    shown, said = explained(module, db, *args)
    assert part(shown, "flags of core/x.c") == EXPECTED
    assert "warning" not in said
    assert {(row["status"], row["config"]) for row in rows("sites", db)} == {("resolved", "")}
    return shown


def test_without_a_build(tmp_path: Path) -> None:
    shown, said = explained(module_of(tmp_path / "m"), tmp_path / "x.db")
    assert part(shown, "flags of core/x.c") == ["-DGUESSED"] and "source without a rule" in said
    assert part(shown, "constructs that are not understood") == ["Kbuild:2: $(shell ./list) in x-y"]


def cmd_file(folder: Path, module: Path | str, kernel: Path | str = KERNEL) -> None:
    """As Kbuild up to v6.12 writes it."""
    make(folder, {"core/.x.o.cmd": f"cmd_{module}/core/x.o := {command(module, kernel)}\n\n"
                  f"source_{module}/core/x.o := {module}/core/x.c\n\ndeps_x := \\\n  a.h \\\n"})


def test_cmd_files_of_the_folder_itself(tmp_path: Path) -> None:
    """Taken unasked when the build was for the kernel at hand, and not else."""
    module = module_of(tmp_path / "m")
    cmd_file(module, module)
    shown = check(module, tmp_path / "x.db")
    assert f"flags of 1 sources by the build in {module}, for {KERNEL}" in shown
    cmd_file(module, module, "/usr/src/linux-headers-1")
    shown, said = explained(module, tmp_path / "x.db")
    assert "it was built for another kernel (/usr/src/linux-headers-1)" in said
    assert part(shown, "flags of core/x.c") == ["-DGUESSED"]
    check(module, tmp_path / "y.db", "--build-from", module)


def test_cmd_files_of_a_folder_that_moved(tmp_path: Path) -> None:
    module = module_of(tmp_path / "m")
    cmd_file(tmp_path / "build", "/srv/who/driver", "/usr/src/other")
    check(module, tmp_path / "x.db", "--build-from", tmp_path / "build")
    run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db")
    with connect(tmp_path / "x.db") as connection:
        assert not connection.execute("SELECT 1 FROM meta WHERE key = 'build_from'").fetchall()


def test_cmd_files_of_new_kernels(tmp_path: Path) -> None:
    """From v6.13 on make stands in the module's folder."""
    module = module_of(tmp_path / "m")
    text = command(".", KERNEL, "core/x.c", "/out/linux").replace("#", "$(pound)")
    make(module, {"core/.x.o.cmd": f"savedcmd_core/x.o := {text}\n\nsource_core/x.o := core/x.c\n"})
    check(module, tmp_path / "x.db")


@pytest.mark.parametrize("directory", [".", "sub/..", "/absolute"])
def test_compile_commands(directory: str, tmp_path: Path) -> None:
    """Whichever "directory": a relative one is from the file's own folder."""
    module = module_of(tmp_path / "m")
    where = str(module) if directory == "/absolute" else directory
    words = command(".", KERNEL, "core/x.c", "/out/linux").split(" ;")[0]
    entries = [{"directory": where, "file": "core/x.c", "command": words},
               {"directory": "/nowhere", "file": "main.c", "arguments": ["cc", "-c", "main.c"]}]
    path = module / "compile_commands.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    check(module, tmp_path / "x.db")
    check(module, tmp_path / "y.db", "--build-from", path)


@pytest.mark.parametrize("style", ["absolute", "entered"])
def test_output_of_make(style: str, tmp_path: Path) -> None:
    module = module_of(tmp_path / "m")
    text = command(module) if style == "absolute" else command(".", KERNEL, "core/x.c", "/out/linux")
    folder = "/usr/src/linux-headers-1" if style == "absolute" else module
    log = tmp_path / "log"
    touch = f"touch {tmp_path}/pwned"
    log.write_text(
        f"make -C /usr/src M={module} modules\nmake[1]: Entering directory '{folder}'\n"
        f"# a comment, $({touch}) `{touch}`\n  {touch}\n"
        f"set -e;  echo '  CC [M]  core/x.o'; \\\n {text}; printf '%s' 'savedcmd_x := gcc -c y.c' >.x.cmd\n"
        "gcc -c 'unfinished.c\nmake[1]: Leaving directory '/usr'\n", encoding="utf-8")
    check(module, tmp_path / "x.db", "--build-from", log)
    assert not (tmp_path / "pwned").exists()


def test_a_record_without_the_module(tmp_path: Path) -> None:
    module = module_of(tmp_path / "m")
    (tmp_path / "log").write_text("gcc -c -o a.o /nowhere/a.c\n")
    (tmp_path / "json").write_text("[ not json")
    (tmp_path / "none").mkdir()
    for name, words in (("log", "none of the 1 compiler commands"), ("json", "this is not JSON"),
                        ("none", "none of the 0 compiler commands"), ("gone", "No such file")):
        done = run("index", "--module", module, "--kernel", KERNEL, "--db", tmp_path / "x.db",
                   "--build-from", tmp_path / name, code=3)
        assert words in done.stderr and done.stderr.count("\n") == 1
    done = run("index", KERNEL, "--db", tmp_path / "x.db", "--build-from", tmp_path / "log", code=2)
    assert "--build-from goes with --module" in done.stderr


def test_a_real_build(tmp_path: Path) -> None:
    """The output of "make -n" and the .cmd files of the build give the same flags."""
    headers = installed_headers()
    if not headers:
        pytest.skip("no linux-headers package is installed (or set GUPCONV_HEADERS)")
    module = make(tmp_path / "m", {
        "Makefile": f"obj-m := x.o\nx-y := core/x.o\nccflags-y := -DFROM_BUILD=$(shell echo 42)\nall:\n"
                    f"\t$(MAKE) -C {headers} M=$(CURDIR) modules\n",
        "core/x.c": source("x") + "#if FROM_BUILD != 42\n#error other\n#endif\n"
        "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n"})
    shown = {}
    dry = subprocess.run(["make", "-n", "-C", module], capture_output=True, text=True,
                         check=False)
    (tmp_path / "log").write_text(dry.stdout)
    done = run("index", "--module", module, "--kernel", headers, "--db", tmp_path / "x.db",
               "--explain-build", "--build-from", tmp_path / "log")
    shown["dry"] = part(done.stdout, "flags of core/x.c")
    shutil.copytree(module, tmp_path / "built")
    subprocess.run(["make", "-s", "-C", tmp_path / "built"], capture_output=True, check=True)
    done = run("index", "--module", tmp_path / "built", "--kernel", headers, "--db", tmp_path / "y.db",
               "--explain-build")
    shown["built"] = part(done.stdout, "flags of core/x.c")
    assert shown == {"dry": ["-DFROM_BUILD=42"], "built": ["-DFROM_BUILD=42"]}
