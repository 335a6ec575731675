# SPDX-License-Identifier: GPL-2.0-only
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "reports")]

MAINTAINERS = """\
List of maintainers

CHAR DRIVERS
M:\tCarla Char <carla@example.org>
L:\tchar@lists.example.org
S:\tMaintained
F:\tdrivers/char/

GADGET DRIVER
M:\tGerd Gadget <gerd@example.org>
S:\tMaintained
F:\tdrivers/char/gadget/

POND FILE SYSTEM
M:\tPaula Pond <paula@example.org>
L:\tpond@lists.example.org
S:\tMaintained
F:\tfs/pond/

THE REST
M:\tRita Rest <rita@example.org>
L:\trest@lists.example.org
S:\tBuried alive
F:\t*
F:\t*/
"""

GET_MAINTAINER = """\
open(my $f, '<', $ARGV[-1]) or die; my %s;
while (<$f>) { $s{$1}++ if m{^\\+\\+\\+ b/(\\S+)}; }
print "Paula Pond <paula\\@example.org>\\npond\\@lists.example.org\\n" if grep { m{^fs/pond/} } keys %s;
print "rest\\@lists.example.org\\n";
"""

CHECKPATCH = """\
open(my $f, '<', $ARGV[-1]) or die; my $bad = 0;
while (<$f>) { if (/^\\+.*[ \\t]$/) { print "$ARGV[-1]:$.: ERROR: trailing whitespace\\n"; $bad = 1; } }
open(my $c, '>', '.left-behind'); exit $bad;
"""

POND = """\
static int pond_take(struct pond *pond)
{
\treturn get_user_pages_fast(pond->start, pond->count, FOLL_WRITE, pond->pages);
}

static void pond_drop(struct pond *pond)
{
\tint i;

\tfor (i = 0; i < pond->count; i++) {
\t\tset_page_dirty(pond->pages[i]);
\t\tput_page(pond->pages[i]);
\t}
}
"""

POND_AFTER = POND.replace("get_user_pages_fast(", "pin_user_pages_fast(").replace("""\
\tint i;

\tfor (i = 0; i < pond->count; i++) {
\t\tset_page_dirty(pond->pages[i]);
\t\tput_page(pond->pages[i]);
\t}
""", """\
\tunpin_user_pages_dirty_lock(pond->pages, pond->count, true);
""")

CHAR = """\
static int %(name)s_once(struct page **page)
{
\tint ret = get_user_pages_fast(0, 1, 0, page);

\tput_page(*page);
\treturn ret;
}
"""


def char(name: str) -> str:
    return CHAR % {"name": name}


def pinned(text: str) -> str:
    return text.replace("get_user_pages_fast(", "pin_user_pages_fast(") \
        .replace("put_page(", "unpin_user_page(")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of the pin_user_pages era, small enough to read here."""
    texts = {
        "Makefile": "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 7\nEXTRAVERSION =\n",
        "MAINTAINERS": MAINTAINERS,
        "scripts/get_maintainer.pl": GET_MAINTAINER,
        "scripts/checkpatch.pl": CHECKPATCH,
        "Documentation/core-api/pin_user_pages.rst":
            "CASE 1: Direct IO (DIO)\n-----\nCASE 2: RDMA\n----\n",
        "fs/pond/Makefile": "obj-$(CONFIG_POND_FS) += pond.o\npond-y := main.o \\\n\tpages.o\n",
        "fs/Makefile": "obj-$(CONFIG_POND_FS)\t+= pond/\n",
        "fs/pond/pages.c": POND,
        "drivers/char/Makefile": "obj-y += one.o\nobj-$(CONFIG_TWO) += two.o\n",
        "drivers/char/one.c": char("one"),
        "drivers/char/two.c": char("two"),
        "drivers/char/gadget/Makefile": "obj-m += gadget.o\ngadget-objs := a.o b.o\n",
        "drivers/char/gadget/a.c": char("a"),
        "drivers/char/gadget/b.c": char("b"),
    }
    top = tmp_path / "tree"
    for path, text in texts.items():
        full = top / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)
    os.utime(top / "Makefile", (1_500_000_000, 1_500_000_000))
    return top


@pytest.fixture
def buildable(tree: Path) -> Path:
    import proving  # It needs this module.
    proving.make(tree)
    return tree


@pytest.fixture(autouse=True)
def somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user that git knows, and a cache of his own."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Some Body\n\temail = some@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("GUPCONV_VERSION", "0.0.1")
    monkeypatch.setenv("GUPCONV_PROGRAM", os.environ.get("GUPCONV") or str(ROOT / "build" / "gupconv"))
    for name in ("SOURCE_DATE_EPOCH", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("GUPCONV_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def python(module: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "reports")}
        return subprocess.run([sys.executable, "-m", f"gupconv_reports.{module}",
                               *map(str, words)], capture_output=True, text=True, env=env,
                              cwd=tmp_path, check=False)
    return python
