from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.entries.ranking import HALF_LIFE_MAX_HOURS, Candidate, half_life_hours, ranked, warmth
from tests.factories import NOW


def candidate(pk: int, *, hours: float = 0, author: int | None = None, likes: int = 0, comments: int = 0) -> Candidate:
    return Candidate(pk, author if author is not None else pk, NOW - timedelta(hours=hours), likes, comments)


def test_attention_halves_once_in_its_half_life() -> None:
    fresh, old = candidate(1, likes=7), candidate(2, hours=48, likes=7)

    assert warmth(fresh, half_life=48, now=NOW) == 8
    assert warmth(old, half_life=48, now=NOW) == 4


def test_a_long_argument_does_not_outweigh_many_quiet_likes() -> None:
    order = ranked([candidate(1, comments=100), candidate(2, likes=30)], now=NOW)

    assert order == [2, 1]


@pytest.mark.parametrize(
    ("hours_between", "expected"),
    [(0.5, 24.0), (6, 120.0), (24 * 7, HALF_LIFE_MAX_HOURS)],
    ids=["busy", "calm", "still"],
)
def test_a_busy_community_forgets_quicker(hours_between: float, expected: float) -> None:
    rows = [candidate(100 - n, hours=hours_between * (n + 1)) for n in range(40)]

    assert half_life_hours(rows, NOW) == expected


def test_one_voice_does_not_fill_the_page() -> None:
    chatty = [candidate(10 + n, author=1, likes=3) for n in range(5)]
    quiet = candidate(1, author=2, likes=1)

    order = ranked([*chatty, quiet], now=NOW)

    assert order[0] == 14
    assert order.index(1) < 5


def test_a_clock_that_is_ahead_makes_nothing_hotter() -> None:
    assert warmth(candidate(1, hours=-100), half_life=24, now=NOW) == warmth(candidate(1), half_life=24, now=NOW)


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 4), st.integers(0, 50), st.integers(0, 50)), max_size=40)
)
def test_every_candidate_stands_in_the_order_once(rows) -> None:
    candidates = [
        candidate(pk, hours=h, author=a, likes=n, comments=m) for pk, (h, a, n, m) in enumerate(rows, start=1)
    ]

    assert sorted(ranked(candidates, now=NOW)) == [one.id for one in candidates]
