# SPDX-License-Identifier: GPL-2.0-only
from pathlib import Path

import pytest
from support import ERAS, TREES, index


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An index of each mini kernel."""
    folder = tmp_path_factory.mktemp("databases")
    for era in ERAS:
        index(TREES / era, folder / f"{era}.db")
    return {era: folder / f"{era}.db" for era in ERAS}
