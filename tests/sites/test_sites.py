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
    values = dict(ini.items(title)).values() if ini.has_section(title) else []
    split = [value.split(": ", 1) for value in values]
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
    assert passed_over == (["0047-libceph-direct"] if version == "5.3" else [])
    for name in names:
        for path, function in listed(name) if codes[name] == DONE else []:
            text = (tree / path).read_text(errors="replace") if (tree / path).exists() else ""
            word = function.removeprefix("*_")
            assert "*" in word or not text or word in text or "tls" in path, (name, function)
