#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Build a kernel tree for the gup tests, boot it in QEMU, judge what it says.

The tree is only read: the build goes to a directory of its own. Results go to
stdout as TSV (scenario, verdict, seconds, detail); messages to stderr. Exit
codes: 0 all as expected, 1 a scenario failed, 2 usage, 3 the tree or its build
is no good, 4 a tool is missing or failed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from console import compiler_warnings, judge, self_test, splats_of, told
from runs import catalogue, tree_state

HERE = Path(__file__).resolve().parent
SELFTEST = HERE.parents[1] / "kernel-patches/core/0009-selftest/new"
MODULE = ("lib/test_gup_pins.c", "lib/test_gup_pins.h")
PROGRAM = "tools/testing/selftests/vm/gup_pins.c"


def say(text):
    print(text, file=sys.stderr, flush=True)


def die(code, text):
    say("run.py: " + text)
    sys.exit(code)


def compile_c(program, sources, include):
    if subprocess.call(["gcc", "-std=gnu11", "-Wall", "-Wextra", "-O2",
                        "-static", "-I", str(include), "-o", str(program),
                        *map(str, sources)]):
        die(4, "%s does not compile" % program.name)


def disk_pattern(offset):
    """The 8 bytes at OFFSET of the raw disk; init.c: pattern()."""
    word = (offset // 8 + 1) * 0x9e3779b97f4a7c15 & (1 << 64) - 1
    return word.to_bytes(8, "little")


def not_configured(wanted, config):
    """The options that WANTED turns on and the tree's CONFIG has not got."""
    got = set(config.splitlines())
    return [line.split("=")[0] for line in wanted.splitlines()
            if re.fullmatch(r"CONFIG_\w+=y", line) and line not in got]


class Harness:
    """Where things are built, and how."""

    def __init__(self, args):
        self.tree = args.tree.resolve()
        self.out = args.out.resolve()
        self.kernel = self.out / "kernel"
        self.jobs = args.jobs
        self.configs = [HERE / "config" / (args.base + ".config")]
        if not args.no_debug:
            self.configs.append(HERE / "config" / "debug.config")
        self.configs += args.config or []
        self.make_args = args.make or []
        built = HERE.parents[1] / "build/gupconv"
        self.gupconv = args.gupconv or (built if built.exists() else None)
        self.slower = args.slower
        self.kernel.mkdir(parents=True, exist_ok=True)
        if args.kernel_dir:
            self.kernel = args.kernel_dir.resolve()

    def make(self, *words, log="build.log"):
        ccache = shutil.which("ccache")
        prefix = "ccache " if ccache else ""
        cmd = ["make", "-s", "-C", str(self.tree), "O=" + str(self.kernel),
               "CC=" + prefix + "gcc", "HOSTCC=" + prefix + "gcc",
               "HOSTCFLAGS=-fcommon", "-j%d" % self.jobs,
               "KBUILD_MODPOST_WARN=1", "LOCALVERSION=", *self.make_args, *words]
        with open(self.out / log, "ab") as file:
            code = subprocess.call(cmd, stdout=file, stderr=file,
                                   stdin=subprocess.DEVNULL)
        if code:
            tail = (self.out / log).read_text(errors="replace")
            errors = [line for line in tail.splitlines()
                      if re.search(r"\berror\b|Error|undefined", line)]
            die(3, "make %s failed: %s" % (" ".join(words),
                                           "; ".join(errors[-3:])))

    def configure(self):
        """Each time: a patch may have brought an option, or taken one away."""
        wanted = self.out / "wanted.config"
        text = "".join(file.read_text() for file in self.configs)
        wanted.write_text(text)
        os.environ["KCONFIG_ALLCONFIG"] = str(wanted)
        self.make("allnoconfig")
        del os.environ["KCONFIG_ALLCONFIG"]
        lacking = not_configured(text, (self.kernel / ".config").read_text())
        if lacking:
            say("not in this tree's configuration: " + " ".join(lacking))
        if "CONFIG_KASAN" in lacking:
            die(3, "KASAN was asked for, and cannot be had")

    def build(self):
        start = time.monotonic()
        (self.out / "build.log").unlink(missing_ok=True)
        self.configure()
        self.make("bzImage", "modules_prepare")
        self.build_seconds = time.monotonic() - start
        say("kernel built in %d s" % self.build_seconds)

    def compiled(self, before):
        """The row of the build, against the log of another: no new warning."""
        def warnings(log):
            return compiler_warnings(log.read_text(errors="replace"), self.tree)
        now = warnings(self.out / "build.log")
        new = now - warnings(before)
        return "build\t%s\t%.1f\t%d warnings, %d new%s" % (
            "FAIL" if new else "PASS", self.build_seconds, now.total(),
            new.total(), "".join("; %s: %s" % key for key in sorted(new)))

    def has(self, option):
        return option + "=y" in (self.kernel / ".config").read_text()

    def userland(self):
        """An initramfs: init, the tests of the series, and the modules."""
        root = self.out / "root"
        shutil.rmtree(root, ignore_errors=True)
        (root / "dev").mkdir(parents=True)
        (root / "tree").mkdir()
        program = SELFTEST / PROGRAM
        compile_c(root / "init", sorted((HERE / "init").glob("*.c")),
                  program.parent)
        compile_c(root / "gup_pins", [program], program.parent)
        if self.has("CONFIG_MODULES"):
            self.modules("module", root, SELFTEST, HERE / "module")
            if (self.tree / MODULE[0]).exists():
                program = self.tree / PROGRAM
                self.modules("kselftest", root / "tree", self.tree)
                compile_c(root / "tree/gup_pins", [program], program.parent)
        names = "\n".join(str(p.relative_to(root))
                          for p in sorted(root.rglob("*")))
        with open(self.out / "initramfs.cpio", "wb") as file:
            cpio = subprocess.run(["cpio", "-o", "-H", "newc", "--quiet"],
                                  cwd=root, input=names.encode(), stdout=file)
        if cpio.returncode:
            die(4, "cpio failed")

    def modules(self, name, root, series, ours=None):
        """The series' test module, from SERIES, and what is in OURS."""
        module = self.out / name
        shutil.rmtree(module, ignore_errors=True)
        if ours:
            shutil.copytree(ours, module)
        else:
            module.mkdir()
            (module / "Kbuild").write_text("obj-m := test_gup_pins.o\n")
        for path in MODULE:
            shutil.copy(series / path, module)
        self.make("M=" + str(module), "modules", log="module.log")
        for path in module.glob("*.ko"):
            shutil.copy(path, root)

    def unconverted_line(self, console):
        """Where step 3 says that forgotten.c drops a pin, and where it does."""
        path = self.out / "module/forgotten.c"
        want = [number for number, line
                in enumerate(path.read_text().splitlines(), 1)
                if "put_page(" in line and "*" not in line.split("put_page")[0]]
        said = re.search(r"gup: a pin is released by put_page\(\), by "
                         r"([\w.]+)\+0x([0-9a-f]+)/\S+ \[forgotten\]", console)
        if not said:
            return "no call site of module forgotten was named"
        module = str(path.with_suffix(".ko"))
        names = subprocess.run(["nm", module], capture_output=True, text=True)
        start = [line.split()[0] for line in names.stdout.splitlines()
                 if line.split()[-1] == said[1]]
        address = int(start[0], 16) + int(said[2], 16) - 1
        where = subprocess.run(["addr2line", "-i", "-e", module, hex(address)],
                               capture_output=True, text=True)
        lines = [int(found) for found in
                 re.findall(r"forgotten\.c:(\d+)", where.stdout)]
        if lines != want:
            return "forgotten.c:%s was named, not %s" % (lines, want)
        return self.audited_line(path, want[0])

    def audited_line(self, driver, want):
        """gupconv's audit of the driver alone has to name the same line."""
        if not self.gupconv:
            say("skipped: audit of forgotten.c: no gupconv (--gupconv FILE)")
            return ""
        alone = self.out / "forgotten"
        shutil.rmtree(alone, ignore_errors=True)
        alone.mkdir()
        shutil.copy(driver, alone)
        (alone / "Kbuild").write_text("obj-m := forgotten.o\n")
        db = ["--db", str(alone / "forgotten.db")]
        for words in (["index", *db, "--module", str(alone),
                       "--kernel", str(self.tree)], ["audit", *db]):
            done = subprocess.run([str(self.gupconv), *words],
                                  capture_output=True, text=True)
            if done.returncode > 1:
                return "gupconv %s: %s" % (words[0], done.stderr.strip())
        found = re.findall(r"^forgotten\.c:(\d+): missed", done.stdout, re.M)
        if found != [str(want)]:
            return "audit names forgotten.c:%s, not %d" % (found, want)
        say("audit and console name forgotten.c:%d" % want)
        return ""

    def images(self):
        raw = self.out / "pattern.img"
        if not raw.exists():
            with open(raw, "wb") as file:
                file.write(b"".join(disk_pattern(i)
                                    for i in range(0, 8 << 20, 8)))

    def fresh_images(self):
        for name, size in (("ext4.img", 128 << 20), ("swap.img", 192 << 20),
                           ("dax.img", 32 << 20), ("xfs.img", 320 << 20),
                           ("ext2.img", 32 << 20)):
            (self.out / name).unlink(missing_ok=True)
            with open(self.out / name, "wb") as file:
                file.truncate(size)
        env = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")
        for cmd in (["mkfs.ext4", "-q", "-F", str(self.out / "ext4.img")],
                    ["mkfs.ext4", "-q", "-F", "-b", "4096",
                     str(self.out / "dax.img")],
                    ["mkfs.ext2", "-q", "-F", "-b", "4096",
                     str(self.out / "ext2.img")],
                    ["mkswap", str(self.out / "swap.img")],
                    *self.xfs(env)):
            if subprocess.call(cmd, env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL):
                die(4, cmd[0] + " failed")

    def xfs(self, env):
        """Where nobody can make it, the disk is empty, and its part skipped."""
        program = shutil.which("mkfs.xfs", path=env["PATH"])
        return [[program, "-q", "-f", str(self.out / "xfs.img")]] if program \
            and self.has("CONFIG_XFS_FS") else []

    def boot(self, run, extra=()):
        """Boots once. Returns console text, results text, seconds, ended."""
        self.fresh_images()
        console = self.out / (run.name + ".console")
        results = self.out / (run.name + ".ktap")
        params = dict(run=run.scenarios, slower=self.slower, **run.params)
        append = (run.append + " console=ttyS0 quiet loglevel=7 panic=-1 log_buf_len=8M no_timer_check "
                  "tsc=reliable transparent_hugepage=madvise "
                  "printk.devkmsg=on " +
                  " ".join("gup.%s=%s" % item for item in params.items()))
        slow = ",throttling.bps-read=131072" if run.slow else ""
        cmd = ["qemu-system-x86_64", "-machine", "q35,accel=tcg",
               "-cpu", "max", "-smp", "1" if run.icount else "2",
               "-m", run.memory,
               "-display", "none", "-nodefaults", "-no-reboot",
               "-kernel", str(self.kernel / "arch/x86/boot/bzImage"),
               "-initrd", str(self.out / "initramfs.cpio"),
               "-append", append,
               "-serial", "file:" + str(console),
               "-serial", "file:" + str(results)]
        for name, more in (("ext4.img", ""), ("pattern.img", slow),
                           ("swap.img", ""), ("dax.img", ""),
                           ("xfs.img", ""), ("ext2.img", "")):
            cmd += ["-drive", "file=%s,format=raw,if=virtio,cache=unsafe,"
                    "snapshot=on%s" % (self.out / name, more)]
        if run.icount:
            cmd += ["-icount", "shift=0,sleep=off"]
        cmd += extra
        start = time.monotonic()
        limit = run.time_limit(self.slower)
        try:
            proc = subprocess.run(cmd, timeout=limit,
                                  stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True)
            ended = "off"
            if proc.returncode:
                die(4, "qemu: " + proc.stderr.strip())
        except subprocess.TimeoutExpired:
            ended = "timeout after %d s" % limit
        except FileNotFoundError:
            die(4, "qemu-system-x86_64 is not installed")
        return (console.read_text(errors="replace") if console.exists() else "",
                results.read_text(errors="replace") if results.exists() else "",
                time.monotonic() - start, ended)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tree", type=Path, help="kernel tree (only read)")
    parser.add_argument("--out", type=Path, help="build and result directory")
    parser.add_argument("--kernel-dir", type=Path,
                        help="kernel build directory (default: OUT/kernel)")
    parser.add_argument("--config", type=Path, action="append",
                        help="further configuration fragment")
    parser.add_argument("--base", default="base", choices=("base", "tiny"),
                        help="the configuration to begin with")
    parser.add_argument("--no-debug", action="store_true",
                        help="without lockdep and the other checkers")
    parser.add_argument("--make", action="append", help="further make word")
    parser.add_argument("--gupconv", type=Path,
                        help="for what its audit has to say (build/gupconv)")
    parser.add_argument("--slower", type=int, metavar="N",
                        help="N times the time for each run (KASAN: 3)")
    parser.add_argument("--before", type=Path, metavar="LOG",
                        help="the build.log of a tree whose compiler warnings"
                             " are known; both builds from nothing")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--param", action="append", default=[],
                        help="NAME=VALUE for the scenarios")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("runs", nargs="*", help="runs (default: all)")
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    if not args.tree or not args.out:
        parser.error("--tree and --out are needed")
    if not (args.tree / "Kbuild").exists():
        die(3, "%s is no kernel tree" % args.tree)
    args.out.mkdir(parents=True, exist_ok=True)
    harness = Harness(args)
    if not args.no_build:
        harness.build()
    harness.userland()
    harness.images()
    config = (harness.kernel / ".config").read_text()
    if not harness.slower:
        harness.slower = 3 if "CONFIG_KASAN=y" in config else 1
    state = tree_state(harness.tree, config)
    runs = catalogue(state, config)
    if args.list:
        print("\n".join(runs))
        return 0
    unknown = [name for name in args.runs if name not in runs]
    if unknown:
        die(2, "no such run for a tree in state %s: %s" %
            (state, ", ".join(unknown)))
    say("tree state: %s" % state)
    print("run\tverdict\tseconds\tdetail")
    failed = 0
    if args.before and not args.no_build:
        row = harness.compiled(args.before)
        failed += "FAIL" in row
        print(row, flush=True)
    if args.build_only:
        return 1 if failed else 0
    for name in args.runs or [n for n in runs if not runs[n].only_by_name]:
        run = runs[name]
        run.params.update(item.split("=", 1) for item in args.param)
        console, results, seconds, ended = harness.boot(run)
        reasons = judge(run, console, results, ended)
        if run.names_line and not reasons:
            reasons += filter(None, [harness.unconverted_line(console)])
        failed += bool(reasons)
        found = splats_of(console, results)
        detail = "; ".join(reasons) or "; ".join(
            "as expected: %s: %s" % (kind, found[kind]) for kind in run.wants)
        detail = "; ".join(filter(None, [detail, told(run, results)]))
        print("%s\t%s\t%.1f\t%s" % (name, "FAIL" if reasons else "PASS",
                                    seconds, detail), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
