# SPDX-License-Identifier: GPL-2.0-only
"""Where the markers of changed lines stand, and that the preprocessor meets them all there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from gupconv_reports import preprocess
from gupconv_reports.coverage import Place
from gupconv_reports.hunks import Hunk, hunks, marked, named

BEFORE = """\
#include "x.h"
#define TAKE(page) do { \\
\tget(page); \\
} while (0)

/* A word
 * about it. */ int ready;

static int run(int a,
\t       int b)
{
\tint ret = call(a,
\t\t       b);
#ifdef CONFIG_ON
\tret += 1;
#else
\tret += 2;
#endif
\treturn ret;
}
"""


def found(old: str, new: str, text: str = BEFORE) -> list[tuple[int, int, int, str]]:
    assert old in text
    return [(hunk.first, hunk.last, hunk.safe, named(hunk.guards))
            for hunk in hunks(text.encode(), text.replace(old, new).encode())]


@pytest.mark.parametrize("old, new, wanted", [
    ("\t\t       b);", "\t\t       b + 1);", [(13, 13, 13, "")]),
    ("\tget(page); \\\n", "\tpin(page); \\\n", [(3, 3, 2, "")]),
    ("about it. */ int ready;", "about it. */ int done;", [(7, 7, 6, "")]),
    ("about it.", "about all of it.", [(7, 7, 6, "")]),
    ("A word", "Words", []),
    ("\treturn ret;\n", "", [(19, 18, 19, "")]),
    ("\tret += 2;\n", "", [(17, 16, 17, "#else of #ifdef CONFIG_ON")]),
    ("\tret += 1;\n#else\n\tret += 2;\n", "\tret += 3;\n#else\n\tret += 4;\n",
     [(15, 15, 15, "#ifdef CONFIG_ON"), (17, 17, 17, "#else of #ifdef CONFIG_ON")]),
    ("#ifdef CONFIG_ON\n\tret += 1;\n#else\n\tret += 2;\n#endif\n", "", [(14, 13, 14, "")]),
    ('#include "x.h"', '#include "y.h"', [(1, 1, 1, "")]),
    ("\treturn ret;", "\n\t/* Done. */\n\treturn ret + 1;", [(21, 21, 21, "")]),
    ("\treturn ret;", "\treturn ret;\t// of b", [(19, 19, 19, "")]),
])
def test_places(old: str, new: str, wanted: list[tuple[int, int, int, str]]) -> None:
    assert found(old, new) == wanted


def test_a_new_file_is_all_changed() -> None:
    assert hunks(None, b"int a;\n\nint b;\n") == (Hunk(1, 3, 1, ()),)


def test_the_end_of_a_file() -> None:
    assert found("\treturn ret;\n}\n", "\treturn ret;\n}\nint more;\n") == [(21, 21, 21, "")]
    assert hunks(b"int a;\nint b;", b"int a;") == (Hunk(2, 1, 2, ()),)


def test_guards_of_headers_are_not_named() -> None:
    assert named(("#ifndef _LINUX_X_H", "#ifndef CONFIG_WITH_H", "#if A")) == \
        "#ifndef CONFIG_WITH_H, #if A"


@pytest.mark.parametrize("guards, wishes", [
    (("#ifdef CONFIG_A",), {"CONFIG_A": True}),
    (("#ifndef CONFIG_A", "#else of #ifdef CONFIG_B"), {"CONFIG_A": False, "CONFIG_B": False}),
    (("#if defined(CONFIG_A) && !defined(CONFIG_B)",), {"CONFIG_A": True, "CONFIG_B": False}),
    (("#if IS_ENABLED(CONFIG_A)",), {"CONFIG_A": True}),
    (("#elif !IS_REACHABLE(CONFIG_A) of #ifdef CONFIG_B",), {"CONFIG_A": False}),
    (("#else of #ifndef CONFIG_A",), {"CONFIG_A": True}),
    (("#if 0",), {}),
])
def test_what_guards_want(guards: tuple[str, ...], wishes: dict[str, bool]) -> None:
    assert Place(1, "x.c", Hunk(1, 1, 1, guards), 1).wishes == wishes


NASTY = r"""
#define BOTH(a, b) \
	((a) + /* not \
	a // comment */ (b))
#define NOTHING
/* " */ static const char *text = "/* no comment // \" \
	#if 0 ";
#if 0
	It isn't C: "
#elif 1 /* a
	comment */
static int one(int a)
{
	return BOTH(a /* of
		     two */,
		    NOTHING a) ? '"' : '\'';
}
#endif
struct pair {
	int a, \
	    b;
};
static inline int
two(void)
{
	asm volatile("nop\n"
		     "nop" : : :
		     "memory");
	return text[0] +
	       one(1);
}
"""


def test_the_compiler_meets_every_marker(tmp_path: Path) -> None:
    """One before each line in turn, in a text that has all that may stand in the way."""
    if not shutil.which("gcc"):
        pytest.skip("gcc is not there")
    lines = NASTY.split("\n")
    numbers, marks = set(), []
    for number, line in enumerate(lines, 1):
        changed = [*lines[:number - 1], line + " ", *lines[number:]]
        for hunk in hunks(NASTY.encode(), "\n".join(changed).encode()):
            marks.append((hunk.safe, number))
            numbers |= set() if "#if 0" in hunk.guards else {number}
    (tmp_path / "x.c").write_bytes(marked(NASTY.encode(), marks))
    (tmp_path / ".x.o.cmd").write_text("cmd_x.o := gcc -Wall -Werror -Wp,-MMD,x.d -c -o x.o x.c\n")
    kept = preprocess.kept(tmp_path, "x.o")
    assert (kept.error, set(kept.numbers)) == ("", numbers)
    assert len(numbers) > 20
    done = subprocess.run(["gcc", "-E", "-P", "-w", "x.c"], cwd=tmp_path, capture_output=True,
                          text=True, check=True)
    plain = subprocess.run(["gcc", "-E", "-P", "-w", "-xc", "-"], input=NASTY, text=True,
                           capture_output=True, check=True)
    assert re.sub(r"\s+", "", done.stdout) == re.sub(r"\s+", "", plain.stdout)


def test_the_words_of_the_compiler() -> None:
    notes = ("savedcmd_fs/x.o := gcc -Wp,-MMD,fs/.x.o.d -DNAME='\"x\"' -DHASH='$(pound)' "
             "-c -o fs/x.o ../fs/x.c  ; ./objtool fs/x.o\n\nsource_fs/x.o := ../fs/x.c\n")
    words = preprocess.command(notes)
    assert words == ["gcc", "-Wp,-MMD,fs/.x.o.d", '-DNAME="x"', "-DHASH=#", "-c", "-o", "fs/x.o",
                     "../fs/x.c"]
    assert preprocess.command("x.o: x.c\n") == []


def test_no_notes_and_an_error(tmp_path: Path) -> None:
    assert "no .cmd file" in preprocess.kept(tmp_path, "x.o").error
    if shutil.which("gcc"):
        (tmp_path / "x.c").write_text('#include "gone.h"\n')
        (tmp_path / ".x.o.cmd").write_text("cmd_x.o := gcc -c -o x.o x.c\n")
        assert "gone.h" in preprocess.kept(tmp_path, "x.o").error
