from datetime import date
from fractions import Fraction

import pytest

from linli.homes import rules
from linli.homes.areas import area_text, parse_area, parse_share

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
    ],
)
def test_an_identity_number_is_recognised(text: str) -> None:
    assert rules.holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3号楼 2单元 501",
        "110105194912310021",  # checksum of another number
        "13800138000",
        "6222021234567890123",  # a bank card of nineteen digits
        "911101051949123100",  # no such month
        "1" * 40,
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not rules.holds_identity_number(text)


@pytest.mark.parametrize(
    "text, area",
    [("89.50", 8950), ("89.5", 8950), ("89", 8900), ("120.36 m²", 12036), ("８９．５平米", 8950), ("1,200", 120000)],
)
def test_an_area_is_read_as_hundredths(text: str, area: int) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize("text", ["", "abc", "-5", "0", "89.555", "89,5,", "1e3", "９９９９９９９"])
def test_what_is_no_area_is_refused(text: str) -> None:
    assert parse_area(text) is None


def test_an_area_is_shown_as_it_is_typed() -> None:
    assert area_text(8950) == "89.50"
    assert area_text(None) == ""


@pytest.mark.parametrize(
    "text, share",
    [("", (1, 1)), ("1/2", (1, 2)), ("50%", (1, 2)), ("33.33%", (3333, 10000)), ("3/3", (3, 3)), ("全部", (1, 1))],
)
def test_a_share_is_a_fraction(text: str, share: tuple[int, int]) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["2/1", "0/2", "half", "1/0", "150%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    assert parse_share(text) is None


def test_shares_may_fill_the_whole_and_not_more() -> None:
    half = Fraction(1, 2)
    one = [(half, DAY, None)]

    assert rules.refuse_shares((half, DAY, None), one) is None
    assert rules.refuse_shares((Fraction(2, 3), DAY, None), one) == rules.SHARES_OVER


def test_shares_of_different_times_do_not_add_up() -> None:
    before = [(Fraction(1), date(2000, 1, 1), DAY)]

    assert rules.refuse_shares((Fraction(1), DAY, None), before) is None
    assert rules.refuse_shares((Fraction(1), date(2026, 5, 3), None), before) == rules.SHARES_OVER


def test_a_title_recorded_for_the_past_must_leave_room_for_later_ones() -> None:
    later = [(Fraction(1), DAY, None)]

    assert rules.refuse_shares((Fraction(1, 2), date(2020, 1, 1), None), later) == rules.SHARES_OVER
    assert rules.refuse_shares((Fraction(1, 2), date(2020, 1, 1), DAY), later) is None


def test_an_end_before_the_beginning_is_refused() -> None:
    assert rules.refuse_period(DAY, date(2026, 5, 3)) == rules.ENDS_BEFORE_START
    assert rules.refuse_period(DAY, DAY) is None


def test_a_plan_has_a_size() -> None:
    assert rules.refuse_size(0) == rules.NOTHING
    assert rules.refuse_size(5000) is None
    assert rules.refuse_size(5001) == rules.TOO_MANY
