"""Coming in with number, e-mail or phone and a password."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from linli.accounts import actions
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.links import log_in_link
from linli.kernel.models import Allowance
from linli.people.models import Person, Session
from tests import factories
from tests.factories import NOW, PASSWORD

pytestmark = pytest.mark.django_db
LOG_IN = "/account/login/"


def somebody(name: str = "李梅", **fields: object) -> Person:
    return actions.register(name=name, password=PASSWORD, now=NOW, language="en", **fields)


def log_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(LOG_IN, {"login": login, "password": password, **more})


def person_of(client: Client) -> int | None:
    response = client.get("/me/")
    return response.wsgi_request.visit.person.pk if response.wsgi_request.visit.person else None


@pytest.mark.parametrize("spelling", ["{n}", "{n4} {n8}", "{n4}-{n8}", " {n} "])
def test_the_number_lets_in_however_it_is_spaced(spelling: str) -> None:
    person = somebody()
    client = Client()

    response = log_in(client, spelling.format(n=person.number, n4=person.number[:4], n8=person.number[4:]))

    assert (response.status_code, response["Location"]) == (302, "/")
    assert person_of(client) == person.pk


def test_a_number_in_full_width_digits_lets_in() -> None:
    person = somebody()
    client = Client()

    log_in(client, person.number.translate(str.maketrans("0123456789", "０１２３４５６７８９")))

    assert person_of(client) == person.pk


def test_a_proved_email_and_phone_let_in_too() -> None:
    person = somebody()
    actions.add_contact(person=person, contact=Contact(ContactKind.EMAIL, "mei@sunny.example"), now=NOW)
    actions.add_contact(person=person, contact=Contact(ContactKind.PHONE, "+8613800138000"), now=NOW)

    for login in ("Mei@Sunny.Example", "13800138000", "138 0013 8000", "+86 138 0013 8000", "008613800138000"):
        client = Client()
        log_in(client, login)
        assert person_of(client) == person.pk, login


def test_one_goes_on_to_where_one_wanted_to_be() -> None:
    person = somebody()

    response = log_in(Client(), person.number, next="/c/sunny/?page=2")

    assert response["Location"] == "/c/sunny/?page=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_one_never_goes_on_to_another_site(elsewhere: str) -> None:
    person = somebody()

    response = log_in(Client(), person.number, next=elsewhere)

    assert response["Location"] == "/"


def test_a_wrong_password_lets_nobody_in() -> None:
    person = somebody()
    client = Client()

    response = log_in(client, person.number, "not the password")

    assert response.status_code == 422
    assert "号码与密码不符" in response.content.decode()
    assert person_of(client) is None
    assert not Session.objects.filter(person=person).exists()


def test_the_session_key_is_another_one_after_log_in() -> None:
    person = somebody()
    client = Client()
    client.post("/account/code/", {"contact": "someone@sunny.example"})  # a session before log-in
    before = client.cookies["linli"].value

    log_in(client, person.number)

    assert client.cookies["linli"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_an_erased_account_answers_like_none() -> None:
    person = somebody()
    number = person.number
    actions.erase(person=person, now=NOW)

    response = log_in(Client(), number)

    assert response.status_code == 422


def same(body: bytes, *words: str) -> str:
    """The page without what the visitor typed and without tokens."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body.decode())
    for word in words:
        text = text.replace(word, "…")
    return text


def test_a_number_that_nobody_has_answers_just_like_one_with_a_wrong_password() -> None:
    person = somebody()

    known = log_in(Client(), person.number, "wrong")
    unknown = log_in(Client(), "10000001", "wrong")

    assert known.status_code == unknown.status_code
    assert same(known.content, person.number) == same(unknown.content, "10000001")
    assert known.cookies.keys() == unknown.cookies.keys()


def test_too_many_wrong_passwords_are_refused_alike_for_known_and_unknown_numbers() -> None:
    person = somebody()
    answers = {}

    for login in (person.number, "10000001"):
        for _ in range(10):
            assert log_in(Client(), login, "wrong").status_code == 422
        answers[login] = log_in(Client(), login, PASSWORD)

    known, unknown = answers.values()
    assert (known.status_code, unknown.status_code) == (429, 429)
    assert same(known.content, person.number) == same(unknown.content, "10000001")
    assert 0 < int(known["Retry-After"]) <= 600
    assert re.search(r"\d+ (minutes|分钟)", known.content.decode())


def test_a_stranger_cannot_lock_somebody_out_of_their_own_phone() -> None:
    person = somebody()
    own = Client()
    log_in(own, person.number)
    own.post("/account/logout/")

    for _ in range(12):
        log_in(Client(), person.number, "wrong")

    assert log_in(Client(), person.number).status_code == 429
    assert log_in(own, person.number).status_code == 302
    assert person_of(own) == person.pk


def test_neighbours_behind_one_address_do_not_lock_each_other_out() -> None:
    people = [somebody(f"邻居{count}") for count in range(20)]
    for _ in range(11):
        log_in(Client(), people[0].number, "wrong")

    assert [log_in(Client(), person.number).status_code for person in people[1:]] == [302] * 19


def test_a_right_password_begins_the_count_anew() -> None:
    person = somebody()
    for _ in range(9):
        log_in(Client(), person.number, "wrong")

    assert log_in(Client(), person.number).status_code == 302
    assert log_in(Client(), person.number, "wrong").status_code == 422


def test_logging_out_needs_a_post_and_ends_the_session() -> None:
    client = factories.logged_in(somebody())

    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/").status_code == 303
    assert person_of(client) is None
    assert not Session.objects.exclude(person=None).exists()


def test_who_is_logged_in_needs_no_log_in_page() -> None:
    client = factories.logged_in(somebody())

    assert client.get(LOG_IN + "?next=/me/")["Location"] == "/me/"


def test_a_link_of_the_demo_logs_in_with_one_click() -> None:
    person = somebody(number="00000001")
    client = Client()

    response = client.get(log_in_link(person))

    assert response.status_code == 302
    assert person_of(client) == person.pk


def test_links_open_no_account_outside_the_demo() -> None:
    person = somebody()

    assert Client().get(log_in_link(person)).status_code == 404


def test_links_open_nothing_where_the_server_is_no_demo(settings) -> None:
    person = somebody(number="00000001")
    settings.LINLI_IS_TRIAL = False

    assert Client().get(log_in_link(person)).status_code == 404
    assert Client().get(reverse("account_link", args=["00000001"])).status_code == 404


@pytest.mark.slow
def test_log_in_takes_the_same_time_for_a_number_that_nobody_has(settings) -> None:
    settings.PASSWORD_HASHERS = ["linli.accounts.hashers.Argon2Hasher"]
    person = somebody()
    times: dict[str, list[float]] = {person.number: [], "10000001": []}

    for round_ in range(60):
        for login, taken in times.items():
            Allowance.objects.all().delete()
            began = time.process_time()
            log_in(Client(), login, f"wrong {round_}")
            taken.append(time.process_time() - began)

    known, unknown = (sorted(taken)[len(taken) // 2] for taken in times.values())
    assert abs(known - unknown) / known < 0.05, f"{known * 1000:.1f} ms, {unknown * 1000:.1f} ms"
