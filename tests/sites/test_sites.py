# SPDX-License-Identifier: GPL-2.0-only
"""Each patch source of kernel-patches/sites/ on a small tree that has its construct.

NAME/tree lies over common/, and NAME/expect says in lines of "PATH: REGEX" what has to be
there afterwards, with "! " before it what must not be. Without the construct the source is
passed over; where the construct is there but not in the shape that it knows, it fails.
"""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from support import GUPCONV, ROOT, real_tree

HERE = Path(__file__).resolve().parent
SITES = ROOT / "kernel-patches" / "sites"
CORE = ROOT / "kernel-patches" / "core"
NAMES = sorted(path.parent.name for path in SITES.glob("*/source.ini"))
DONE, NOT_NEEDED, MISFIT = 0, 1, 3

needs_spatch = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")


def apply(source: Path, tree: Path, base: Path | None = None) -> tuple[int, str]:
    more = ["--from", str(base)] if base else []
    done = subprocess.run([GUPCONV, "apply", "-v", source, "--tree", tree, *more],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def fixture(name: str, folder: Path) -> Path:
    shutil.copytree(HERE / "common", folder)
    shutil.copytree(HERE / name / "tree", folder, dirs_exist_ok=True)
    return folder


def texts(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): path.read_text()
            for path in sorted(tree.rglob("*")) if path.is_file()}


def group(name: str, title: str) -> list[tuple[list[str], re.Pattern[str]]]:
    """The conditions of a group, as paths and the pattern of a line."""
    ini = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    ini.read_string((SITES / name / "source.ini").read_text())
    entries = ini.items(title) if ini.has_section(title) else []
    split = [value.split(": ", 1) for key, value in entries if "-" not in key]
    return [(paths.split("|"), re.compile(regex)) for paths, regex in split]


def without(tree: Path, condition: tuple[list[str], re.Pattern[str]]) -> None:
    """The tree as it is, but for the lines that match."""
    paths, pattern = condition
    for path in (tree / path for path in paths if (tree / path).exists()):
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not pattern.search(line)))


def test_every_source_has_a_tree() -> None:
    assert NAMES == sorted(path.parent.name for path in HERE.glob("*/expect"))


@needs_spatch
@pytest.mark.parametrize("name", NAMES)
def test_applies(tmp_path: Path, name: str) -> None:
    tree = fixture(name, tmp_path / "tree")
    code, said = apply(SITES / name, tree)
    assert code == DONE, said
    for line in (HERE / name / "expect").read_text().splitlines():
        path, regex = line.removeprefix("! ").split(": ", 1)
        found = bool(re.search(regex, (tree / path).read_text(), re.MULTILINE))
        assert found != line.startswith("! "), line
    after = texts(tree)
    code, said = apply(SITES / name, tree)
    assert code == NOT_NEEDED, said
    assert texts(tree) == after


@pytest.mark.parametrize("name", NAMES)
def test_without_the_construct(tmp_path: Path, name: str) -> None:
    conditions = group(name, "construct")
    assert conditions
    for number, condition in enumerate(conditions):
        tree = fixture(name, tmp_path / str(number))
        without(tree, condition)
        before = texts(tree)
        code, said = apply(SITES / name, tree)
        assert code == NOT_NEEDED
        assert said == f"gupconv: {name}: the tree has no such construct\n"
        assert texts(tree) == before


@needs_spatch
@pytest.mark.parametrize("name", NAMES)
def test_another_shape(tmp_path: Path, name: str) -> None:
    """A construct of [present] is gone, or the releases have another name: no half a patch."""
    for number, condition in enumerate(group(name, "present")):
        tree = fixture(name, tmp_path / str(number))
        without(tree, condition)
        before = texts(tree)
        code, said = apply(SITES / name, tree)
        if code == NOT_NEEDED and "no such construct" in said:
            continue  # the same line is the construct
        assert code == MISFIT, said
        assert name in said
        assert "does not fit" in said
        assert texts(tree) == before


@needs_spatch
def test_frame_numbers_that_another_function_releases(tmp_path: Path) -> None:
    """The other shape of KVM's prefetching: there the references are exchanged before."""
    tree = fixture("0041-kvm", tmp_path / "tree")
    path = tree / "arch/x86/kvm/mmu.c"
    path.write_text(path.read_text().replace("\t\tput_page(pages[i]);\n", ""))
    assert apply(SITES / "0041-kvm", tree)[0] == DONE
    text = (tree / "virt/kvm/kvm_main.c").read_text()
    assert "\t\tuser_page_to_ref(pages[i]);\n\treturn n;\n" in text
    assert "put_user_page" not in path.read_text()


def changed_lines(name: str, folder: Path) -> list[tuple[str, int]]:
    """Path and number of each line of the tree that the source takes away or changes."""
    tree = fixture(name, folder)
    before = texts(tree)
    assert apply(SITES / name, tree)[0] == DONE
    after = texts(tree)
    return [(path, number) for path in before
            for tag, first, last, _, _ in SequenceMatcher(
                None, before[path].split("\n"), after[path].split("\n"), False).get_opcodes()
            if tag in ("replace", "delete") for number in range(first, last)]


def is_optional(name: str, path: str, line: str) -> bool:
    """There is an edit of that file only if it has such a line; or another edit if not."""
    ini = (SITES / name / "source.ini").read_text()
    if re.search(rf"^\d+-unless={re.escape(path)}: ", ini, re.MULTILINE):
        return True
    conditions = re.findall(r"^\d+-if=(.*?): (.*)$", ini.split("[result]")[0], re.MULTILINE)
    return any(path == file and re.search(regex, line) for file, regex in conditions) and \
        "[result]" not in ini


@needs_spatch
@pytest.mark.parametrize("name", NAMES)
def test_half_of_it(tmp_path: Path, name: str) -> None:
    """Without one of the lines that it changes: no patch, not half of one."""
    for count, (path, number) in enumerate(changed_lines(name, tmp_path / "whole")):
        tree = fixture(name, tmp_path / str(count))
        lines = (tree / path).read_text().split("\n")
        gone = lines.pop(number)
        if not re.search(r"^[^*]*\w\(", gone) or gone in lines or is_optional(name, path, gone):
            continue  # not a call, not the only one, or an edit that is not always made
        (tree / path).write_text("\n".join(lines))
        before = texts(tree)
        code, said = apply(SITES / name, tree)
        assert code != DONE, (path, gone)
        assert code == MISFIT or "no such construct" in said, said
        assert texts(tree) == before


def listed(name: str) -> list[tuple[str, str]]:
    entries = []
    for title in ("settles", "leaves"):
        ini = configparser.RawConfigParser(strict=False, delimiters=("=",),
                                           comment_prefixes=("#",))
        ini.read_string((SITES / name / "source.ini").read_text())
        values = dict(ini.items(title)).values() if ini.has_section(title) else []
        entries += [(path, function) for path, function in (v.split(": ", 1) for v in values)]
    return entries


def eras(name: str) -> list[str]:
    """Those that the source is meant for."""
    found = re.search(r"^eras=(.*)$", (SITES / name / "source.ini").read_text(), re.MULTILINE)
    assert found
    return found[1].split(";")


PIN_TREES = {
    "6.12": {"0110-extract-9p", "0111-extract-ceph", "0112-extract-tls", "0113-extract-nfs"},
    "6.1": {"0100-iov-iter-extract", "0101-blk-map-same-page", "0102-block", "0103-direct-io",
            "0120-af-alg", "0121-cifs-read-leak", "0122-cifs", "0123-fuse-file"},
}
"""Kernels with pins, and sources that have to be made there, among others."""


@needs_spatch
@pytest.mark.parametrize("version", PIN_TREES)
def test_real_tree_with_pins(tmp_path: Path, version: str) -> None:
    """All of them, one after the other, on a whole kernel: none fails."""
    tree, why = real_tree(version)
    if not tree:
        pytest.skip(f"{version}: {why}")
    work = tmp_path / "work"
    work.mkdir()
    codes = {}
    for name in (name for name in NAMES if "pin_user_pages" in eras(name)):
        codes[name], said = apply(SITES / name, work, tree)
        assert codes[name] in (DONE, NOT_NEEDED), said
    assert PIN_TREES[version] <= {name for name in codes if codes[name] == DONE}
    for name in (name for name in codes if codes[name] == DONE):
        for path, function in listed(name):
            text = (tree / path).read_text(errors="replace") if (tree / path).exists() else ""
            assert "*" in function or function in text, (name, function)


@needs_spatch
@pytest.mark.parametrize("version", ["5.3", "4.19"])
def test_real_tree(tmp_path: Path, version: str) -> None:
    """All of them, one after the other, on a whole kernel: none fails."""
    tree, why = real_tree(version)
    if not tree:
        pytest.skip(f"{version}: {why}")
    work = tmp_path / "work"
    work.mkdir()
    before = [path for path in sorted(CORE.glob("000[1-3]*")) if (path / "source.ini").exists()]
    codes = {}
    names = [name for name in NAMES if "put_user_page" in eras(name)]
    for source in (*before, *(SITES / name for name in names)):
        code, said = apply(source, work, tree)
        assert code in (DONE, NOT_NEEDED), said
        codes[source.name] = code
    passed_over = [name for name in names if codes[name] != DONE]
    gone = ["0047-libceph-direct", "0048-powerpc-iommu-cma"]
    assert passed_over == (gone if version == "5.3" else [])
    for name in names:
        for path, function in listed(name) if codes[name] == DONE else []:
            text = (tree / path).read_text(errors="replace") if (tree / path).exists() else ""
            word = function.removeprefix("*_")
            assert "*" in word or not text or word in text or "tls" in path, (name, function)


@needs_spatch
def test_a_record_without_a_struct_of_its_own(tmp_path: Path) -> None:
    """Before 5.1 tls keeps nothing in the skb, which is freed before the pages are released."""
    tree = fixture("0032-tls", tmp_path / "tree")
    (tree / "include/net/tls.h").write_text("struct tls_sw_context_rx {\n\tu8 control;\n};\n")
    path = tree / "net/tls/tls_sw.c"
    path.write_text(path.read_text().replace("\tfor_each_sg(", "\tkfree_skb(skb);\n\tfor_each_sg("))
    assert apply(SITES / "0032-tls", tree)[0] == DONE
    text = path.read_text()
    assert "\nstruct tls_msg {\n\tstruct strp_msg rxm;\n\tbool user_pages;\n};\n" in text
    assert "BUILD_BUG_ON(sizeof(struct tls_msg) > QDISC_CB_PRIV_LEN);" in text
    kept = text.index("\tuser_pages = tls_msg(skb)->user_pages;\n")
    assert kept < text.index("kfree_skb(skb);") < text.index("iov_iter_put_page(sg_page(sg), user_pages)")
    assert "user_pages" not in (tree / "include/net/tls.h").read_text()


@needs_spatch
def test_pages_of_a_request_that_are_named_otherwise(tmp_path: Path) -> None:
    """fuse of 5.4: the arguments of a request have the pages."""
    tree = fixture("0020-fuse", tmp_path / "tree")
    path = tree / "fs/fuse/file.c"
    path.write_text(path.read_text().replace("(req, io->", "(&ia->ap, io->").replace(
        "(struct fuse_req *req, bool", "(struct fuse_args_pages *ap,\n\t\t\t\t    bool").replace(
        "put_page(page)", "put_page(ap->pages[i])").replace(
        "lock(page)", "lock(ap->pages[i])"))
    code, said = apply(SITES / "0020-fuse", tree)
    assert code == DONE, said
    text = path.read_text()
    assert "\t\tiov_iter_put_page(ap->pages[i], io->user_pages);\n" in text
    assert "\tfuse_release_user_pages(&ia->ap, io);\n" in text


FOLDS = """
#define bool _Bool
#define IS_ENABLED(option) %d
#define BUILD_BUG_ON(condition) _Static_assert(!(condition), #condition)
#define test_bit(bit, word) (*(word) >> (bit) & 1)
#define set_bit(bit, word) (*(word) |= 1UL << (bit))
enum { PG_USER_PAGE = 5 };
struct page;
struct nfs_page { struct page *wb_page; unsigned long wb_flags; };
void get_page(struct page *page);
void put_page(struct page *page);
void put_user_page(struct page *page);
void dup_user_page(struct page *page);
%s
#ifdef PLAIN
void exchange(struct page *page) { }
void nfs_user(struct nfs_page *req) { }
void release(struct page *page, bool user) { put_page(page); }
void nfs_release(struct nfs_page *req) { put_page(req->wb_page); }
void many(struct page **pages, unsigned long n, bool user)
{
	unsigned long i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}
#else
void exchange(struct page *page) { user_page_to_ref(page); }
void nfs_user(struct nfs_page *req) { nfs_page_set_user(req); }
void release(struct page *page, bool user) { iov_iter_put_page(page, user); }
void nfs_release(struct nfs_page *req)
{
	iov_iter_put_page(req->wb_page, nfs_page_is_user(req));
}
void many(struct page **pages, unsigned long n, bool user)
{
	iov_iter_put_pages(pages, n, user);
}
#endif
"""


def machine_code(folder: Path, enabled: int, *more: str) -> str:
    frags = [SITES / "0010-iov-iter/frag/mm.h", SITES / "0023-nfs/frag/hold"]
    (folder / "folds.c").write_text(FOLDS % (enabled, "".join(f.read_text() for f in frags)))
    subprocess.run(["cc", "-w", "-O2", "-fno-asynchronous-unwind-tables", "-S", *more, "-o",
                    "folds.s", "folds.c"], cwd=folder, check=True)
    return (folder / "folds.s").read_text()


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler")
def test_nothing_is_left_where_nobody_counts(tmp_path: Path) -> None:
    """Exchanges of references and kinds of pages: the code is that of put_page() alone."""
    plain = machine_code(tmp_path, 0, "-DPLAIN")
    assert machine_code(tmp_path, 0) == plain
    assert machine_code(tmp_path, 1) != plain
