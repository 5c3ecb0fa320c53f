"""Words for days and moments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.look.marks import day, moment

LATE = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # past midnight in Shanghai


def test_the_day_of_a_moment_is_the_day_it_was_here() -> None:
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        assert day(LATE, "en") == "21 November 2026"
        assert moment(LATE, "zh-hans") == "2026年11月21日 01:30"


def test_a_date_stays_the_day_it_is() -> None:
    with timezone.override(ZoneInfo("America/New_York")):
        assert day(date(2026, 11, 21), "zh-hans") == "2026年11月21日"
