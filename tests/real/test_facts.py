# SPDX-License-Identifier: GPL-2.0-only
"""Links against a person's reading of 40 acquires, written down before the first run."""

from __future__ import annotations

import sys

import pytest
from support import TESTS

sys.path.insert(0, str(TESTS / "facts"))

from measure import measure_of  # noqa: E402


def test_links_against_a_reading(indexed, record_property) -> None:
    facts = TESTS / "facts" / f"v{indexed.version}.tsv"
    if not facts.exists():
        pytest.skip(f"no reading of {indexed.version}")
    measure = measure_of(indexed.db, facts)
    print(f"note: {indexed.version}: {measure}")
    record_property("recall", round(measure.recall, 2))
    record_property("precision", round(measure.precision, 2))
    assert measure.recall >= 0.8, "\n".join(measure.notes)
    assert measure.precision >= 0.94, "\n".join(measure.notes)
    assert measure.agree >= 35, "\n".join(measure.notes)
