"""From outside: what a helper's browser may do, and when it no longer may."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.helping import actions
from linli.helping.acting import member_acted_for
from linli.helping.models import Mandate
from linli.helping.tests.cast import acting, mandate
from linli.kernel.models import RecordedFact
from linli.people import actions as people
from linli.people.models import Member
from linli.people.roles import Role
from linli.people.visits import ACTING_KEY
from tests import factories
from tests.factories import Sunny
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

PROFILE = {
    "name": "孙爷爷", "about": "我会修收音机", "phone": "", "email": "", "about_shown": "members",
    "home_shown": "members", "phone_shown": "nobody", "email_shown": "nobody",
}  # fmt: skip


def about_of(member: Member) -> str:
    return Member.objects.values_list("about", flat=True).get(pk=member.pk)


def test_every_page_says_for_whom_the_helper_acts_and_how_to_stop() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)

    for address in ("", "helping/", "people/", "phones/", "me/"):
        html = client.get(f"/c/sunny/{address}").content.decode()

        assert "孙爷爷" in html, address
        assert 'formaction="/c/sunny/helping/stop/"' in html, address


def test_what_the_helper_changes_is_the_elders_and_carries_both_names() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei, "profile"), sunny.li_mei)

    response = client.post("/c/sunny/me/", PROFILE)

    assert response.status_code == 303
    assert about_of(sunny.grandpa_sun) == "我会修收音机"
    assert about_of(sunny.li_mei) == ""
    fact = RecordedFact.objects.get(kind="people.ProfileEdited")
    assert (fact.person_id, fact.helper_id) == (sunny.grandpa_sun.person_id, sunny.li_mei.person_id)


def test_after_stopping_the_helper_is_themselves_again() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)

    client.post("/c/sunny/helping/stop/")

    assert "helping/stop/" not in client.get("/c/sunny/phones/").content.decode()


def test_what_was_not_entrusted_is_refused_in_words() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei, "board"), sunny.li_mei)

    response = client.post("/c/sunny/me/", PROFILE)

    assert response.status_code == 422
    assert "代办授权不包括这件事" in response.content.decode()
    assert about_of(sunny.grandpa_sun) == about_of(sunny.li_mei) == ""


def test_a_helper_without_the_profile_does_not_see_what_nobody_sees() -> None:
    sunny = factories.sunny()
    Member.objects.filter(pk=sunny.grandpa_sun.pk).update(phone="13800138000")
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei, "board"), sunny.li_mei)

    pages = [client.get(f"/c/sunny/{way}").content.decode() for way in ("me/", f"people/{sunny.grandpa_sun.pk}/")]

    assert not any("13800138000" in html for html in pages)


Ends = Callable[[Sunny, Mandate], object]
ENDINGS: dict[str, Ends] = {
    "revoked": lambda sunny, given: actions.end(by=sunny.grandpa_sun, mandate=given, now=timezone.now()),
    "given back": lambda sunny, given: actions.end(by=sunny.li_mei, mandate=given, now=timezone.now()),
    "expired": lambda _sunny, given: Mandate.objects.filter(pk=given.pk).update(ends_at=timezone.now()),
    "blocked": lambda sunny, _given: people.block(by=sunny.grandpa_sun, member=sunny.li_mei, now=timezone.now()),
    "elder left": lambda sunny, _given: people.leave(by=sunny.grandpa_sun, now=timezone.now()),
    "helper left": lambda sunny, _given: people.leave(by=sunny.li_mei, now=timezone.now()),
    "not accepted": lambda _sunny, given: Mandate.objects.filter(pk=given.pk).update(accepted_at=None),
}


@pytest.mark.parametrize("why", ENDINGS)
def test_the_very_next_request_fails_and_changes_nothing_in_either_name(why: str) -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    client = acting(sunny, given, sunny.li_mei)
    ENDINGS[why](sunny, given)
    before = RecordedFact.objects.count()

    response = client.post("/c/sunny/me/", PROFILE)

    assert response.status_code == 403
    html = response.content.decode()
    assert "代办授权已经结束" in html
    assert "我会修收音机" in html  # nothing typed is lost
    assert about_of(sunny.grandpa_sun) == about_of(sunny.li_mei) == ""
    assert RecordedFact.objects.count() == before
    assert client.session[ACTING_KEY] == {}


def test_htmx_is_sent_to_a_page_that_says_so() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    client = acting(sunny, given, sunny.li_mei)
    actions.end(by=sunny.grandpa_sun, mandate=given, now=timezone.now())

    response = client.post("/c/sunny/me/", PROFILE, headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (403, "/c/sunny/helping/?ended")
    assert "刚才的事没有办" in client.get(response["HX-Redirect"]).content.decode()
    assert about_of(sunny.li_mei) == ""


@pytest.mark.parametrize("whose", ["of two others", "of another community", "one that never was"])
def test_a_forged_session_opens_nothing(whose: str) -> None:
    sunny, other = factories.sunny(), factories.elsewhere()
    neighbour = factories.member(other.community, "吴燕")
    pk = {
        "of two others": mandate(sunny.grandpa_sun, sunny.chen_jing).pk,
        "of another community": mandate(neighbour, other).pk,
        "one that never was": 987654,
    }[whose]
    client = factories.logged_in(sunny.li_mei)
    session = client.session
    session[ACTING_KEY] = {str(sunny.community.pk): pk}
    session.save()

    response = client.post("/c/sunny/me/", PROFILE)

    assert response.status_code == 403
    assert about_of(sunny.grandpa_sun) == about_of(sunny.li_mei) == ""


@pytest.mark.parametrize("who,status", [("chen_jing", 404), ("grandpa_sun", 422), ("steward", 404)])
def test_only_the_helper_begins(who: str, status: int) -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    Mandate.objects.update(ends_at=timezone.now() + timedelta(days=3))
    client = factories.logged_in(getattr(sunny, who))

    response = client.post(f"/c/sunny/helping/mandates/{given.pk}/start/")

    assert response.status_code == status
    assert not client.session.get(ACTING_KEY)


def test_one_cannot_begin_before_accepting() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei, is_accepted=False)
    Mandate.objects.update(ends_at=timezone.now() + timedelta(days=3))
    client = factories.logged_in(sunny.li_mei)

    response = client.post(f"/c/sunny/helping/mandates/{given.pk}/start/")

    assert response.status_code == 422
    assert not client.session.get(ACTING_KEY)


def test_an_office_is_not_lent() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.steward, sunny.li_mei), sunny.li_mei)

    assert client.get("/c/sunny/helping/paper/").status_code == 404
    assert client.get("/c/sunny/notices/new/").status_code == 404


@pytest.mark.parametrize("way", [
    "me/leave/", "people/{other}/block/", "helping/new/", "helping/mandates/{mandate}/end/", "helping/acts/1/undo/",
])  # fmt: skip
def test_what_is_never_for_helpers(way: str) -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    client = acting(sunny, given, sunny.li_mei)
    before = RecordedFact.objects.count()

    address = way.format(other=sunny.chen_jing.pk, mandate=given.pk)
    response = client.post(
        f"/c/sunny/{address}", {"sure": "yes", "helper": sunny.chen_jing.pk, "topics": "board", "term": "6"}
    )

    assert response.status_code == 422
    assert RecordedFact.objects.count() == before
    assert Member.objects.get(pk=sunny.grandpa_sun.pk).left_at is None
    assert Mandate.objects.filter(revoked_at=None).count() == 1


def test_acting_in_one_community_is_not_acting_in_another() -> None:
    sunny = factories.sunny()
    other = factories.community("willow", "柳岸", founder=sunny.li_mei.person)
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)
    client.get("/c/sunny/phones/")

    html = client.get(f"/c/{other.community.slug}/phones/").content.decode()

    assert "孙爷爷" not in html


def test_acting_costs_one_statement_more() -> None:
    sunny = factories.sunny()
    alone = queries_of(factories.logged_in(sunny.li_mei), "/c/sunny/phones/")
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)

    assert len(queries_of(client, "/c/sunny/phones/")) == len(alone) + 1


def test_an_organiser_lends_no_role_either() -> None:
    sunny = factories.sunny()
    organiser = factories.member(sunny.community, "何军", roles=Role.ORGANISER)
    given = mandate(organiser, sunny.li_mei)
    acting(sunny, given, sunny.li_mei)
    found = member_acted_for(sunny.li_mei, given.pk)

    assert found is not None
    assert found.roles == Role.RESIDENT


def test_ones_own_account_page_names_for_whom_one_may_act() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    Mandate.objects.update(given_at=timezone.now(), ends_at=timezone.now() + timedelta(days=3))

    mine = factories.logged_in(sunny.li_mei).get("/me/").content.decode()
    others = factories.logged_in(sunny.chen_jing).get("/me/").content.decode()

    assert f'formaction="/c/sunny/helping/mandates/{given.pk}/start/"' in mine
    assert "helping/mandates" not in others


def as_drawn(client: Client, address: str) -> dict[str, str]:
    """The hidden field that says in whose name a page was drawn."""
    found = re.search(r'name="as_member" value="(\d+)"', client.get(address).content.decode())
    assert found
    return {"as_member": found[1]}


def test_a_form_from_before_acting_is_not_sent_in_the_elders_name() -> None:
    sunny = factories.sunny()
    given = mandate(sunny.grandpa_sun, sunny.li_mei)
    old_tab = as_drawn(factories.logged_in(sunny.li_mei), "/c/sunny/me/")
    client = acting(sunny, given, sunny.li_mei)
    before = RecordedFact.objects.count()

    response = client.post("/c/sunny/me/", PROFILE | old_tab)

    assert response.status_code == 409
    assert "我会修收音机" in response.content.decode()
    assert RecordedFact.objects.count() == before


def test_a_form_of_the_elders_is_not_sent_in_the_helpers_name_after_stopping() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)
    old_tab = as_drawn(client, "/c/sunny/me/")
    client.post("/c/sunny/helping/stop/")

    plain = client.post("/c/sunny/me/", PROFILE | old_tab)
    by_htmx = client.post("/c/sunny/me/", PROFILE, headers={"HX-Request": "1", "X-As-Member": old_tab["as_member"]})

    assert (plain.status_code, by_htmx.status_code) == (409, 409)
    assert by_htmx["HX-Redirect"] == "/c/sunny/helping/?changed"
    assert about_of(sunny.li_mei) == about_of(sunny.grandpa_sun) == ""


def test_a_form_of_the_present_name_is_sent() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)

    response = client.post("/c/sunny/me/", PROFILE | as_drawn(client, "/c/sunny/me/"))

    assert response.status_code == 303
    assert about_of(sunny.grandpa_sun) == "我会修收音机"


def test_who_is_asked_for_help_sees_it_on_their_own_page() -> None:
    sunny = factories.sunny()
    mandate(sunny.grandpa_sun, sunny.li_mei, is_accepted=False)
    Mandate.objects.update(given_at=timezone.now(), ends_at=timezone.now() + timedelta(days=3))

    html = factories.logged_in(sunny.li_mei).get("/me/").content.decode()

    assert "请您帮忙" in html
    assert "/start/" not in html
