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
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent

# A line of the console that is one of these is a splat, of the kind named.
SPLATS = [
    ("lockdep", r"possible (circular locking|recursive locking|irq lock)|"
                r"inconsistent lock state|bad unlock balance|"
                r"WARNING: (lock held|.*IRQ.*lock order)|suspicious RCU|"
                r"DEBUG_LOCKS_WARN_ON|Invalid wait context|"
                r"held lock freed"),
    ("atomic", r"BUG: (sleeping function called|scheduling while atomic)|"
               r"BUG: using .*preemptible"),
    ("vm", r"page dumped because|BUG: Bad (page|rss)|BUG: non-zero"),
    ("list", r"list_(add|del) corruption"),
    ("kasan", r"BUG: KASAN|BUG: KFENCE|UBSAN:"),
    ("bug", r"kernel BUG at|Oops|general protection fault|"
            r"BUG: (unable to handle|kernel NULL|stack guard)"),
    ("hung", r"INFO: task .* blocked|soft lockup|hard LOCKUP|"
             r"INFO: rcu.* (stall|detected)"),
    ("fs", r"EXT4-fs (error|warning)|EXT4-fs \(.*\): (error|warning)|"
           r"Buffer I/O error|JBD2: .*(error|failed)"),
    ("leak", r"pin leak|still pinned"),
    ("panic", r"Kernel panic"),
    ("oom", r"invoked oom-killer"),
    ("warn", r"WARNING: |\[ cut here \]"),
    ("mismatch", r"gup: "),
]
SPLATS = [(kind, re.compile(text)) for kind, text in SPLATS]

# Kernel messages of warning level that say nothing about the kernel's state.
HARMLESS = re.compile("|".join([
    r"random: ", r"clocksource: ", r"sched: RT throttling",
    r"hrtimer: interrupt took", r"perf: interrupt took too long",
    r"guptest: loading out-of-tree module", r"module verification failed",
    r"sysrq: ", r"Could not switch to high resolution", r"SysRq", r"drop_caches: ", r"TSC ", r"tsc: ", r"Tasks state",
    r"hugetlb: ", r"HugeTLB", r"split_huge_pages", r"^\s*$", r"process '.*' started",
    r"mmap: .* uses deprecated remap_file_pages", r"workqueue: .* hogged CPU",
    r"virtio_blk", r"Adding .*swap", r"taint", r"uses obsolete",
]))


@dataclass
class Run:
    """One boot: what it shall run, and what it is expected to print."""
    name: str
    scenarios: str
    params: dict = field(default_factory=dict)
    # splat kinds that must appear, for the run to have passed
    wants: tuple = ()
    # a text that must appear on the console
    needs: str = ""
    # splat kinds that may appear
    allows: tuple = ()
    seconds: int = 60
    slow: bool = False
    memory: str = "1G"
    fails: bool = False      # the scenario itself is expected to fail
    icount: bool = False     # one instruction is one nanosecond
    only_by_name: bool = False


def catalogue(tree_state):
    """The runs, by name; the tree decides what is expected of it."""
    fixed = tree_state in ("activated", "pin")
    tracked = tree_state in ("tracked", "checked", "activated")
    checked = tree_state in ("checked", "activated")
    repro = dict(scenarios="repro", slow=True, seconds=320)
    if fixed:
        reproducer = Run("repro", params={"rounds": 8}, **repro)
        if tree_state == "pin":
            # 6.1 has no core of ours: ext4 survives, with a warning.
            reproducer = Run("repro", params={"rounds": 2},
                             allows=("warn",), **repro)
    else:
        reproducer = Run("repro", params={"rounds": 2}, wants=("bug",),
                         allows=("warn", "hung", "panic", "lockdep", "atomic"),
                         fails=True, **repro)
    runs = [
        Run("boot", "boot", seconds=40),
        Run("splat-warn", "splat", {"splat": 0}, wants=("warn",)),
        Run("splat-lockdep", "splat", {"splat": 1}, wants=("lockdep",),
            allows=("warn",)),
        Run("splat-atomic", "splat", {"splat": 2}, wants=("atomic",),
            allows=("warn",)),
        Run("splat-vm", "splat", {"splat": 3}, wants=("vm",),
            allows=("bug", "warn", "panic"), fails=True),
        Run("splat-list", "splat", {"splat": 4}, wants=("list",),
            allows=("bug", "warn", "panic")),
        Run("splat-bug", "splat", {"splat": 5}, wants=("bug",),
            allows=("warn", "panic"), fails=True),
        reproducer,
        # Without the fix, a device's write into a file is what crashes.
        Run("selftest", "selftest", {"file": int(fixed)}, seconds=180,
            allows=("oom",)),
        Run("stress", "stress", {"stress": 30, "file": int(fixed)},
            seconds=240),
    ]
    if fixed and tree_state != "pin":
        runs.append(Run("kselftest", "kselftest", seconds=180))
    for put, name in ((16, "put-page"), (17, "release-pages"),
                      (18, "put-twice")):
        where = {16: "guptest_unconverted_release",
                 17: "guptest_unconverted_batch",
                 18: "guptest_unpinned_release"}[put]
        if checked:
            run = Run("unconverted-" + name, "unconverted", {"put": put},
                      wants=("warn",), allows=("mismatch",), needs=where)
        elif tracked:
            run = Run("unconverted-" + name, "unconverted", {"put": put},
                      allows=("warn", "mismatch"))
        else:
            run = Run("unconverted-" + name, "unconverted", {"put": put})
            if tree_state == "pin" or put == 18:
                continue
        runs.append(run)
    for which, name in enumerate(("nothing", "dio-4k", "dio-256k", "gup-64",
                                  "gup-1")):
        runs.append(Run("cost-" + name, "cost", {"which": which, "mount": 0},
                        icount=True, only_by_name=True, seconds=300))
    return {run.name: run for run in runs}


def say(text):
    print(text, file=sys.stderr, flush=True)


def die(code, text):
    say("run.py: " + text)
    sys.exit(code)


def tree_state(tree, config):
    """What of the core patches the tree has, read from the tree itself."""
    def has(path, text):
        file = tree / path
        return file.exists() and text in file.read_text(errors="replace")
    if has("include/linux/mm.h", "unpin_user_page("):
        return "pin"
    if "CONFIG_GUP_PIN_TRACKING=y" not in config:
        return "plain"
    if has("mm/page-writeback.c", "gup_pin_keep_dirty"):
        return ("activated" if "CONFIG_GUP_PIN_DEBUG=y" in config
                else "activated-unchecked")
    if "CONFIG_GUP_PIN_DEBUG=y" in config:
        return "checked"
    return "tracked"


def disk_pattern(offset):
    """The 8 bytes at OFFSET of the raw disk; init.c: pattern()."""
    word = (offset // 8 + 1) * 0x9e3779b97f4a7c15 & (1 << 64) - 1
    return word.to_bytes(8, "little")


class Harness:
    """Where things are built, and how."""

    def __init__(self, args):
        self.tree = args.tree.resolve()
        self.out = args.out.resolve()
        self.kernel = self.out / "kernel"
        self.jobs = args.jobs
        self.configs = [HERE / "config" / "base.config"]
        if not args.no_debug:
            self.configs.append(HERE / "config" / "debug.config")
        self.configs += args.config or []
        self.make_args = args.make or []
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
        wanted = self.out / "wanted.config"
        text = "".join(file.read_text() for file in self.configs)
        if (wanted.exists() and wanted.read_text() == text and
                (self.kernel / ".config").exists()):
            return
        wanted.write_text(text)
        os.environ["KCONFIG_ALLCONFIG"] = str(wanted)
        self.make("allnoconfig")
        del os.environ["KCONFIG_ALLCONFIG"]

    def build(self):
        start = time.monotonic()
        (self.out / "build.log").unlink(missing_ok=True)
        self.configure()
        self.make("bzImage", "modules_prepare")
        say("kernel built in %d s" % (time.monotonic() - start))

    def userland(self):
        init = self.out / "init"
        sources = sorted(str(p) for p in (HERE / "init").glob("*.c"))
        if subprocess.call(["gcc", "-std=gnu11", "-Wall", "-Wextra", "-O2",
                            "-static", "-o", str(init), *sources]):
            die(4, "init does not compile")
        module = self.out / "module"
        shutil.rmtree(module, ignore_errors=True)
        shutil.copytree(HERE / "module", module)
        self.make("M=" + str(module), "modules", log="module.log")
        root = self.out / "root"
        shutil.rmtree(root, ignore_errors=True)
        (root / "dev").mkdir(parents=True)
        shutil.copy(init, root / "init")
        shutil.copy(module / "guptest.ko", root / "guptest.ko")
        self.kselftest(root)
        names = "\n".join(str(p.relative_to(root))
                          for p in sorted(root.rglob("*")))
        with open(self.out / "initramfs.cpio", "wb") as file:
            cpio = subprocess.run(["cpio", "-o", "-H", "newc", "--quiet"],
                                  cwd=root, input=names.encode(), stdout=file)
        if cpio.returncode:
            die(4, "cpio failed")

    def kselftest(self, root):
        """The series' own test module and program, if the tree has them."""
        source = self.tree / "lib/test_gup_pins.c"
        program = self.tree / "tools/testing/selftests/vm/gup_pins.c"
        if not source.exists():
            return
        module = self.out / "kselftest"
        shutil.rmtree(module, ignore_errors=True)
        module.mkdir()
        shutil.copy(source, module)
        shutil.copy(source.with_suffix(".h"), module)
        (module / "Kbuild").write_text("obj-m := test_gup_pins.o\n")
        self.make("M=" + str(module), "modules", log="module.log")
        shutil.copy(module / "test_gup_pins.ko", root)
        if subprocess.call(["gcc", "-Wall", "-O2", "-static", "-o",
                            str(root / "gup_pins"), str(program)]):
            die(4, "the selftest does not compile")

    def images(self):
        raw = self.out / "pattern.img"
        if not raw.exists():
            with open(raw, "wb") as file:
                file.write(b"".join(disk_pattern(i)
                                    for i in range(0, 8 << 20, 8)))

    def fresh_images(self):
        for name, size in (("ext4.img", 128 << 20), ("swap.img", 512 << 20)):
            (self.out / name).unlink(missing_ok=True)
            with open(self.out / name, "wb") as file:
                file.truncate(size)
        env = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")
        for cmd in (["mkfs.ext4", "-q", "-F", str(self.out / "ext4.img")],
                    ["mkswap", str(self.out / "swap.img")]):
            if subprocess.call(cmd, env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL):
                die(4, cmd[0] + " failed")

    def boot(self, run, extra=()):
        """Boots once. Returns console text, results text, seconds, ended."""
        self.fresh_images()
        console = self.out / (run.name + ".console")
        results = self.out / (run.name + ".ktap")
        params = dict(run=run.scenarios, **run.params)
        append = ("console=ttyS0 quiet loglevel=7 panic=-1 log_buf_len=8M no_timer_check "
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
                           ("swap.img", "")):
            cmd += ["-drive", "file=%s,format=raw,if=virtio,cache=unsafe,"
                    "snapshot=on%s" % (self.out / name, more)]
        if run.icount:
            cmd += ["-icount", "shift=0,sleep=off"]
        cmd += extra
        start = time.monotonic()
        try:
            proc = subprocess.run(cmd, timeout=run.seconds,
                                  stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True)
            ended = "off"
            if proc.returncode:
                die(4, "qemu: " + proc.stderr.strip())
        except subprocess.TimeoutExpired:
            ended = "timeout after %d s" % run.seconds
        except FileNotFoundError:
            die(4, "qemu-system-x86_64 is not installed")
        return (console.read_text(errors="replace") if console.exists() else "",
                results.read_text(errors="replace") if results.exists() else "",
                time.monotonic() - start, ended)


def splats_of(console, results):
    """Kind -> first line, for each kind of splat that was printed."""
    found = {}
    for line in console.splitlines():
        line = re.sub(r"^\[ *[\d.]+\](\[ *[CT]\d+\])? ", "", line.strip())
        for kind, regex in SPLATS:
            if regex.search(line):
                found.setdefault(kind, line)
                break
    out_of_memory = False       # its report is long; one line stands for it
    for line in results.splitlines():
        match = re.match(r"# kmsg (\d) (.*)", line.rstrip())
        if not match:
            continue
        if "invoked oom-killer" in match[2]:
            out_of_memory = True
        elif "Out of memory: Kill" in match[2]:
            out_of_memory = False
        elif not out_of_memory and not HARMLESS.search(match[2]):
            found.setdefault("kmsg", match[2])
    return found


def judge(run, console, results, ended):
    """The reasons why the run is not as expected; none: it passed."""
    reasons = []
    found = splats_of(console, results)
    lines = [line.rstrip() for line in results.splitlines()]
    names = run.scenarios.split(",")
    for name in names:
        verdicts = [line for line in lines
                    if re.match(r"(not )?ok \d+ %s\b" % name, line)]
        skipped = any("# SKIP" in line for line in verdicts)
        good = any(line.startswith("ok") for line in verdicts)
        if skipped:
            reasons.append(name + " was skipped")
        elif run.fails and good:
            reasons.append(name + " passed, which was not expected")
        elif not run.fails and not good:
            reasons.append(verdicts[0] if verdicts
                           else name + " did not report")
    if ended != "off" and not run.fails:
        reasons.append(ended)
    for kind in run.wants:
        if kind not in found:
            reasons.append("no splat of kind " + kind)
    for kind, line in found.items():
        asked = kind in run.wants or kind in run.allows
        if kind == "kmsg" and (run.wants or "warn" in run.allows):
            continue
        if not asked:
            reasons.append("%s: %s" % (kind, line))
    if run.needs and run.needs not in console:
        reasons.append("the console does not name " + run.needs)
    return reasons


def self_test():
    """The judge itself, on texts: no kernel is needed."""
    run = Run("x", "boot")
    good = "KTAP version 1\n1..1\nok 1 boot\n"
    cases = [
        (run, "", good, "off", True),
        (run, "", good, "timeout after 3 s", False),
        (run, "", "KTAP version 1\n1..1\n", "off", False),
        (run, "", "not ok 1 boot\n", "off", False),
        (run, "[    1.2] WARNING: CPU: 0 PID: 1 at mm/gup.c:1\n", good, "off",
         False),
        (run, "[    1.2] BUG: Bad page state in process init\n", good, "off",
         False),
        (run, "", good + "# kmsg 4 something odd\n", "off", False),
        (run, "", good + "# kmsg 4 random: 7 callbacks\n", "off", True),
        (Run("x", "boot", wants=("warn",)), "", good, "off", False),
        (Run("x", "boot", wants=("warn",)), "WARNING: here\n", good, "off",
         True),
        (Run("x", "boot", wants=("bug",), fails=True),
         "kernel BUG at fs/x.c:1!\n", "not ok 1 boot\n", "off", True),
        (Run("x", "boot", needs="name_of_it"), "", good, "off", False),
    ]
    bad = [i for i, (r, c, t, e, ok) in enumerate(cases)
           if (not judge(r, c, t, e)) != ok]
    print("ok - judge" if not bad else "not ok - judge: cases %s" % bad)
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tree", type=Path, help="kernel tree (only read)")
    parser.add_argument("--out", type=Path, help="build and result directory")
    parser.add_argument("--kernel-dir", type=Path,
                        help="kernel build directory (default: OUT/kernel)")
    parser.add_argument("--config", type=Path, action="append",
                        help="further configuration fragment")
    parser.add_argument("--no-debug", action="store_true",
                        help="without lockdep and the other checkers")
    parser.add_argument("--make", action="append", help="further make word")
    parser.add_argument("--no-build", action="store_true")
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
    state = tree_state(harness.tree, config)
    runs = catalogue(state)
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
    for name in args.runs or [n for n in runs if not runs[n].only_by_name]:
        run = runs[name]
        run.params.update(item.split("=", 1) for item in args.param)
        console, results, seconds, ended = harness.boot(run)
        reasons = judge(run, console, results, ended)
        failed += bool(reasons)
        found = splats_of(console, results)
        detail = "; ".join(reasons) or "; ".join(
            "as expected: %s: %s" % (kind, found[kind]) for kind in run.wants)
        if run.icount:
            detail += " ".join(re.findall(r"# metric (cost\w* \d+)", results))
        print("%s\t%s\t%.1f\t%s" % (name, "FAIL" if reasons else "PASS",
                                    seconds, detail), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
