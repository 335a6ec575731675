# SPDX-License-Identifier: GPL-2.0-only
"""Planted calls are found: in a mini kernel here, in a whole one in tests/real."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import check, plant
from support import ERAS, copy_tree, index, rows


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("era", ERAS)
def test_planted_calls_are_found(era: str, seed: int, tmp_path: Path) -> None:
    tree = copy_tree(era, tmp_path / "tree")
    files = sorted(str(path.relative_to(tree)) for top in ("drivers", "fs", "kernel", "net")
                   for path in (tree / top).rglob("*.c"))
    planted = plant(tree, files, 60, seed)
    index(tree, tmp_path / "x.db")
    wrong = check(planted, rows("sites", tmp_path / "x.db", "--role", "acquire"))
    assert not wrong, "\n".join(wrong)
