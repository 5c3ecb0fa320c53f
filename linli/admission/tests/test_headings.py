"""Above log-in and sign-up stands where the letter or invitation leads."""

import pytest
from django.test import Client

from linli.admission.tests.test_views import letter_for
from linli.homes.models import Unit
from linli.people.models import Community
from tests.factories import Sunny

pytestmark = pytest.mark.django_db


def sign_up_page(next_to: str) -> str:
    return Client().get("/account/signup/", {"next": next_to}).content.decode()


def test_a_letter_names_its_community_where_one_signs_up(sunny: Sunny, unit: Unit) -> None:
    assert "正在前往：阳光花园" in sign_up_page(letter_for(sunny, unit))


@pytest.mark.parametrize("address", ["/u/ACDEFGHJKM/", "/i/nothing/", "/c/sunny/join/", "/c/sunny/", "/me/"])
def test_nothing_else_tells_of_a_closed_community(sunny: Sunny, address: str) -> None:
    assert "阳光花园" not in sign_up_page(address)


def test_an_open_community_is_named(sunny: Sunny) -> None:
    Community.objects.update(is_public=True)

    assert "正在前往：阳光花园" in sign_up_page("/c/sunny/join/")
