# SPDX-License-Identifier: GPL-2.0-only
"""The parts by themselves: subjects, grouping, what a text shows."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import POND, POND_AFTER, ROOT, char, pinned
from gupconv_reports import (changes, message, outcome, output, reasons,
                             store, subject)
from gupconv_reports.failure import Failure
from gupconv_reports.grouping import units
from gupconv_reports.reasons import Reason
from gupconv_reports.store import EditedFile, Owner, PatchedFile, Site


def site(path: str, line: int, callee: str, target: str, group: int = 1,
         role: str = "release", function: str = "f") -> Site:
    because = Reason("", "because", "because")
    return Site(line, path, line, function, callee, role, "", "unconverted", target, None, group,
                because, "converted", "single", target, because)


def test_database_version_is_that_of_the_c_side() -> None:
    found = re.search(r"#define DB_VERSION (\d+)", (ROOT / "db" / "db.h").read_text())
    assert found and int(found[1]) == store.DB_VERSION


def patched(*files: tuple[str, str, bool]) -> dict[str, PatchedFile]:
    """Of each file: its path, the module that it goes into, and whether its section is an umbrella."""
    return {path: PatchedFile("", umbrella, "x86", (Owner(str(Path(path).parent), module, (), True),)
                              if module else ()) for path, module, umbrella in files}


def test_an_object_of_another_part_of_the_tree_is_spelled_as_its_makefile_does() -> None:
    owner = Owner("arch/x86/kvm", "kvm", (), True, "../../../virt/main.o")
    assert owner.spelled("virt/main.o") == "arch/x86/kvm/../../../virt/main.o"
    assert Owner("virt", "kvm", (), True, "main.o").spelled("virt/main.o") == "virt/main.o"


def edited(path: str, section: str) -> EditedFile:
    return EditedFile(path, section, "", b"")


def grouped(known: dict[str, PatchedFile], files: list[EditedFile], sites: list[Site]
            ) -> list[tuple[str, ...]]:
    return [unit.paths for unit in units(files, sites, known)]


def test_an_umbrella_is_split_by_driver_and_a_driver_is_not() -> None:
    known = patched(("drivers/char/one.c", "one", True), ("drivers/char/two.c", "two", True),
                    ("drivers/char/gadget/a.c", "a", False), ("drivers/char/gadget/b.c", "b", False))
    files = [edited("drivers/char/two.c", "CHAR DRIVERS"),
             edited("drivers/char/one.c", "CHAR DRIVERS"),
             edited("drivers/char/gadget/b.c", "GADGET DRIVER"),
             edited("drivers/char/gadget/a.c", "GADGET DRIVER")]
    assert grouped(known, files, []) == [
        ("drivers/char/gadget/a.c", "drivers/char/gadget/b.c"),
        ("drivers/char/one.c",), ("drivers/char/two.c",)]


def test_what_changes_together_travels_together() -> None:
    known = patched(("drivers/char/one.c", "one", True), ("fs/pond/pages.c", "pond", False))
    files = [edited("drivers/char/one.c", "CHAR DRIVERS"),
             edited("fs/pond/pages.c", "POND FILE SYSTEM")]
    sites = [site(file.path, 3, "put_page", "unpin_user_page", group=7) for file in files]
    assert grouped(known, files, sites) == [("drivers/char/one.c", "fs/pond/pages.c")]


@pytest.mark.parametrize("path, expected", [
    ("drivers/gpu/drm/acme/acme_gem.c", "drm/acme"),
    ("drivers/infiniband/hw/acme/pages.c", "RDMA/acme"),
    ("drivers/media/pci/acme/udma.c", "media: udma"),
    ("drivers/staging/acme/a/b.c", "staging: acme"),
    ("drivers/tee/tee.c", "tee"),
    ("drivers/vfio/vfio_acme.c", "vfio/acme"),
    ("drivers/misc/acme.c", "misc: acme"),
    ("fs/exec.c", "fs/exec"),
    ("fs/pond/pages.c", "pond"),
    ("mm/memory.c", "mm/memory"),
    ("kernel/events/uprobes.c", "uprobes"),
    ("kernel/futex/core.c", "futex"),
    ("net/rds/info.c", "net/rds"),
    ("arch/s390/kvm/interrupt.c", "KVM: s390"),
    ("arch/powerpc/mm/iommu.c", "powerpc/mm"),
])
def test_subject_prefix(path: str, expected: str) -> None:
    assert subject.prefix((path,), {}) == expected


def test_subject_prefix_is_the_module() -> None:
    known = patched(("drivers/misc/acme_main.c", "acme", True), ("drivers/misc/acme_io.c", "acme", True))
    assert subject.prefix(tuple(known), known) == "misc: acme"


@pytest.mark.parametrize("paths, expected", [
    (("kernel/events/core.c", "kernel/events/uprobes.c"), "perf/core, uprobes"),
    (("fs/a.c", "fs/b.c", "fs/c.c"), "fs"),
    (("net/rds/info.c", "net/rds/rdma.c"), "net/rds"),
    (("drivers/tee/tee.c", "drivers/tee/tee.h"), "tee"),
    (("drivers/net/a.c", "fs/b.c", "mm/c.c"), "treewide"),
])
def test_subject_prefix_of_several(paths: tuple[str, ...], expected: str) -> None:
    assert subject.prefix(paths, {}) == expected


@pytest.mark.parametrize("changed, expected", [
    ([("put_page", "put_user_page")], "convert put_page() to put_user_page()"),
    ([("put_page", "put_user_page"), ("put_page", "put_user_pages_dirty_lock")],
     "convert put_page() to put_user_page*()"),
    ([("get_user_pages", "pin_user_pages"), ("get_user_pages_fast", "pin_user_pages_fast")],
     "convert get_user_pages*() to pin_user_pages*()"),
    ([("release_pages", "put_user_pages"), ("put_page", "put_user_page")],
     "convert put_page() to put_user_page*()"),
])
def test_title(changed: list[tuple[str, str]], expected: str) -> None:
    assert subject.title(changed) == expected


def test_a_long_subject_is_shortened() -> None:
    first = subject.prefix(("drivers/platform/acme/acme_very_long_pipe.c",), {})
    words = subject.subject(first, [("put_page", "put_user_pages_dirty_lock")])
    assert words == "platform: acme_very_long_pipe: convert to put_user_pages_dirty_lock()"


def test_a_conversion_is_what_the_site_became() -> None:
    sites = [site("a.c", 3, "get_user_pages_fast", "pin_user_pages_fast", role="acquire"),
             replace(site("a.c", 12, "put_page", "unpin_user_page"),
                     became="unpin_user_pages_dirty_lock"),
             replace(site("a.c", 13, "put_page", "put_user_page"), rule="sites/0010-pond"),
             replace(site("a.c", 14, "put_page", "put_user_page"), outcome="kept", became="")]
    assert [c.target for c in changes.conversions(sites)] == [
        "pin_user_pages_fast", "unpin_user_pages_dirty_lock"]


def test_effects_of_a_collapsed_dirty_loop() -> None:
    told = changes.effects([site("a.c", 12, "put_page", "", function="pond_drop")],
                           POND, POND_AFTER)
    assert told.loops_gone == ["pond_drop"]
    assert told.dirty_to_lock == {"set_page_dirty"}


def test_effects_of_a_single_call_are_none() -> None:
    told = changes.effects([site("a.c", 5, "put_page", "")], char("x"), pinned(char("x")))
    assert told == changes.Effects()


def test_a_form_feed_ends_no_line() -> None:
    before = "\f\n" * 9 + POND
    told = changes.effects([site("a.c", 3, "get_user_pages_fast", "", function="pond_take"),
                            site("a.c", 21, "put_page", "", function="pond_drop")],
                           before, "\f\n" * 9 + POND_AFTER)
    assert told.loops_gone == ["pond_drop"]


CALL = '["call-at","alloc_page","mm/a.c",12]'
LINK = '["way",["call-at","iov_iter_get_pages","fs/a.c",3],["list",["field","dio.pages"]]]'


@pytest.mark.parametrize("code, args, text, brief", [
    ("other-pages", f'[["list",{CALL}]]',
     "its pages come from alloc_page() at mm/a.c:12, none from an acquire",
     "its pages come from alloc_page(), none from an acquire"),
    ("other-pages", f'[["more",["list",{CALL},{CALL.replace("12", "13")}],2]]',
     "its pages come from alloc_page() at mm/a.c:12, alloc_page() at mm/a.c:13 and 2 more, "
     "none from an acquire",
     "its pages come from alloc_page() and others, none from an acquire"),
    ("also-of", f'[{LINK},["list",{CALL}]]',
     "pages of iov_iter_get_pages() at fs/a.c:3, by struct dio.pages; "
     "but also of alloc_page() at mm/a.c:12",
     "pages of iov_iter_get_pages(); but also of alloc_page()"),
    ("no code of the table", "[]", "no code of the table", "no code of the table"),
])
def test_reasons_that_differ_in_place_are_one(code: str, args: str, text: str,
                                              brief: str) -> None:
    connection = sqlite3.connect(":memory:")
    for name in ("schema", "reasons"):
        connection.executescript((ROOT / "db" / f"{name}.sql").read_text())
    sentences = reasons.load(connection)
    reason = sentences.reason(code, args)
    assert (reason.text, reason.brief) == (text, brief)
    assert connection.execute("SELECT reason_text(?, ?)", (code, args)).fetchone() == (text,)
    connection.close()


def test_an_acquire_is_done_when_all_its_releases_are() -> None:
    acquire = replace(site("a.c", 1, "get_user_pages", "get_user_pages", role="acquire"),
                      outcome="kept")
    done, not_done = site("a.c", 2, "put_page", "put_user_page"), \
        replace(site("a.c", 3, "put_page", ""), outcome="kept", state="unknown")
    words = [s.word for s in outcome.outcomes([acquire, done], [(1, 2)])]
    assert words == [outcome.CONVERTED, outcome.CONVERTED]
    words = [s.word for s in outcome.outcomes([acquire, done, not_done], [(1, 2), (1, 3)])]
    assert words == [outcome.LEFT, outcome.CONVERTED, outcome.LEFT]


def test_case_titles_come_from_the_tree() -> None:
    assert message.case_titles("CASE 2: RDMA\n----\nCASE 5: Pinning\n") == \
        {2: "RDMA", 5: "Pinning"}


@pytest.mark.parametrize("names, expected", [
    ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
    (list("abcdefg"), "a, b, c, d and 3 more"),
])
def test_listed(names: list[str], expected: str) -> None:
    assert message.listed(names) == expected


def test_publish_is_whole_and_quiet(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert output.publish(folder, {"0001-a.patch": b"a", "0002-b.patch": b"b"})
    before = (folder / "0001-a.patch").stat()
    assert not output.publish(folder, {"0001-a.patch": b"a", "0002-b.patch": b"b"})
    assert (folder / "0001-a.patch").stat() == before
    assert not list(tmp_path.glob(".out.*"))


def test_publish_takes_away_only_what_is_ours(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    output.publish(folder, {"0001-a.patch": b"a", "0002-b.patch": b"b"})
    (folder / "notes.txt").write_text("mine")
    assert output.publish(folder, {"0001-c.patch": b"c"})
    assert sorted(path.name for path in folder.iterdir()) == [
        output.MANIFEST, "0001-c.patch", "notes.txt"]


def test_publish_leaves_a_foreign_file_of_that_name(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "0001-a.patch").write_text("somebody else's")
    with pytest.raises(Failure, match="not written by gupconv"):
        output.publish(folder, {"0001-a.patch": b"a"})
    assert (folder / "0001-a.patch").read_text() == "somebody else's"
