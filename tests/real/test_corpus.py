# SPDX-License-Identifier: GPL-2.0-only
"""The corpus of real mistakes: which of them check finds, and that their mended forms are silent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from corpus import measure
from corpus.apply import Edit, NoMatch, mutated
from support import GUPCONV

# Found of a tree and half, at least. They rise with the figures.
FLOORS = {("6.1", "tune"): 17, ("6.1", "held"): 20, ("6.12", "tune"): 6, ("6.12", "held"): 11,
          ("5.3", "tune"): 2,
          ("6.1", "opened"): 0, ("6.12", "opened"): 11, ("5.3", "opened"): 0,
          ("6.1", "fresh"): 0, ("6.12", "fresh"): 7, ("5.3", "fresh"): 0}
OPEN = measure.read()
DRAWN = [mistake for mistake in OPEN if mistake.half in measure.HALVES]
FRESH = measure.read(measure.FRESH)


def of(version: str,
       mistakes: Iterable[measure.Mistake] = (*OPEN, *FRESH)) -> list[measure.Mistake]:
    return [mistake for mistake in mistakes if mistake.tree == version]


def test_halves_are_drawn() -> None:
    drawn = measure.draw({mistake.name: mistake.class_ for mistake in DRAWN})
    assert {mistake.name: mistake.half for mistake in DRAWN} == drawn
    assert len(DRAWN) >= 60
    assert 3 * sum(mistake.transposed for mistake in DRAWN) <= len(DRAWN)


def test_the_fresh_ones_are_others() -> None:
    assert {mistake.half for mistake in FRESH} == {"fresh"}
    assert len(FRESH) >= 16
    assert 3 * sum(mistake.transposed for mistake in FRESH) <= len(FRESH)
    for key in ("name", "subject", "fix", "function"):
        known = {getattr(mistake, key) for mistake in DRAWN} - {""}
        assert not [mistake.name for mistake in FRESH if getattr(mistake, key) in known], key


def test_mutations_apply(indexed) -> None:
    wrong = []
    for mistake in of(indexed.version):
        try:
            if not mistake.patch(indexed.tree):
                wrong.append(f"{mistake.name}: changes nothing")
        except (NoMatch, OSError) as why:
            wrong.append(f"{mistake.name}: {why}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("half", measure.SETS)
def test_mistakes_are_found(indexed, half: str, record_property) -> None:
    mistakes = of(indexed.version, measure.chosen(half))
    if not mistakes:
        pytest.skip(f"{indexed.version}: none in this half")
    answers = list(measure.ask(GUPCONV, indexed.db, indexed.tree, mistakes))
    sums = measure.table(answers)
    for (_, class_), (found, every) in sums.items():
        print(f"note: corpus {indexed.version} {half} {class_ or 'all'}: {found} of {every}")
    found, every = sums[half, ""]
    record_property("recall", round(found / every, 2))
    assert not [f"{answer.mistake.name}: {answer.wrong}" for answer in answers if answer.wrong]
    missed = " ".join(answer.mistake.name for answer in answers if not answer.found)
    assert found >= FLOORS[indexed.version, half], "missed: " + missed * (half != "fresh")


def test_mended_forms_are_silent(indexed) -> None:
    false = measure.mended(GUPCONV, indexed.db, of(indexed.version))
    assert not false, "\n".join(false)


def test_an_edit_is_exact() -> None:
    text = "int f(int n);\nint f(int n)\n{\n\tput(n /* two */, 2); /* put(n, 2); */\n\treturn \"}\"[n];\n}\n"
    assert "put(2, n);" in mutated(text, "f", [Edit("put(@, @);", r"put(\2, \1);")])
    for function, find in (("g", "put(@);"), ("f", "return 0;"), ("f", "n"), ("f", "put(m")):
        with pytest.raises(NoMatch):
            mutated(text, function, [Edit(find, "")])
