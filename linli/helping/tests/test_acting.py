"""From outside: what a helper's browser may do, and when it no longer may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.helping.models import Mandate
from linli.helping.tests.cast import acting, mandate
from linli.kernel.models import RecordedFact
from linli.people import actions as people
from linli.people.models import Member
from linli.people.visits import ACTING_KEY
from tests import factories

pytestmark = pytest.mark.django_db

ABOUT = {"name": "孙爷爷", "about": "我会修收音机", "phone": "", "email": "", "about_shown": "members",
         "home_shown": "members", "phone_shown": "nobody", "email_shown": "nobody"}  # fmt: skip


def about_of(member: Member) -> str:
    return Member.objects.values_list("about", flat=True).get(pk=member.pk)


def test_every_page_says_for_whom_the_helper_acts_and_how_to_stop() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei), sunny.li_mei)

    html = client.get("/c/sunny/helping/").content.decode()

    assert "孙爷爷" in html
    assert 'formaction="/c/sunny/helping/stop/"' in html


def test_what_the_helper_changes_is_the_elders_and_carries_both_names() -> None:
    sunny = factories.sunny()
    client = acting(sunny, mandate(sunny.grandpa_sun, sunny.li_mei, "profile"), sunny.li_mei)

    response = client.post("/c/sunny/me/", ABOUT)

    assert response.status_code == 303
    assert about_of(sunny.grandpa_sun) == "我会修收音机"
    assert about_of(sunny.li_mei) == ""
    fact = RecordedFact.objects.get(kind="people.ProfileEdited")
    assert (fact.person_id, fact.helper_id) == (sunny.grandpa_sun.person_id, sunny.li_mei.person_id)
