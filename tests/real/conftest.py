# SPDX-License-Identifier: GPL-2.0-only
"""Whole kernels: Debian's 6.1, and those that GUPCONV_TREE_4_19 and so on name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from support import index, real_tree

VERSIONS = ("6.1", "5.3", "4.19", "6.12")


@dataclass(frozen=True)
class Indexed:
    version: str
    tree: Path
    db: Path  # a cold index by two workers
    said: str


@pytest.fixture(scope="session", params=VERSIONS)
def indexed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    tree, why = real_tree(request.param)
    if not tree:
        pytest.skip(f"{request.param}: {why}")
    db = tmp_path_factory.mktemp(request.param) / "cold.db"
    return Indexed(request.param, tree, db, index(tree, db, "-j", 2))
