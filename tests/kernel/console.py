# SPDX-License-Identifier: GPL-2.0-only
"""The console of a test kernel, compared with the expected one."""

import re
from collections import Counter

from runs import Run

# A line of the console that is one of these is a splat, of the kind named.
SPLATS = [
    ("lockdep", r"possible (circular locking|recursive locking|irq lock)|"
                r"inconsistent lock state|bad unlock balance|"
                r"WARNING: (lock held|.*IRQ.*lock order)|suspicious RCU|"
                r"DEBUG_LOCKS_WARN_ON|Invalid wait context|"
                r"held lock freed"),
    ("atomic", r"BUG: (sleeping function called|scheduling while atomic)|"
               r"BUG: using .*preemptible"),
    ("dump", r"page dumped because: (unmovable page|migration failure|"
             r"isolation failed)"),
    ("kasan", r"BUG: KASAN|BUG: KFENCE|UBSAN:|page dumped because: kasan"),
    ("vm", r"page dumped because|BUG: Bad (page|rss)|BUG: non-zero"),
    ("list", r"list_(add|del) corruption"),
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
    r"\w+: loading out-of-tree module", r"module verification failed",
    r"sysrq: ", r"Could not switch to high resolution", r"SysRq", r"drop_caches: ", r"TSC ", r"tsc: ", r"Tasks state",
    r"hugetlb: ", r"HugeTLB", r"split_huge_pages", r"^\s*$", r"process '.*' started",
    r"mmap: .* uses deprecated remap_file_pages", r"workqueue: .* hogged CPU",
    r"filesystem being mounted at .* supports timestamps until",
    r"virtio_blk", r"Adding .*swap", r"taint", r"uses obsolete",
]))


def splats_of(console, results, known=""):
    """Kind -> first line, for each kind of splat that was printed. Lines that
    match KNOWN are none, nor is the [ cut here ] on top of such a line."""
    found = {}
    lines = [re.sub(r"^\[ *[\d.]+\](\[ *[CT]\d+\])? ", "", line.strip())
             for line in console.splitlines()]
    for line, following in zip(lines, lines[1:] + [""]):
        said = following if "[ cut here ]" in line else line
        if known and re.search(known, said):
            continue
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
        elif re.search(r"Out of memory: Kill|^Killed process", match[2]):
            out_of_memory = False
        elif not out_of_memory and not HARMLESS.search(match[2]):
            found.setdefault("kmsg", match[2])
    return found


PINS = r"# pins (-?\d+) now, (\d+) acquired, (\d+) released"


def unbalanced(results):
    """Why the kernel's counters do not meet, after all was released."""
    found = re.findall(PINS, results)
    if not found:
        return ["the kernel counts no pins"]
    now, acquired, released = map(int, found[-1])
    if now or acquired != released:
        return ["%d pins now, %d acquired, %d released" %
                (now, acquired, released)]
    return [] if acquired else ["nothing was pinned"]


def judge(run, console, results, ended):
    """The reasons why the run is not as expected; none: it passed."""
    reasons = []
    found = splats_of(console, results, run.known)
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
    if run.pins:
        reasons += unbalanced(results)
    if run.parts:
        parts = [re.match(r"#\s+(not )?ok \d+ (\w+)( # SKIP)?", line)
                 for line in lines]
        reasons += ["%s: %s was skipped" % (run.name, part[2])
                    for part in parts if part and part[3]]
        if not any(parts):
            reasons.append("none of its parts reported")
    if ended != "off" and not run.fails:
        reasons.append(ended)
    for kind in run.wants:
        if kind not in found:
            reasons.append("no splat of kind " + kind)
    for kind, line in found.items():
        asked = kind in run.wants or kind in run.allows
        if kind == "kmsg" and (set(run.wants) - {"oom"} or
                               "warn" in run.allows):
            continue
        if not asked:
            reasons.append("%s: %s" % (kind, line))
    if run.needs and run.needs not in console:
        reasons.append("the console does not name " + run.needs)
    return reasons


def compiler_warnings(log, tree):
    """How often each (file, text) is in a build's log: lines move, so they do
    not count, and the directory that a file is named by is the builder's."""
    def inside(name):
        parts = [part for part in name.split("/") if part not in ("", "..")]
        ends = ("/".join(parts[i:]) for i in range(len(parts)))
        return next((end for end in ends if (tree / end).exists()), name)
    found = re.findall(r"^(\S+?):\d+(?::\d+)?: warning: (.*)", log, re.M)
    return Counter((inside(name), text) for name, text in found)


def told(run, results):
    """The measurements of a run: its rounds, laps and costs."""
    found = re.findall(r"# metric (cost\w* \d+)" if run.icount else
                       r"# (?:metric |swap: )?((?!\w+_ms )(?:repro_\w+|pswpout) \d+|"
                       r"stress \d+: \d+ laps|pins .*released)", results)
    return " ".join(found) if run.icount else ", ".join(found)


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
        (Run("x", "boot", parts=True), "", good + "#   ok 1 a\n", "off", True),
        (Run("x", "boot", parts=True), "", good, "off", False),
        (Run("x", "boot", parts=True), "", good + "#   ok 2 b # SKIP\n", "off",
         False),
        (Run("x", "boot", pins=True), "", good, "off", False),
        *((Run("x", "boot", pins=True), "",
           good + "# pins %d now, %d acquired, %d released\n" % pins, "off",
           pins == (0, 7, 7))
          for pins in ((0, 7, 7), (1, 7, 6), (0, 7, 6), (0, 0, 0), (-1, 7, 7))),
        (Run("x", "boot", wants=("oom",)), "", good, "off", False),
        (Run("x", "boot", wants=("oom",)), "x invoked oom-killer\n",
         good + "# kmsg 4 odd\n", "off", False),
        (Run("x", "boot", wants=("oom",)), "x invoked oom-killer\n",
         good + "# kmsg 4 x invoked oom-killer\n# kmsg 4 Mem-Info\n"
         "# kmsg 3 Out of memory: Kill process 7\n"
         "# kmsg 3 Killed process 7\n", "off", True),
        (Run("x", "boot", wants=("kasan",)), "BUG: KASAN: x\n"
         "page dumped because: kasan: bad access detected\n", good, "off", True),
        *((Run("x", "boot", known="WARNING: .* odd"), text, good, "off", passes)
          for text, passes in (("[ cut here ]\nWARNING: an odd one\n", True),
                               ("[ cut here ]\nWARNING: another\n", False),
                               ("WARNING: odd\n", False))),
        # A message of memory that goes offline is about no bad page.
        *((Run("x", "boot", allows=("dump",)), line, good, "off", passes)
          for line, passes in (("page dumped because: unmovable page\n", True),
                               ("BUG: Bad page state in process x\n", False),
                               ("page dumped because: VM_BUG_ON_PAGE(1)\n",
                                False))),
    ]
    bad = [i for i, (r, c, t, e, ok) in enumerate(cases)
           if (not judge(r, c, t, e)) != ok]
    print("ok - judge" if not bad else "not ok - judge: cases %s" % bad)
    return 1 if bad else 0
