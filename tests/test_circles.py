"""Circles: who comes in, who leads, who reads what is written to them."""

import pytest
from django.test import Client

from linli.circles import actions, reads, rules
from linli.circles.models import Belonging, Circle
from linli.circles.subscribers import forget_in_circles, leave_circles
from linli.entries.actions import post
from linli.entries.actions.posting import Places
from linli.entries.models import Entry, Reach
from linli.facts.people import MemberLeft, PersonErased
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Member
from tests import factories
from tests.factories import LATER, NOW, Sunny, elsewhere, logged_in
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


def choir(sunny: Sunny, *, is_open: bool = True) -> Circle:
    return actions.found(by=sunny.li_mei, name="合唱队", about="周三晚上", is_open=is_open, now=NOW)


def facts() -> list[str]:
    kinds = RecordedFact.objects.order_by("id").values_list("kind", flat=True)
    return [kind.removeprefix("circles.") for kind in kinds if kind.startswith("circles.")]


def written(sunny: Sunny, circle: Circle) -> Entry:
    return post(
        by=sunny.li_mei,
        title="周三唱什么",
        body="《茉莉花》",
        reach=Reach.PLACES,
        places=Places(circles=[circle.pk]),
        key="song",
        now=NOW,
    )


def sees(who: Member | None, entry: Entry) -> bool:
    return logged_in(who).get(f"/c/sunny/entries/{entry.pk}/").status_code == 200


def refused(act: object) -> str:
    with pytest.raises(Refused) as found:
        act()  # type: ignore[operator]
    return found.value.refusal.code


def test_whoever_wants_comes_into_an_open_circle_once(sunny: Sunny) -> None:
    circle = choir(sunny)

    assert actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)
    assert actions.join(by=sunny.grandpa_sun, circle=circle, now=LATER)

    circle.refresh_from_db()
    assert circle.members == 2
    assert facts() == ["CircleFounded", "CircleJoined"]


def test_one_asks_and_is_let_in_by_who_leads(sunny: Sunny) -> None:
    circle = choir(sunny, is_open=False)
    assert not actions.join(by=sunny.grandpa_sun, circle=circle, words="男低音", now=NOW)
    entry = written(sunny, circle)
    assert not sees(sunny.grandpa_sun, entry)

    assert refused(
        lambda: actions.admit(by=sunny.wang_qiang, circle=circle, member_id=sunny.grandpa_sun.pk, now=NOW)
    ) == ("not_for_you")
    assert not sees(sunny.grandpa_sun, entry)
    actions.admit(by=sunny.li_mei, circle=circle, member_id=sunny.grandpa_sun.pk, now=LATER)

    assert sees(sunny.grandpa_sun, entry)
    assert facts() == ["CircleFounded", "CircleAsked", "CircleJoined"]
    assert Belonging.objects.get(member=sunny.grandpa_sun).words == ""


def test_only_members_of_the_circle_read_it_and_who_keeps_order(sunny: Sunny) -> None:
    circle = choir(sunny)
    entry = written(sunny, circle)

    assert sees(sunny.li_mei, entry)
    assert sees(sunny.steward, entry)  # answers for order
    for who in (sunny.grandpa_sun, sunny.chen_jing, sunny.wang_qiang, elsewhere()):
        assert not sees(who, entry)
        assert "茉莉花" not in logged_in(who).get("/c/sunny/board/").content.decode()
    assert "茉莉花" in logged_in(sunny.li_mei).get(f"/c/sunny/circles/{circle.pk}/").content.decode()
    assert "茉莉花" not in logged_in(sunny.grandpa_sun).get(f"/c/sunny/circles/{circle.pk}/").content.decode()
    assert Client().get(f"/c/sunny/entries/{entry.pk}/").status_code == 302


def test_who_goes_reads_it_no_longer(sunny: Sunny) -> None:
    circle = choir(sunny)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)
    entry = written(sunny, circle)
    assert sees(sunny.grandpa_sun, entry)

    actions.leave(by=sunny.grandpa_sun, circle=circle, now=LATER)

    assert not sees(sunny.grandpa_sun, entry)
    circle.refresh_from_db()
    assert circle.members == 1


def test_the_board_of_the_building_does_not_show_the_choir(sunny: Sunny) -> None:
    factories.homes(sunny)
    written(sunny, choir(sunny))

    assert "茉莉花" not in logged_in(sunny.li_mei).get("/c/sunny/board/?show=home").content.decode()
    assert "茉莉花" in logged_in(sunny.li_mei).get("/c/sunny/board/").content.decode()


def test_somebody_always_leads(sunny: Sunny) -> None:
    circle = choir(sunny)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)

    assert refused(lambda: actions.leave(by=sunny.li_mei, circle=circle, now=NOW)) == "last_lead"
    assert (
        refused(
            lambda: actions.let_lead(by=sunny.li_mei, circle=circle, member_id=sunny.li_mei.pk, is_on=False, now=NOW)
        )
        == "last_lead"
    )
    actions.let_lead(by=sunny.li_mei, circle=circle, member_id=sunny.grandpa_sun.pk, is_on=True, now=NOW)
    actions.leave(by=sunny.li_mei, circle=circle, now=NOW)

    assert list(Belonging.objects.values_list("member", "is_lead")) == [(sunny.grandpa_sun.pk, True)]


def test_the_last_one_who_goes_closes_it(sunny: Sunny) -> None:
    circle = choir(sunny)

    actions.leave(by=sunny.li_mei, circle=circle, now=LATER)

    circle.refresh_from_db()
    assert circle.closed_at == LATER
    assert refused(lambda: actions.join(by=sunny.grandpa_sun, circle=circle, now=LATER)) == "closed"


def test_a_name_is_taken_once_and_free_again_when_closed(sunny: Sunny) -> None:
    circle = choir(sunny)

    assert refused(lambda: choir(sunny)) == "name_taken"
    assert Circle.objects.count() == 1
    actions.close(by=sunny.li_mei, circle=circle, now=LATER)
    choir(sunny)
    assert Circle.objects.count() == 2


def test_nobody_leads_more_than_ten(sunny: Sunny) -> None:
    for number in range(rules.LED_MAX):
        actions.found(by=sunny.li_mei, name=f"第{number}组", about="", is_open=True, now=NOW)

    assert refused(lambda: choir(sunny)) == "too_many"


def test_nothing_new_is_written_to_a_closed_circle_and_the_old_stays_readable(sunny: Sunny) -> None:
    circle = choir(sunny)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)
    entry = written(sunny, circle)

    actions.close(by=sunny.li_mei, circle=circle, now=LATER)

    assert sees(sunny.grandpa_sun, entry)
    with pytest.raises(Refused):
        post(
            by=sunny.li_mei,
            title="x",
            body="x",
            reach=Reach.PLACES,
            places=Places(circles=[circle.pk]),
            key="k2",
            now=LATER,
        )
    assert Entry.objects.count() == 1
    assert logged_in(sunny.chen_jing).get(f"/c/sunny/circles/{circle.pk}/").status_code == 404


def test_who_leaves_or_is_erased_leaves_the_circles_and_another_leads(sunny: Sunny) -> None:
    circle = choir(sunny)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)
    actions.join(by=sunny.chen_jing, circle=circle, now=LATER)

    leave_circles(MemberLeft(community_id=sunny.community.pk, member_id=sunny.li_mei.pk))
    forget_in_circles(PersonErased(person_id=1, member_ids=(sunny.chen_jing.pk,)))

    assert list(Belonging.objects.values_list("member", "is_lead")) == [(sunny.grandpa_sun.pk, True)]
    circle.refresh_from_db()
    assert (circle.members, circle.founded_by_id) == (1, None)


def test_opening_a_circle_lets_in_who_waits(sunny: Sunny) -> None:
    circle = choir(sunny, is_open=False)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)

    actions.change(by=sunny.li_mei, circle=circle, name="合唱团", about="", is_open=True, now=LATER)

    circle.refresh_from_db()
    assert (circle.name, circle.members) == ("合唱团", 2)


def test_who_is_in_it_is_told_to_its_members_alone(sunny: Sunny) -> None:
    circle = choir(sunny)
    actions.join(by=sunny.grandpa_sun, circle=circle, now=NOW)

    outside = reads.circle_shown(sunny.chen_jing, circle)
    inside = reads.circle_shown(sunny.grandpa_sun, circle)

    assert ([line.name for line in outside.leads], outside.members) == (["李梅"], ())
    assert [line.name for line in inside.members] == ["孙爷爷"]


def test_a_circle_is_founded_and_written_to_in_the_browser(sunny: Sunny) -> None:
    client = logged_in(sunny.li_mei)
    assert "请给小组起个名字" not in client.get("/c/sunny/circles/new/").content.decode()

    wrong = client.post("/c/sunny/circles/new/", {"name": " ", "about": "晨泳，六点半", "is_open": "1"})
    assert wrong.status_code == 422
    assert "晨泳，六点半" in wrong.content.decode()
    made = client.post("/c/sunny/circles/new/", {"name": "晨泳", "about": "", "is_open": "1"})
    circle = Circle.objects.get()
    assert made["Location"] == f"/c/sunny/circles/{circle.pk}/"
    form = client.get(f"/c/sunny/post/?circle={circle.pk}").content.decode()
    assert f'value="circle-{circle.pk}"' in form
    client.post("/c/sunny/post/", {"body": "明早见", "audience": f"circle-{circle.pk}", "key": "k"})

    assert Entry.objects.get().reach == Reach.PLACES
    assert "晨泳" in Entry.objects.get().card_zh_hans
    stranger_form = logged_in(sunny.chen_jing).post(
        "/c/sunny/post/", {"body": "混进来", "audience": f"circle-{circle.pk}", "key": "k"}
    )
    assert stranger_form.status_code == 422
    assert Entry.objects.count() == 1


def test_lists_of_circles_cost_the_same_for_one_as_for_many(sunny: Sunny) -> None:
    circle = choir(sunny)

    def grow() -> None:
        rows = [
            Circle(community=sunny.community, name=f"组{n}", founded_at=NOW, is_open=True, members=1)
            for n in range(150)
        ]
        Circle.objects.bulk_create(rows)
        others = factories.members(sunny.community, 20)
        Belonging.objects.bulk_create(
            Belonging(circle=circle, member=who, asked_at=NOW, admitted_at=NOW) for who in others
        )

    client = logged_in(sunny.li_mei)
    assert_same_queries(client, "/c/sunny/circles/", grow)
    assert_same_queries(client, f"/c/sunny/circles/{circle.pk}/", lambda: None, most=12)
