from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from linli.helping.forms import MandateForm, midnight_after, months_later
from tests.factories import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("start,months,end", [
    (date(2026, 5, 4), 6, date(2026, 11, 4)),
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2026, 12, 31), 1, date(2027, 1, 31)),
    (date(2026, 10, 31), 1, date(2026, 11, 30)),
])  # fmt: skip
def test_months_later_is_a_day_of_the_calendar(start: date, months: int, end: date) -> None:
    assert months_later(start, months) == end


def test_a_mandate_holds_through_its_last_day() -> None:
    assert midnight_after(date(2026, 5, 4), SHANGHAI) == datetime(2026, 5, 4, 16, 0, tzinfo=UTC)


def form(**fields: object) -> MandateForm:
    return MandateForm({"topics": ["board"], "term": "6"} | fields, zone=SHANGHAI, now=NOW)


def test_six_months_are_usual() -> None:
    assert form().is_valid()
    assert MandateForm(zone=SHANGHAI, now=NOW)["term"].value() == "6"


def test_another_day_counts_instead() -> None:
    filled = form(until="2026-05-10")

    assert filled.is_valid()
    assert filled.cleaned_data["ends_at"] == datetime(2026, 5, 10, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("until", ["2026-05-03", "2027-05-05", "not a day"])
def test_a_day_that_is_over_or_too_far_is_said_beside_its_field(until: str) -> None:
    filled = form(until=until)

    assert not filled.is_valid()
    assert set(filled.errors) == {"until"}
