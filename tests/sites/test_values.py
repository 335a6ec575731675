# SPDX-License-Identifier: GPL-2.0-only
"""What a patch source relies on in numbers, and what it says of what it did."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from support import GUPCONV, ROOT

BIOS = ROOT / "kernel-patches" / "core" / "0003b-gup-pages-in-bios"
DONE, NOT_NEEDED, MISFIT = 0, 1, 3

needs_spatch = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")

LADLE = """enum {
\tLADLE_WET,
\tLADLE_HOT,
\tLADLE_LAST
};
#define LADLE_ROOM 4
"""

SOURCE = """[source]
eras=none

[value]
1=ladle.h: LADLE_LAST < LADLE_ROOM
2=ladle.h: LADLE_NONE
2-if=ladle.h: LADLE_NONE

[edits]
1=before flag ladle.h: ^\tLADLE_LAST
1-unless=value ladle.h: LADLE_LAST == 3
2=delete ladle.h: ^#define
2-if=! ladle.h: COLD && value ladle.h: LADLE_LAST == 3

[result]
1=value ladle.h: LADLE_LAST == 3
2=! ladle.h: SPOON
"""

MESSAGE = """ladle: one flag more

It is needed.

#if ladle.h: LADLE_COLD
LADLE_COLD is it.

#if ! ladle.h: LADLE_COLD && value ladle.h: LADLE_LAST == 3
There was one, and
no other.
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def ladle(folder: Path, header: str, ini: str = SOURCE) -> tuple[Path, Path]:
    write(folder / "0001-ladle/source.ini", ini)
    write(folder / "0001-ladle/message", MESSAGE)
    write(folder / "0001-ladle/frag/flag", "\tLADLE_COLD,\n")
    write(folder / "tree/ladle.h", header)
    return folder / "0001-ladle", folder / "tree"


def apply(source: Path, tree: Path, *more: str | Path) -> tuple[int, str]:
    done = subprocess.run([GUPCONV, "apply", "-v", source, "--tree", tree, *more],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_numbers_that_fit(tmp_path: Path) -> None:
    source, tree = ladle(tmp_path, LADLE)
    code, said = apply(source, tree, "--message", tmp_path / "said")
    assert (code, said) == (DONE, "")
    assert "\tLADLE_COLD,\n\tLADLE_LAST\n" in (tree / "ladle.h").read_text()
    assert (tmp_path / "said").read_text() == \
        "ladle: one flag more\n\nIt is needed.\n\nLADLE_COLD is it.\n"


def test_the_other_shape(tmp_path: Path) -> None:
    source, tree = ladle(tmp_path, LADLE.replace("\tLADLE_HOT,\n", "\tLADLE_HOT,\n\tLADLE_OLD,\n"))
    code, said = apply(source, tree, "--message", tmp_path / "said")
    assert (code, said) == (DONE, "")
    assert "#define" not in (tree / "ladle.h").read_text()
    assert (tmp_path / "said").read_text() == \
        "ladle: one flag more\n\nIt is needed.\n\nThere was one, and\nno other.\n"


@pytest.mark.parametrize(("change", "said"), [
    (("ROOM 4", "ROOM 2"), "ladle.h: LADLE_LAST < LADLE_ROOM: not so; LADLE_LAST is 2, LADLE_ROOM is 2"),
    (("#define LADLE_ROOM 4", ""), "ladle.h: LADLE_LAST < LADLE_ROOM: the headers do not define LADLE_ROOM"),
    (("\tLADLE_HOT", "#ifdef CONFIG_HOT\n\tLADLE_HOT"),
     "ladle.h: LADLE_LAST < LADLE_ROOM: the configuration decides on the value of LADLE_LAST"),
])
def test_numbers_that_do_not_fit(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    """One line, and nothing is written."""
    header = LADLE.replace(*change)
    source, tree = ladle(tmp_path, header)
    assert apply(source, tree, "--message", tmp_path / "said") == \
        (MISFIT, f"gupconv: error: 0001-ladle: the tree does not fit: {said}\n")
    assert (tree / "ladle.h").read_text() == header
    assert not (tmp_path / "said").exists()


def test_a_result_that_is_no_good(tmp_path: Path) -> None:
    source, tree = ladle(tmp_path, LADLE, SOURCE.replace("LAST == 3\n2=!", "LAST == 4\n2=!"))
    code, said = apply(source, tree)
    assert code == MISFIT
    assert "only a part of it matched" in said
    assert (tree / "ladle.h").read_text() == LADLE


DEFINES = """struct bio {
\tunsigned short\t\tbi_flags;
\tunsigned short\t\tbi_vcnt;

\t/*
\t * Everything starting with bi_max_vecs will be preserved by bio_reset()
\t */
\tunsigned short\t\tbi_max_vecs;
};
#define BIO_ISSUE_SIZE_BITS     12
#define BIO_SEG_VALID\t1
#define BIO_QUEUE_ENTERED 11
#define BVEC_POOL_NR\t\t6
#define BVEC_POOL_BITS\t\t(3)
#define BVEC_POOL_OFFSET\t(16 - BVEC_POOL_BITS)
#define BIO_RESET_BITS\tBVEC_POOL_OFFSET
"""
TAKEN = DEFINES.replace("ENTERED 11\n", "ENTERED 11\n#define BIO_TRACKED 12\n")
NUMBERS = "".join(f"\tBIO_{n},\n" for n in range(11)) + "\tBIO_QUEUE_ENTERED,\n"
ENUM = DEFINES.replace("#define BIO_SEG_VALID\t1\n#define BIO_QUEUE_ENTERED 11\n",
                       "enum {\n" + NUMBERS + "\tBIO_FLAG_LAST\n};\n")
FULL = ENUM.replace("\tBIO_FLAG_LAST", "\tBIO_TRACKED,\n\tBIO_FLAG_LAST")

BIO_TREE = {
    "include/linux/mm.h": "static inline void put_user_page(struct page *page)\n{\n}\n",
    "include/linux/bio.h": "static inline void bio_clear_flag(struct bio *bio)\n{\n}\n",
    "include/linux/pipe_fs_i.h": "bool generic_pipe_buf_get(struct pipe_buffer *);\n",
    "mm/Kconfig": "config GUP_BENCHMARK\n\tbool\n",
    "block/bio.c": "void ladle(struct bio *bio)\n{\n\tiov_iter_get_pages(iter, p);\n"
                   "\tput_page(bvec->bv_page);\n}\n",
    "fs/direct-io.c": "struct dio {\n\tbool should_dirty;\n};\n\n"
                      "static inline unsigned dio_pages_present(struct dio_submit *sdio)\n{\n"
                      "\treturn iov_iter_get_pages(iter, p);\n}\n\n"
                      "static inline int dio_bio_add_page(struct dio_submit *sdio)\n{\n"
                      "\tput_page(page);\n\treturn 0;\n}\n",
    "fs/splice.c": "static const struct pipe_buf_operations user_page_pipe_buf_ops = {\n"
                   "\t.release = page_cache_pipe_buf_release,\n};\n",
}


def bios(folder: Path, types: str) -> Path:
    for path, text in BIO_TREE.items():
        write(folder / path, text)
    write(folder / "include/linux/blk_types.h", types)
    return folder


@needs_spatch
@pytest.mark.parametrize(("types", "flag"), [
    (DEFINES, True), (TAKEN, False), (ENUM, True), (FULL, False),
], ids=["defines", "number-taken", "enum", "enum-full"])
def test_a_place_for_the_kind_of_a_bio(tmp_path: Path, types: str, flag: bool) -> None:
    """A flag where there is a number for it; else a member, and no bit of the bvec pool."""
    tree = bios(tmp_path / "tree", types)
    code, said = apply(BIOS, tree, "--message", tmp_path / "said")
    assert code == DONE, said
    made = (tree / "include/linux/blk_types.h").read_text()
    header = (tree / "include/linux/bio.h").read_text()
    assert ("BIO_GUP_PAGES" in made) == flag
    assert ("bi_gup_pages;" in made) != flag
    assert ("BUILD_BUG_ON(BIO_GUP_PAGES >= BVEC_POOL_OFFSET);" in header) == flag
    assert ("BUILD_BUG_ON(offsetof(struct bio, bi_gup_pages) >=" in header) != flag
    said = (tmp_path / "said").read_text()
    assert ("BIO_GUP_PAGES" in said) == flag
    assert ("bi_gup_pages" in said) != flag


@pytest.mark.parametrize(("change", "said"), [
    (("BIO_RESET_BITS\tBVEC_POOL_OFFSET", "BIO_RESET_BITS\t14"),
     "BIO_RESET_BITS <= BVEC_POOL_OFFSET: not so; BIO_RESET_BITS is 14, BVEC_POOL_OFFSET is 13"),
    (("unsigned short\t\tbi_flags", "u8\t\tbi_flags"),
     "not so; BVEC_POOL_OFFSET is 13, BVEC_POOL_BITS is 3, bio.bi_flags has 8 bits"),
])
def test_flags_that_are_laid_out_otherwise(tmp_path: Path, change: tuple[str, str],
                                           said: str) -> None:
    tree = bios(tmp_path / "tree", DEFINES.replace(*change))
    code, line = apply(BIOS, tree)
    assert code == MISFIT
    assert said in line
    assert line.count("\n") == 1
