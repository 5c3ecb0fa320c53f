"""The shelf and the series: one tip a month, once, at its local hour, also after the server was off."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.entries.models import Entry
from linli.kernel.markdown import render
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.actions.members import change_roles, leave
from linli.people.models import Member
from linli.people.roles import Role
from linli.tips import actions, reads, rules
from linli.tips.models import Tip, TipOfMonth, TipSeries
from linli.tips.shelf import shelf
from tests import factories
from tests.factories import NOW, logged_in
from tests.queries import assert_same_queries

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def running(sunny: factories.Sunny, *, day: int = 5) -> None:
    actions.change_series(by=sunny.chen_jing, is_on=True, day=day, hour=9, now=at(1, 1))


def test_twelve_tips_are_ready_in_both_languages_one_for_each_month() -> None:
    assert [tip["month"] for tip in shelf()] == list(range(1, 13))
    for tip in shelf():
        assert min(len(tip["title_zh"]), len(tip["title_en"])) >= 8
        assert render(tip["body_zh"]).count("<li>") == render(tip["body_en"]).count("<li>") >= 4
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in tip["title_en"] + tip["body_en"])


def test_the_tip_of_the_month_goes_out_once_at_its_hour() -> None:
    sunny = factories.sunny()
    running(sunny)

    assert actions.publish_due(now=at(5, 5, 8)) == 0
    assert actions.publish_due(now=at(5, 5, 9)) == 1
    assert actions.publish_due(now=at(5, 5, 9)) == 0
    assert actions.publish_due(now=at(5, 20)) == 0

    entry = Entry.objects.get()
    assert (entry.kind, entry.title, entry.author_id) == ("tip", shelf()[4]["title_zh"], sunny.chen_jing.pk)
    assert shelf()[4]["title_en"] in entry.body
    assert RecordedFact.objects.filter(kind="tips.TipPublished").count() == 1


def test_a_day_on_which_the_server_was_off_is_caught_up_with_once_in_its_month() -> None:
    sunny = factories.sunny()
    running(sunny)

    assert actions.publish_due(now=at(5, 28)) == 1
    assert actions.publish_due(now=at(8, 6)) == 1

    assert list(TipOfMonth.objects.order_by("month").values_list("month", flat=True)) == ["2026-05", "2026-08"]


def test_switched_on_after_its_day_it_begins_next_month() -> None:
    sunny = factories.sunny()
    actions.change_series(by=sunny.chen_jing, is_on=True, day=5, hour=9, now=at(5, 6))

    assert actions.publish_due(now=at(5, 7)) == 0
    assert actions.publish_due(now=at(6, 5)) == 1


def test_what_is_left_out_or_switched_off_does_not_go_out() -> None:
    sunny = factories.sunny()
    running(sunny)
    actions.skip(by=sunny.chen_jing, tip=Tip.objects.get(month=5), is_on=True)
    assert actions.publish_due(now=at(5, 9)) == 0

    actions.change_series(by=sunny.chen_jing, is_on=False, day=5, hour=9, now=at(5, 10))
    assert actions.publish_due(now=at(6, 9)) == 0
    assert not Entry.objects.exists()


def test_when_the_keeper_is_no_longer_in_office_another_answers() -> None:
    sunny = factories.sunny()
    running(sunny)
    change_roles(by=sunny.steward, member=sunny.chen_jing, roles=int(Role.RESIDENT), now=at(2, 1))

    actions.publish_due(now=at(5, 9))

    assert Entry.objects.get().author_id == sunny.steward.pk


def test_two_of_one_month_take_turns_year_by_year() -> None:
    sunny = factories.sunny()
    running(sunny)
    words = {"title_zh": "自家写的", "body_zh": "五月看看水管", "title_en": "", "body_en": ""}
    actions.keep_tip(by=sunny.chen_jing, tip=None, month=5, **words)

    actions.publish_due(now=at(5, 9))
    actions.publish_due(now=at(5, 9, year=2027))

    assert list(Entry.objects.order_by("pk").values_list("title", flat=True)) == [shelf()[4]["title_zh"], "自家写的"]


@pytest.mark.parametrize("who", ["li_mei", "grandpa_sun"])
def test_a_resident_keeps_no_shelf(who: str) -> None:
    sunny = factories.sunny()
    running(sunny)
    by, tip = getattr(sunny, who), Tip.objects.get(month=5)

    for act in (
        lambda: actions.change_series(by=by, is_on=False, day=1, hour=9, now=NOW),
        lambda: actions.skip(by=by, tip=tip, is_on=True),
        lambda: actions.drop_tip(by=by, tip=tip),
        lambda: actions.keep_tip(by=by, tip=tip, month=5, title_zh="x", body_zh="x", title_en="", body_en=""),
    ):
        with pytest.raises(Refused):
            act()

    assert TipSeries.objects.get().is_on
    assert list(Tip.objects.filter(month=5).values_list("title_zh", "is_skipped")) == [(shelf()[4]["title_zh"], False)]
    assert logged_in(by).get(f"/c/sunny/tips/shelf/{tip.pk}/").status_code == 404
    assert logged_in(factories.elsewhere()).get("/c/sunny/tips/").status_code == 404


def test_the_shelf_says_what_goes_out_next() -> None:
    sunny = factories.sunny()
    running(sunny)

    before = reads.shelf_of(sunny.chen_jing, language="zh-hans", now=at(5, 1))
    actions.publish_due(now=at(5, 9))
    after = reads.shelf_of(Member.objects.get(pk=sunny.chen_jing.pk), language="en", now=at(5, 10))

    assert (before.next_at, [tip.month for tip in before.tips if tip.is_next]) == (at(5, 5, 9), [5])
    assert (after.next_at, [tip.month for tip in after.tips if tip.is_next]) == (at(6, 5, 9), [6])
    assert after.tips[0].title == shelf()[0]["title_en"]


def test_an_empty_tip_is_refused_beside_its_field_and_keeps_what_was_typed() -> None:
    sunny = factories.sunny()

    answer = logged_in(sunny.chen_jing).post("/c/sunny/tips/shelf/new/", {"month": "3", "title_zh": "只有标题"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "只有标题" in html
    assert "至少用一种语言" in html
    assert not Tip.objects.exists()


def test_tips_cost_the_same_for_one_as_for_many() -> None:
    sunny = factories.sunny()
    running(sunny)
    actions.publish_due(now=at(5, 9))
    client = logged_in(sunny.chen_jing)

    def grow() -> None:
        Tip.objects.bulk_create(Tip(community=sunny.community, month=1, title_zh=f"{n}") for n in range(150))
        for year in range(2027, 2037):
            actions.publish_due(now=at(5, 9, year=year))

    assert_same_queries(client, "/c/sunny/tips/shelf/", grow)
    assert_same_queries(client, "/c/sunny/tips/", lambda: actions.publish_due(now=at(5, 9, year=2040)))


@given(
    day=st.integers(1, 28),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
)
def test_every_month_has_its_moment_whatever_the_clock_does(day: int, hour: int, zone: str, now: datetime) -> None:
    local = ZoneInfo(zone)

    due = rules.due_at(now, day=day, hour=hour, zone=local)

    assert rules.month_of(due, local) == rules.month_of(now, local)
    assert due.astimezone(UTC) - now < timedelta(days=31)


def test_who_leaves_leaves_the_series_in_good_hands() -> None:
    sunny = factories.sunny()
    running(sunny)
    leave(by=sunny.chen_jing, now=at(2, 1))

    actions.publish_due(now=at(5, 9))

    assert Entry.objects.get().author_id == sunny.steward.pk
