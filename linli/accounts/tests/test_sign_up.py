"""A new account: by name and password, by a code, always with a number of its own."""

import pytest
from django.test import Client

from linli.accounts import actions, headings, limits
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.numbers import grouped, new_number
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Person
from tests.factories import NOW, PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP = "/account/signup/"


def sign_up(client: Client, name: str = "李梅", password: str = PASSWORD, **more: str):
    return client.post(SIGN_UP, {"name": name, "password": password, **more})


def test_a_name_and_a_password_are_enough() -> None:
    client = Client()

    response = sign_up(client)

    person = Person.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/account/number/")
    assert (person.name, person.email, person.phone) == ("李梅", "", None)
    assert len(person.number) == 8
    assert person.check_password(PASSWORD)
    assert grouped(person.number) in client.get(response["Location"]).content.decode()
    assert RecordedFact.objects.filter(kind="people.PersonRegistered", person_id=person.pk).count() == 1


def test_who_follows_a_letter_signs_up_and_comes_back_to_it() -> None:
    client = Client()

    kept = sign_up(client, next="/u/ABCD/?x=1")["Location"]
    page = client.get(kept).content.decode()

    assert kept == "/account/number/?next=%2Fu%2FABCD%2F%3Fx%3D1"
    assert 'href="/u/ABCD/?x=1"' in page


def test_the_page_says_where_one_is_heading(monkeypatch) -> None:
    monkeypatch.setattr(headings, "_headings", [lambda path: "阳光花园" if path.startswith("/u/") else None])

    page = Client().get(f"{SIGN_UP}?next=/u/ABCD/").content.decode()

    assert "阳光花园" in page
    assert 'name="next" value="/u/ABCD/"' in page


def test_one_keeps_the_language_and_size_one_came_with() -> None:
    client = Client()
    client.cookies["linli_language"] = "en"
    client.cookies["linli_size"] = "elder"

    sign_up(client)

    person = Person.objects.get()
    assert (person.language, person.size) == ("en", "elder")


@pytest.mark.parametrize(
    "name,password",
    [("", PASSWORD), ("   ", PASSWORD), ("李梅", "short"), ("李梅", "password1"), ("李" * 33, PASSWORD)],
)
def test_what_is_missing_or_weak_is_refused_and_nothing_is_made(name: str, password: str) -> None:
    response = sign_up(Client(), name, password)

    assert response.status_code == 422
    assert not Person.objects.exists()
    assert not RecordedFact.objects.exists()


def test_numbers_are_eight_digits_and_say_nothing_of_each_other() -> None:
    numbers = [new_number() for _ in range(2000)]

    assert all(len(number) == 8 and number.isdigit() and number[0] != "0" for number in numbers)
    assert len(set(numbers)) > 1990


def test_a_number_that_is_taken_is_drawn_again(monkeypatch) -> None:
    drawn = iter(["12345678", "12345678", "87654321"])
    monkeypatch.setattr("linli.accounts.actions.registration.new_number", lambda: next(drawn))

    first = actions.register(name="李梅", now=NOW)
    second = actions.register(name="王强", now=NOW)

    assert (first.number, second.number) == ("12345678", "87654321")


def test_two_people_may_have_one_name() -> None:
    sign_up(Client())
    sign_up(Client())

    assert Person.objects.filter(name="李梅").count() == 2


def test_many_sign_ups_from_one_address_are_let_through_and_a_flood_is_not(monkeypatch) -> None:
    monkeypatch.setattr(limits, "SIGN_UPS_FROM", limits.Limit("sign-up-from", 3, 600))

    statuses = [sign_up(Client()).status_code for _ in range(4)]

    assert statuses == [302, 302, 302, 429]
    assert Person.objects.count() == 3


def test_a_contact_of_somebody_else_cannot_be_registered_twice() -> None:
    contact = Contact(ContactKind.PHONE, "+8613800138000")
    actions.register(name="李梅", contact=contact, now=NOW)

    with pytest.raises(Refused) as refused:
        actions.register(name="王强", contact=contact, now=NOW)

    assert refused.value.refusal.code == "contact_taken"
    assert list(Person.objects.values_list("name", flat=True)) == ["李梅"]


def test_the_number_page_is_for_its_person_alone() -> None:
    assert Client().get("/account/number/")["Location"].startswith("/account/login/")
