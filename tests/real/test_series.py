# SPDX-License-Identifier: GPL-2.0-only
"""The whole way on Debian's kernel (and on the others that are given)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import rows, run

ENV = {**os.environ, "GIT_AUTHOR_NAME": "A Tester", "GIT_AUTHOR_EMAIL": "tester@example.com",
       "GIT_COMMITTER_NAME": "A Tester", "GIT_COMMITTER_EMAIL": "tester@example.com",
       "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
# Files that have to be converted in the first real trees, by version.
CONVERTED = {
    "5.3": ("drivers/platform/goldfish/goldfish_pipe.c", "drivers/tee/tee_shm.c",
            "drivers/media/pci/ivtv/ivtv-udma.c", "kernel/futex.c",
            "drivers/gpu/drm/etnaviv/etnaviv_gem.c"),
}


@dataclass(frozen=True)
class Walked:
    version: str
    tree: Path
    db: Path
    series: Path
    table: str
    verdicts: list[dict[str, str]]


@pytest.fixture(scope="module")
def walked(indexed, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp(f"run-{indexed.version}")
    db = Path(shutil.copy(indexed.db, folder / "x.db"))
    done = run("run", indexed.tree, "-o", folder / "series", "--db", db, env=ENV)
    for line in done.stdout.splitlines():
        if re.match(r"\S", line):
            print(f"note: {indexed.version}: {line}")
    # A later series that differs takes them away: they are read here, whatever test comes first.
    verdicts = rows("sql", db, "SELECT outcome, reason FROM verdict")
    return Walked(indexed.version, indexed.tree, db, folder / "series", done.stdout, verdicts)


def patches_of(walked: Walked) -> list[Path]:
    return sorted(path for path in walked.series.glob("*.patch")
                  if not path.name.startswith("0000"))


def git(tree: Path, *args: str | Path) -> None:
    done = subprocess.run(["git", *args], cwd=tree, env=ENV, text=True, capture_output=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_patches_apply(walked: Walked, tmp_path: Path) -> None:
    """On a repository of the files that the series touches: git am looks at no others."""
    patches = patches_of(walked)
    assert len(patches) >= 3
    touched = {match for path in patches for match in re.findall(
        r"^(?:---|\+\+\+) [ab]/(\S+)", path.read_text(encoding="utf-8", errors="replace"), re.M)}
    git(tmp_path, "init", "-q", "repository")
    for name in sorted(touched):
        if (walked.tree / name).exists():
            (tmp_path / "repository" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(walked.tree / name, tmp_path / "repository" / name)
    git(tmp_path / "repository", "add", "-A", "-f")
    git(tmp_path / "repository", "commit", "-q", "-m", "before")
    git(tmp_path / "repository", "am", "-q", *patches)


def test_second_run_writes_the_same(walked: Walked, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in walked.series.glob("*.patch")}
    run("run", walked.tree, "-o", walked.series, "--db", walked.db, "--no-prove", env=ENV)
    after = {path.name: path.read_bytes() for path in walked.series.glob("*.patch")}
    assert before == after


def test_proofs(walked: Walked) -> None:
    verdicts = Counter(row["outcome"] for row in walked.verdicts)
    print(f"note: {walked.version}: objects {dict(verdicts)}")
    assert verdicts["proven"] and not verdicts["failed"] and not verdicts["warned"], verdicts
    assert not [row for row in walked.verdicts
                if row["outcome"] == "not-proven" and not row["reason"]]
    if walked.version in ("6.1", "6.12"):
        assert not [row for row in walked.verdicts
                    if row["outcome"] != "proven" and "is not installed" not in row["reason"]]
        assert verdicts["proven"] > 15


def planted(mail: str) -> str:
    """With a line that is no C behind the first that it adds to a .c file, where nothing
    compiles it."""
    found = re.search(r"(?s)\n\+\+\+ b/\S+\.c\n@@ -\S+ \+\d+,(\d+) @@.*?\n\+[^\n]*\n", mail)
    assert found
    lines = "+#ifdef CONFIG_GUPCONV_NOBODY_HAS_IT\n+this is not C, and nobody sees it\n+#endif\n"
    count = str(int(found[1]) + 3)
    return mail[:found.start(1)] + count + mail[found.end(1):found.end()] + lines + \
        mail[found.end():]


def test_garbage_that_is_not_compiled_is_named(walked: Walked, tmp_path: Path) -> None:
    mended = next(row for row in rows(
        "sql", walked.db, "SELECT p.name, v.object FROM patch AS p JOIN verdict AS v "
        "ON v.patch_id = p.id JOIN patch_file AS f ON f.patch_id = p.id WHERE p.source = '' "
        "AND v.outcome = 'proven' AND 1 = (SELECT count(*) FROM patch_file WHERE path = f.path) "
        "GROUP BY p.id HAVING count(DISTINCT f.path) = 1"))
    db = Path(shutil.copy(walked.db, tmp_path / "x.db"))
    shutil.copytree(walked.series, tmp_path / "series")
    mail = tmp_path / "series" / mended["name"]
    mail.write_text(planted(mail.read_text(encoding="utf-8")), encoding="utf-8")
    verdicts = rows("prove", db, "--series", tmp_path / "series")
    row = next(row for row in verdicts if row["object"] == mended["object"])
    assert row["outcome"] == "not-compiled", row
    assert "under #ifdef CONFIG_GUPCONV_NOBODY_HAS_IT" in row["reason"]


def test_pins_name_their_case(walked: Walked) -> None:
    if walked.version not in ("6.1", "6.12"):
        pytest.skip(f"{walked.version}: an era without pins")
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in patches_of(walked)]
    pins = [text for text in texts if re.search(r"^\+.*\bpin_user_pages\w*\(", text, re.M)]
    assert len(pins) >= 3
    for text in pins:
        message = text.split("\n---\n", 1)[0]
        assert re.search(r"CASE [1-5]", message), message


def test_files_of_the_acceptance_list(walked: Walked) -> None:
    wanted = CONVERTED.get(walked.version)
    if not wanted:
        pytest.skip(f"{walked.version}: has no list")
    have = {row["path"] for row in rows("sql", walked.db, "SELECT f.path FROM patch_file AS f "
                                        "JOIN patch AS p ON p.id = f.patch_id WHERE p.source = ''")}
    assert not set(wanted) - have
