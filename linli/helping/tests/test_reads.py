from datetime import timedelta

import pytest
from django.utils import timezone

from linli.helping import actions, reads
from linli.helping.models import Mandate
from linli.helping.tests.cast import mandate, paper_mandate
from linli.people.models import Member
from tests import factories
from tests.factories import NOW, Sunny, logged_in
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def ask(sunny: Sunny, helper: Member, by: list[Member]) -> None:
    now = timezone.now()
    for member in by:
        given = actions.give(by=member, helper=helper, topics=["board"], ends_at=now + timedelta(days=9), now=now)
        if member.pk % 2:
            actions.accept(by=helper, mandate=given, now=now)


def test_many_mandates_cost_no_more_statements() -> None:
    sunny = factories.sunny()
    ask(sunny, sunny.li_mei, factories.members(sunny.community, 2))
    client = logged_in(sunny.li_mei)

    for address in ("/c/sunny/helping/", "/me/"):
        assert_same_queries(client, address, lambda: ask(sunny, sunny.li_mei, factories.members(sunny.community, 50)))


def test_many_consents_on_paper_cost_no_more_statements() -> None:
    sunny = factories.sunny()
    paper_mandate(sunny)

    def grow() -> None:
        now = timezone.now()
        for elder in factories.members(sunny.community, 100):
            actions.record_paper(
                by=sunny.wang_qiang, member=elder, helper=sunny.li_mei, topics=["board"],
                ends_at=now + timedelta(days=9), evidence="物业办公室", now=now,
            )  # fmt: skip

    assert_same_queries(logged_in(sunny.wang_qiang), "/c/sunny/helping/paper/", grow, most=8)


def test_both_see_the_mandate_and_nobody_else_does() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)

    assert [row.id for row in reads.helping_page(sunny.grandpa_sun, now=NOW).helpers] == [given.pk]
    assert [row.id for row in reads.helping_page(sunny.li_mei, now=NOW).helped] == [given.pk]
    empty = reads.helping_page(sunny.chen_jing, now=NOW)
    assert (empty.helpers, empty.asked, empty.helped, empty.ended) == ((), (), (), ())


def test_the_last_day_is_the_one_before_the_midnight_at_which_it_ends() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    Mandate.objects.update(ends_at=NOW.replace(hour=16) + timedelta(days=2))  # midnight in Shanghai

    (row,) = reads.helping_page(sunny.li_mei, now=NOW).helped

    assert (row.last_day.isoformat(), row.days_left) == ("2026-05-06", 2)
    assert row.id == given.pk


def test_a_home_is_found_by_what_stands_on_its_door() -> None:
    sunny = factories.sunny()
    units = factories.homes(sunny)
    unit = units["1号楼 101"]
    building = unit.entrance.building_id

    assert reads.find_unit(sunny.community.pk, building, " 101 ") == unit
    assert reads.find_unit(sunny.community.pk, building, f"{unit.entrance.name} 101") == unit
    assert reads.find_unit(sunny.community.pk, building, "999") is None
    assert reads.find_unit(sunny.community.pk + 1, building, "101") is None


def test_the_office_registers_an_elder_in_their_home_and_goes_on_to_the_consent() -> None:
    sunny = factories.sunny()
    unit = factories.homes(sunny)["2号楼 102"]
    client = logged_in(sunny.chen_jing)
    fields = {
        "name": "徐阿婆", "building": str(unit.entrance.building_id), "home": "102", "kind": "owner", "evidence": "上门",
    }  # fmt: skip

    response = client.post("/c/sunny/helping/paper/person/", fields)
    again = client.post("/c/sunny/helping/paper/person/", fields)
    wrong = client.post("/c/sunny/helping/paper/person/", fields | {"home": "907"})

    elder = Member.objects.get(name="徐阿婆")
    assert response["Location"] == again["Location"] == f"/c/sunny/helping/paper/?member={elder.pk}"
    assert elder.occupancies.get().unit == unit
    assert wrong.status_code == 422
    assert 'id="id_home-error"' in wrong.content.decode()
    assert Member.objects.filter(name="徐阿婆").count() == 1


def test_an_elder_gives_a_mandate_by_the_form_and_the_helper_accepts() -> None:
    sunny = factories.sunny()
    elder, helper = logged_in(sunny.grandpa_sun), logged_in(sunny.li_mei)

    asked = elder.post("/c/sunny/helping/new/", {"helper": sunny.li_mei.pk, "topics": ["board"], "term": "6"})
    given = Mandate.objects.get()
    accepted = helper.post(f"/c/sunny/helping/mandates/{given.pk}/acceptance/")

    assert (asked.status_code, accepted.status_code) == (303, 303)
    assert Mandate.objects.in_force(timezone.now()).get() == given
    assert given.topics == ["board"]


def test_a_form_without_a_topic_keeps_what_was_chosen() -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.grandpa_sun)

    response = client.post("/c/sunny/helping/new/", {"helper": sunny.li_mei.pk, "term": "3"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "请至少选一件可以代办的事" in html
    assert 'value="3" checked' in html
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("typed", ["x", "0", "-1", "999999999999999999999", "%00", "１２"])
def test_a_nonsense_helper_is_no_server_error(typed: str) -> None:
    sunny = factories.sunny()

    response = logged_in(sunny.grandpa_sun).get(f"/c/sunny/helping/new/?helper={typed}")

    assert response.status_code in (200, 404)
