"""Which texts are alike: held against looking at every two of them, with and without numpy."""

from __future__ import annotations

import random
from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.insight import likeness, likeness_plain

BOTH = pytest.mark.parametrize("ways", [likeness, likeness_plain])
Found = list[tuple[int, int, float]]


def one_by_one(
    ours: list[str], theirs: list[str], least: float, common: int = likeness_plain.COMMON
) -> Found:
    """Every text against every other; what only pairs of more than ``common`` texts have in common does not count as alike."""
    mine, others = (
        [{a + b for a, b in pairwise(t) if "\n" not in (a, b)} for t in texts]
        for texts in (ours, theirs)
    )
    times: dict[str, int] = {}
    for pairs in others:
        for pair in pairs:
            times[pair] = times.get(pair, 0) + 1
    found = []
    for number, one in enumerate(mine):
        for other, two in enumerate(others):
            both = one & two
            if any(times[pair] <= common for pair in both):
                share = 2 * len(both) / (len(one) + len(two))
                if share >= least:
                    found.append((number, other, share))
    return found


def found_by(ways: ModuleType, ours: list[str], theirs: list[str], least: float) -> Found:
    return list(ways.alike(ways.Pairs.of(ours), ways.Pairs.of(theirs), least))


TEXTS = st.lists(st.text(alphabet="甲乙丙丁a\n𠮷", max_size=9), max_size=6)


@BOTH
@given(TEXTS, TEXTS, st.sampled_from([0.2, 0.5, 1.0]))
def test_texts_alike_are_those_found_one_by_one(
    ways: ModuleType, ours: list[str], theirs: list[str], least: float
) -> None:
    assert found_by(ways, ours, theirs, least) == one_by_one(ours, theirs, least)


@BOTH
def test_pairs_that_many_texts_have_count_but_do_not_tell(
    ways: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Few texts at a time, so that all that is done in portions is done in several.
    if ways is likeness:
        monkeypatch.setattr(likeness, "_TABLE", 500)
        monkeypatch.setattr(likeness, "_AT_ONCE", 7)
    some = random.Random(6)
    theirs = ["全年开展" + "".join(some.choices("甲乙丙丁戊己庚", k=6)) for _ in range(150)]
    ours = [text[::2] + text for text in theirs[:40]] + ["全年开展"]
    found = found_by(ways, ours, theirs, 0.4)
    assert found == one_by_one(ours, theirs, 0.4)
    assert found and all(number < 40 for number, _, _ in found)


@BOTH
def test_a_pair_is_common_in_more_texts_than_the_limit(
    ways: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "COMMON", 2)
    some = random.Random(7)
    for _ in range(60):
        ours, theirs = (
            ["".join(some.choices("甲乙丙", k=some.randrange(6))) for _ in range(5)] for _ in "12"
        )
        assert found_by(ways, ours, theirs, 0.3) == one_by_one(ours, theirs, 0.3, 2)


@BOTH
def test_only_the_texts_asked_for(ways: ModuleType) -> None:
    texts = ["党员先锋岗", "党员先锋队", "党员先锋"]
    pairs = ways.Pairs.of(texts)
    assert [n[:2] for n in ways.alike(pairs.only([2, 7]), pairs.only([0, 1]), 0.5)] == [
        (2, 0),
        (2, 1),
    ]
    assert list(ways.alike(pairs.only([]), pairs, 0.5)) == []
