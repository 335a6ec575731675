# SPDX-License-Identifier: GPL-2.0-only
"""gupconv convert and apply: groups, refusals, --only, --diff, twice, and interruption."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from linked import Bench, bench
from support import GUPCONV, dump, rows, run

pytestmark = pytest.mark.skipif(not shutil.which("spatch"), reason="spatch is not installed")

ONE = """\
long take(struct bag *bag, unsigned long addr)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, &bag->page);
}

void drop(struct bag *bag)
{
	put_page(bag->page);
}
"""

OTHER = """\
void drop_other(struct bag *bag)
{
	int i;

	for (i = 0; i < bag->n; i++)
		put_page(bag->pages[i]);
}
"""

UNPARSED = """\
void drop_strange(struct bag *bag)
{
	BAG_WALK(bag, <, { put_page(bag->page); })
}
"""


def outcomes(sites: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(site["callee"], site["outcome"]) for site in sites]


def tree_state(made: Bench) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(made.tree.rglob("*"))
            if path.is_file()}


def test_group_over_two_files(tmp_path: Path) -> None:
    made = bench(tmp_path, "pin_user_pages", {"a.c": ONE, "b.c": OTHER}, group=1)
    assert outcomes(made.convert()) == [("get_user_pages_fast", "converted"),
                                        ("put_page", "converted"), ("put_page", "converted")]
    assert "unpin_user_pages(bag->pages, bag->n);" in made.after("b.c")


@pytest.mark.parametrize("era", ["put_user_page", "pin_user_pages"])
def test_group_is_refused_whole(tmp_path: Path, era: str) -> None:
    made = bench(tmp_path, era, {"a.c": ONE, "b.c": UNPARSED}, group=1)
    sites = [site for site in made.convert() if site["callee"] == "put_page"]
    assert {site["outcome"] for site in sites} == {"refused"}
    assert made.after("a.c") == ONE
    assert "BAG_WALK()" in sites[1]["reason"]
    assert "b.c:3" in sites[0]["reason"]


def test_other_groups_of_the_file_go_on(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": OTHER + "\n" + UNPARSED})
    assert [site["outcome"] for site in made.convert()] == ["converted", "refused"]
    assert made.after("a.c").endswith(UNPARSED)


def test_stale_index(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": OTHER})
    (made.tree / "a.c").write_text("\n" + OTHER)
    sites = made.convert()
    assert [site["outcome"] for site in sites] == ["refused"]
    assert "index again" in sites[0]["reason"]


@pytest.mark.parametrize(("era", "state", "acquire"), [
    ("pin_user_pages", "mixed", "refused"), ("put_user_page", "mixed", "kept"),
    ("put_user_page", "unknown", "kept")])
def test_a_member_that_must_stay_stops_its_group(tmp_path: Path, era: str, state: str,
                                                 acquire: str) -> None:
    made = bench(tmp_path, era, {"a.c": ONE, "b.c": OTHER}, group=1)
    with sqlite3.connect(made.db) as db:
        db.execute("UPDATE decision SET state = ?, target = '', reason = 'two kinds' "
                   "WHERE call_id = 3", (state,))
    sites = made.convert()
    assert [site["outcome"] for site in sites] == [acquire, "refused", "kept"]
    assert sites[1]["reason"] == "its group stays: b.c:6 put_page(): two kinds"


def test_a_decoy_of_the_file_stops_nothing(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": ONE, "b.c": OTHER})
    with sqlite3.connect(made.db) as db:
        db.execute("UPDATE decision SET state = 'keep', target = 'keep' WHERE call_id = 3")
    assert [site["outcome"] for site in made.convert()] == ["kept", "converted", "kept"]


def test_tree_is_not_written_and_twice_is_the_same(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": ONE, "b.c": OTHER})
    before = tree_state(made)
    first = made.convert()
    kept = dump(made.db)
    assert made.convert() == first
    assert dump(made.db) == kept
    assert tree_state(made) == before


def test_jobs_do_not_matter(tmp_path: Path) -> None:
    texts = {f"f{i}.c": OTHER.replace("drop_other", f"drop_{i}") for i in range(6)}
    dumps = set()
    for jobs in (1, 4):
        made = bench(tmp_path / "same", "put_user_page", texts)
        made.convert("-j", jobs)
        dumps.add(dump(made.db))
        shutil.rmtree(tmp_path / "same")
    assert len(dumps) == 1


def test_dry_run(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER})
    before = dump(made.db)
    assert outcomes(made.convert("--dry-run")) == [("put_page", "converted")]
    assert dump(made.db) == before


def test_diff_applies(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": ONE, "sub/b.c": OTHER})
    text = made.diff()
    subprocess.run(["git", "apply", "-"], input=text, text=True, cwd=made.tree, check=True)
    for path in ("a.c", "sub/b.c"):
        assert (made.tree / path).read_text() == made.after(path)


def test_diff_without_final_newline(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER.rstrip("\n")})
    text = made.diff()
    assert "\\ No newline at end of file" in text
    subprocess.run(["git", "apply", "-"], input=text, text=True, cwd=made.tree, check=True)
    assert (made.tree / "b.c").read_text() == made.after("b.c")


@pytest.mark.parametrize(("only", "changed"), [
    ("a.c", {"a.c"}), ("sub", {"sub/b.c"}), ("sub/b.c:6", {"sub/b.c"}), ("2", {"a.c"}),
    ("nothing/like/it", set())])
def test_only(tmp_path: Path, only: str, changed: set[str]) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": ONE, "sub/b.c": OTHER})
    made.convert("--only", only)
    texts = {"a.c": ONE, "sub/b.c": OTHER}
    assert {path for path, text in texts.items() if made.after(path) != text} == changed


def test_only_brings_its_group(tmp_path: Path) -> None:
    made = bench(tmp_path, "pin_user_pages", {"a.c": ONE, "b.c": OTHER}, group=1)
    made.convert("--only", "b.c")
    assert "pin_user_pages_fast" in made.after("a.c")


def test_same_name_under_two_conditions(tmp_path: Path) -> None:
    text = ("#ifdef CONFIG_A\n" + OTHER + "#else\n" +
            OTHER.replace("bag->n;", "bag->most;") + "#endif\n")
    made = bench(tmp_path, "put_user_page", {"b.c": text})
    made.convert()
    assert made.after("b.c").count("int i;") == 0
    assert "put_user_pages(bag->pages, bag->most);" in made.after("b.c")


def test_crlf_and_odd_bytes_stay(tmp_path: Path) -> None:
    odd = "/* caf\u00e9, \u00bd */\nint odd;   \n\n\n  int more ;\n\t \n"
    made = bench(tmp_path, "put_user_page", {"b.c": odd + OTHER + odd.replace("odd", "even")})
    made.convert()
    after = made.after("b.c")
    assert after.startswith(odd)
    assert after.endswith(odd.replace("odd", "even"))


def many(tmp_path: Path) -> tuple[Bench, Path]:
    """Files enough for a signal to come between, and the folder of scratch trees."""
    texts = {f"f{i}.c": OTHER.replace("drop_other", f"drop_{i}") for i in range(12)}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return bench(tmp_path, "put_user_page", texts), scratch


def interrupted(db: Path, scratch: Path, action: signal.Handlers) -> int:
    """The exit code of a convert that gets SIGINT at work, with that action for it."""
    child = subprocess.Popen([GUPCONV, "convert", "--db", db, "-j", "1"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             env=dict(os.environ, TMPDIR=str(scratch)),
                             preexec_fn=lambda: signal.signal(signal.SIGINT, action))
    while child.poll() is None and not any(scratch.iterdir()):
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    child.communicate()
    return child.returncode


def test_interrupt_leaves_nothing(tmp_path: Path) -> None:
    made, scratch = many(tmp_path)
    before = dump(made.db)
    assert interrupted(made.db, scratch, signal.SIG_DFL) == -signal.SIGINT
    assert dump(made.db) == before
    assert not list(scratch.iterdir())


def test_ignored_interrupt_ends_nothing(tmp_path: Path) -> None:
    """As in a job in the background."""
    made, scratch = many(tmp_path)
    assert interrupted(made.db, scratch, signal.SIG_IGN) == 0
    assert {site["outcome"] for site in rows("convert", made.db)} == {"converted"}


def spatch_that(tmp_path: Path, does: str) -> dict[str, str]:
    """An environment in which spatch is a script; the CPU seconds that it has are in $limit."""
    shim = tmp_path / "bin" / "spatch"
    shim.parent.mkdir()
    shim.write_text(f"#!/bin/sh\nlimit=$(ulimit -t)\n{does}\n")
    shim.chmod(0o755)
    return dict(os.environ, PATH=f"{shim.parent}:{os.environ['PATH']}")


def test_spatch_has_a_limit_of_cpu_time(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER})
    env = spatch_that(tmp_path, f'echo $limit >>{tmp_path}/limits; exec {shutil.which("spatch")} "$@"')
    run("convert", "--db", made.db, env=env)
    assert [site["outcome"] for site in rows("convert", made.db)] == ["converted"]
    limits = {int(line) for line in (tmp_path / "limits").read_text().split()}
    assert limits and min(limits) >= 60 and max(limits) <= 60 * 10


def test_spatch_that_computes_too_long_is_said(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER})
    done = run("convert", "--db", made.db, env=spatch_that(tmp_path, "kill -XCPU $$"))
    assert "spatch failed: it took more CPU time than it may" in done.stderr
    assert [site["outcome"] for site in rows("convert", made.db)] == ["refused"]


def test_bad_input(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER})
    for args, code in ((["--db", tmp_path / "none.db"], 3), (["--db", made.tree / "b.c"], 3),
                       (["--db", made.db, "--format", "xml"], 2),
                       (["--db", made.db, "-j", "0"], 2), (["--db", made.db, "--nonsense"], 2)):
        done = run("convert", *args, code=code)
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
    shutil.rmtree(made.tree)
    assert "gone" in run("convert", "--db", made.db, code=3).stderr


def test_no_spatch(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"b.c": OTHER})
    done = run("convert", "--db", made.db, code=4, env=dict(os.environ, PATH="/nonexistent"))
    assert "coccinelle" in done.stderr


def source(folder: Path, ini: str, **files: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "source.ini").write_text(ini)
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


INI = """\
[source]
eras=none
[present]
1=h.h: ^int old\\(
[absent]
1=h.h: ^int new\\(
[edits]
1=after line h.h: ^int old\\(
2=calls.cocci: =old\\(1\\)
2-if=h.h: ^int new
"""
CALLS = "@@ @@\n- old(1)\n+ new(1)\n"


def test_apply_over_another_tree(tmp_path: Path) -> None:
    tree, work = tmp_path / "tree", tmp_path / "work"
    tree.mkdir()
    work.mkdir()
    (tree / "h.h").write_text("int old(int);\n")
    (tree / "c.c").write_text("void f(void)\n{\n\told(1);\n\tif (x)\n            g();\n}\n")
    folder = source(tmp_path / "0001-x", INI, frag__line="int new(int);\n")
    (folder / "calls.cocci").write_text(CALLS)
    args = ("apply", folder, "--tree", work, "--from", tree)
    assert run(*args, "--list").stdout.split() == ["c.c", "h.h"]
    assert not list(work.iterdir())
    assert run(*args).stdout.split() == ["c.c", "h.h"]
    assert (work / "h.h").read_text() == "int old(int);\nint new(int);\n"
    assert "            g();" in (work / "c.c").read_text()
    assert (tree / "c.c").read_text().count("old(1)") == 1
    assert run(*args, code=1).stdout == ""


def test_apply_names_what_is_missing(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "h.h").write_text("int other(int);\n")
    folder = source(tmp_path / "0001-x", INI, frag__line="int new(int);\n")
    done = run("apply", folder, "--tree", work, code=3)
    assert len(done.stderr.splitlines()) == 1
    assert "h.h: ^int old" in done.stderr
    assert (work / "h.h").read_text() == "int other(int);\n"


def test_rows_of_all_sites(tmp_path: Path) -> None:
    made = bench(tmp_path, "put_user_page", {"a.c": ONE})
    made.convert()
    assert len(rows("convert", made.db)) == 2


@pytest.mark.parametrize("text", [
    "void deep(struct bag *bag)\n{\n" + "if (bag)\n" * 1000 + "\tput_page(bag->page);\n}\n",
    "void deep(struct bag *bag)\n{\n" + "{" * 50000 + "\tput_page(bag->page);\n" + "}" * 50000,
    "void open(struct bag *bag)\n{\n\tif (bag) {\n\tput_page(bag->page);\n}\n/* no end",
    "void many(struct bag *bag)\n}}}}))))\n{\n\tput_page(bag->page);\n}\n",
    "#if A\nvoid f(struct bag *bag)\n{\n#else\nvoid f(void)\n{\n#endif\n\tput_page(bag->page);\n}\n",
], ids=["ifs", "braces", "open", "closed", "half"])
def test_hostile_text(tmp_path: Path, text: str) -> None:
    """The sites of a file are rows for any bytes in it, and the tree next to it goes on."""
    made = bench(tmp_path, "put_user_page", {"a.c": text, "b.c": OTHER})
    sites = made.convert()
    assert len(sites) == 2
    assert sites[1]["outcome"] == "converted"
    assert sites[0]["outcome"] == "converted" or made.after("a.c") == text


@pytest.mark.parametrize(("local", "outcome"), [("npages", "converted"), ("ppages", "refused")])
def test_the_name_of_an_added_pointer_is_free(tmp_path: Path, local: str, outcome: str) -> None:
    """cocci/extract.cocci declares a pointer to an array, by a name that the function has not."""
    text = (f"static int {local};\n\nlong take(struct iov_iter *iter)\n{{\n"
            "\tstruct page *pages[4];\n\tsize_t off;\n\n"
            f"\t{local} = 4;\n"
            f"\treturn iov_iter_get_pages2(iter, pages, LONG_MAX, {local}, &off);\n}}\n")
    made = bench(tmp_path, "pin_user_pages", {"a.c": text})
    assert outcomes(made.convert()) == [("iov_iter_get_pages2", outcome)]
    assert ("struct page **ppages = pages;" in made.after("a.c")) == (outcome == "converted")
