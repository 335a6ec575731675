# SPDX-License-Identifier: GPL-2.0-only
"""The runs, and what is expected of them on which tree."""

from dataclasses import dataclass, field


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
    append: str = ""         # further words for the kernel's command line
    # what the tree itself says when it does this, with the patches or without
    known: str = ""
    names_line: bool = False  # the console must name forgotten.c's put_page()
    parts: bool = False      # a part that was skipped is a failure
    pins: bool = False       # there were some, and all of them were released

    def time_limit(self, slower=1):
        """Of the whole boot: what a parameter asks for comes on top."""
        asked = int(self.params.get("stress", 0))
        return (self.seconds + asked) * slower


COSTS = ("nothing", "dio-4k", "dio-256k", "gup-64", "gup-1", "bench-1",
         "bench-128", "cold-1", "cold-128")


# config/iterators.config was asked for
ITERATORS = ("CONFIG_TLS=y", "CONFIG_NFSD_V4=y")

# config/direct.config was asked for
DIRECT = ("CONFIG_FUSE_FS=y", "CONFIG_XFS_FS=y", "CONFIG_SCSI_DEBUG=y",
          "CONFIG_CRYPTO_USER_API_HASH=y")


# 4.19 maps memory that it gets later with preemption on, which its own
# __flush_tlb_all() warns of when VM is debugged.
MAPS_MEMORY = (r"WARNING: .*/tlbflush\.h:\d+ "
               r"(phys_(p4d|pud|pmd)|kernel_physical_mapping)_init\b")


def catalogue(tree_state, config=""):
    """The runs, by name; the tree decides what is expected of it."""
    fixed = tree_state in ("activated", "activated-unchecked", "pin")
    tracked = fixed and tree_state != "pin" or tree_state in ("tracked",
                                                              "checked")
    checked = tree_state in ("checked", "activated")
    counted = checked or tree_state == "activated-unchecked"
    repro = dict(scenarios="repro", slow=True, seconds=320, pins=counted)
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
    kasan = "CONFIG_KASAN=y" in config
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
        *([Run("splat-kasan", "splat", {"splat": 6}, wants=("kasan",),
               allows=("warn",))] if kasan else []),
        reproducer,
        # Without the fix, a device's write into a file is what crashes; 6.1
        # warns of it.
        Run("selftest", "selftest",
            {"file": int(fixed), "direct": int(fixed and counted)},
            seconds=340, wants=("oom",), pins=counted),
        # Memory that is to go offline logs the page that keeps it. Whole
        # sections are set aside: 4.19 maps nothing less.
        Run("kinds", "kinds", seconds=180, allows=("dump", "kmsg"), parts=True,
            pins=counted, known=MAPS_MEMORY, append="movablecore=384M memmap=128M!512M"),
        Run("stress", "stress", {"stress": 30, "file": int(fixed)},
            seconds=210, pins=counted),
    ]
    if tree_state == "pin" and all(option in config for option in ITERATORS):
        # The server says that it has nobody to keep its clients' names.
        runs.append(Run("iterators", "iterators", seconds=150, parts=True,
                        pins=True, allows=("kmsg",)))

    if tree_state == "pin" and all(option in config for option in DIRECT):
        # The users of iterators that kernel-patches/sites/ converts.
        # A kernel without ACPI cannot turn itself off.
        runs.append(Run("direct", "direct", {"reboot": 1}, seconds=150,
                        parts=True, pins=True))
    if fixed and tree_state != "pin":
        runs.append(Run("kselftest", "kselftest", seconds=180,
                        pins=counted))
    for put, name in ((16, "put-page"), (17, "release-pages"),
                      (18, "put-twice")):
        where = {16: "test_gup_pins_unconverted_release",
                 17: "test_gup_pins_unconverted_batch",
                 18: "test_gup_pins_unpinned_release"}[put]
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
    if checked:
        runs.append(Run("unbalanced", "unbalanced", seconds=90, pins=True,
                        wants=("warn",), allows=("mismatch",),
                        needs="gup: the page was pinned by:"))
    if tree_state != "pin":
        # The name of the API that 6.1's drivers still may use.
        runs.append(Run("forgotten", "forgotten",
                        wants=("warn",) if checked else (),
                        allows=("mismatch",) if checked else
                        ("warn", "mismatch") if tracked else (),
                        names_line=checked))
    for which, name in enumerate(COSTS):
        runs.append(Run("cost-" + name, "cost", {"which": which, "mount": 0},
                        icount=True, only_by_name=True, seconds=300))
    return {run.name: run for run in runs}


def tree_state(tree, config):
    """The core patches that the tree has, read from the tree itself."""
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
