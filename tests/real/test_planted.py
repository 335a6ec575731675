# SPDX-License-Identifier: GPL-2.0-only
"""Calls planted in a scratch copy of a whole kernel are found."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from planting import check, plant, scratch_copy
from support import index, rows

SEED = 20190804


def test_planted_calls_are_found(indexed, tmp_path: Path) -> None:
    # Beside the tree, so that hard links work where it can be written.
    try:
        folder = Path(tempfile.mkdtemp(prefix=".gupconv-planted-", dir=indexed.tree.parent))
    except OSError:
        folder = tmp_path / "planted"
        folder.mkdir()
    try:
        tree = scratch_copy(indexed.tree, folder / "tree")
        # Other files of the same tree stay as they are: their rows prove nothing here.
        files = sorted(str(path.relative_to(tree)) for top in
                       ("block", "crypto", "drivers", "fs", "kernel", "net", "sound")
                       for path in (tree / top).rglob("*.c"))
        chosen = random.Random(SEED).sample(files, 40)
        planted = plant(tree, chosen, 60, SEED)
        index(tree, tmp_path / "x.db")
        wrong = check(planted, rows("sites", tmp_path / "x.db", "--role", "acquire"))
        print(f"note: {indexed.version}: {len(planted)} planted, {len(wrong)} not found as planted")
        assert not wrong, "\n".join(wrong)
    finally:
        shutil.rmtree(folder)
