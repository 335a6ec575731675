# SPDX-License-Identifier: GPL-2.0-only
"""Mistakes planted in the releases of a whole kernel, as a patch: how many of them check sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from mistakes import OF_PINS, OF_THE_FUNCTION, doubled, put, removed, sample, seen, sites_of

SEED = 61
COUNT = 30
# Of thirty in 6.1. Those not seen are in docs/findings.md: pages that are the caller's, or a
# bio's; and one where the function has lost pages before anything is planted.
KINDS = {"unreleased": (removed, OF_THE_FUNCTION, 24), "double": (doubled, OF_THE_FUNCTION, 28),
         "mismatched": (put, OF_PINS, 28)}


@pytest.mark.parametrize("kind", KINDS)
def test_planted_mistakes_are_seen(indexed, kind: str, record_property, tmp_path: Path) -> None:
    if indexed.version != "6.1":
        pytest.skip("the floors are of 6.1")
    change, where, floor = KINDS[kind]
    planted = sample(indexed.tree, sites_of(indexed.db, where), COUNT, SEED)
    found = seen(indexed.tree, indexed.db, planted, change, kind, tmp_path)
    missed = [site for site in planted if site not in found]
    print(f"note: {indexed.version}: {len(found)} of {len(planted)} planted are {kind}")
    record_property("recall", round(len(found) / len(planted), 2))
    assert len(planted) == COUNT
    assert len(found) >= floor, "\n".join(f"{s.path}:{s.line} {s.function}" for s in missed)
