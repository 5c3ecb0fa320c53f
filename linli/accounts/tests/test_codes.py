"""Codes by e-mail and text message: log in, sign up, lost passwords, the printed recovery code."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from linli.accounts import actions, codes
from linli.accounts.contacts import Contact, ContactKind, read_contact
from linli.accounts.messages import mail_code
from linli.accounts.tests.test_log_in import person_of, same, somebody
from linli.kernel.models import Job
from linli.kernel.testing import drain
from linli.people.models import Person, Session
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
EMAIL = Contact(ContactKind.EMAIL, "mei@sunny.example")
PHONE = Contact(ContactKind.PHONE, "+8613800138000")
ASK, CONFIRM, LOST = "/account/code/", "/account/code/confirm/", "/account/password/reset/"


def mailed_code() -> str:
    drain()
    found = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert found
    return found[0]


@pytest.fixture
def texts(monkeypatch) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []

    class Kept:
        def send(self, to: str, text: str) -> None:
            sent.append((to, text))

    monkeypatch.setattr("linli.accounts.messages.gateway", Kept)
    return sent


def with_contact(contact: Contact, name: str = "李梅") -> Person:
    person = somebody(name)
    actions.add_contact(person=person, contact=contact, now=NOW)
    drain()
    mail.outbox.clear()  # the notice that a contact was added
    return person


def test_a_code_by_email_logs_in() -> None:
    person = with_contact(EMAIL)
    client = Client()

    assert client.post(ASK, {"contact": "MEI@sunny.example", "next": "/me/"})["Location"] == CONFIRM
    response = client.post(CONFIRM, {"code": mailed_code()})

    assert response["Location"] == "/me/"
    assert person_of(client) == person.pk


def test_a_code_by_text_message_logs_in(texts) -> None:
    person = with_contact(PHONE)
    client = Client()

    client.post(ASK, {"contact": "138 0013 8000"})
    drain()
    ((to, text),) = texts
    client.post(CONFIRM, {"code": re.search(r"\d{6}", text)[0]})

    assert to == "+8613800138000"
    assert person_of(client) == person.pk


def test_somebody_new_says_a_name_and_is_in() -> None:
    client = Client()

    client.post(ASK, {"contact": EMAIL.value, "next": "/u/ABCD/"})
    name_page = client.post(CONFIRM, {"code": mailed_code()})["Location"]
    response = client.post(name_page, {"name": "李梅", "next": "/u/ABCD/"})

    person = Person.objects.get()
    assert name_page == "/account/signup/name/?next=%2Fu%2FABCD%2F"
    assert response["Location"] == "/account/number/?next=%2Fu%2FABCD%2F"
    assert (person.name, person.email, person.has_usable_password()) == ("李梅", EMAIL.value, False)
    assert EmailAddress.objects.get().verified
    assert person_of(client) == person.pk


def test_nobody_gets_a_name_page_without_a_proved_contact() -> None:
    response = Client().post("/account/signup/name/", {"name": "李梅"})

    assert response.status_code == 302
    assert not Person.objects.exists()


def test_asking_for_a_code_answers_alike_for_known_and_unknown_addresses() -> None:
    with_contact(EMAIL)
    pages, jobs = [], []

    for address in (EMAIL.value, "nobody@sunny.example"):
        client = Client()
        client.cookies["linli_language"] = "en"
        answer = client.post(ASK, {"contact": address})
        pages.append((answer.status_code, answer["Location"], same(client.get(CONFIRM).content, address)))
        jobs.append(Job.objects.filter(task__contains="mail_code").count())
        drain()

    assert pages[0] == pages[1]
    assert jobs == [1, 1]
    assert len(mail.outbox) == 2
    assert re.sub(r"\d{6}", "", mail.outbox[0].body) == re.sub(r"\d{6}", "", mail.outbox[1].body)


def test_a_lost_password_answers_alike_for_known_and_unknown_numbers() -> None:
    person = with_contact(EMAIL)
    without = somebody("孙爷爷")
    pages = []

    for number in (person.number, without.number, "10000001"):
        client = Client()
        client.cookies["linli_language"] = "en"
        answer = client.post(LOST, {"login": number})
        shown = same(client.get(CONFIRM).content, f"{number[:4]} {number[4:]}")
        wrong = client.post(CONFIRM, {"code": "000000"})
        pages.append((answer.status_code, answer["Location"], shown, wrong.status_code))

    assert pages[0] == pages[1] == pages[2]
    drain()
    assert [message.to for message in mail.outbox] == [[EMAIL.value]]


def test_a_lost_password_is_set_anew_with_a_code_and_ends_all_other_sessions() -> None:
    person = with_contact(EMAIL)
    elsewhere = factories.logged_in(person)
    client = Client()

    client.post(LOST, {"login": person.number})
    to = client.post(CONFIRM, {"code": mailed_code()})["Location"]
    response = client.post(to, {"password": "three quiet lanterns"})

    person.refresh_from_db()
    assert (to, response.status_code) == ("/me/password/", 303)
    assert person.check_password("three quiet lanterns")
    assert person_of(client) == person.pk
    assert person_of(elsewhere) is None
    assert Session.objects.filter(person=person).count() == 1


def test_a_code_is_good_once() -> None:
    with_contact(EMAIL)
    client = Client()
    client.post(ASK, {"contact": EMAIL.value})
    code = mailed_code()
    client.post(CONFIRM, {"code": code})
    client.post("/account/logout/")

    assert client.post(CONFIRM, {"code": code})["Location"] == "/account/login/"
    assert person_of(client) is None


def test_five_wrong_codes_make_the_right_one_worthless() -> None:
    with_contact(EMAIL)
    client = Client()
    client.post(ASK, {"contact": EMAIL.value})
    code = mailed_code()
    wrong = "000000" if code != "000000" else "111111"

    for _ in range(5):
        assert client.post(CONFIRM, {"code": wrong}).status_code == 422

    assert client.post(CONFIRM, {"code": code}).status_code == 422
    assert person_of(client) is None


def test_a_code_is_old_after_ten_minutes(monkeypatch) -> None:
    with_contact(EMAIL)
    client = Client()
    client.post(ASK, {"contact": EMAIL.value})
    code = mailed_code()
    monkeypatch.setattr(codes, "VALID", timedelta(0))

    assert client.post(CONFIRM, {"code": code}).status_code == 422
    assert person_of(client) is None


def test_a_code_of_another_browser_lets_nobody_in() -> None:
    with_contact(EMAIL)
    Client().post(ASK, {"contact": EMAIL.value})
    code = mailed_code()
    other = Client()
    other.post(ASK, {"contact": "other@sunny.example"})

    assert other.post(CONFIRM, {"code": code}).status_code == 422


def test_guesses_are_counted_for_the_contact_however_many_browsers_are_used() -> None:
    with_contact(EMAIL)
    statuses = []

    for _ in range(5):
        client = Client()
        assert client.post(ASK, {"contact": EMAIL.value}).status_code == 303
        statuses += [client.post(CONFIRM, {"code": "000000"}).status_code for _ in range(5)]

    assert statuses[:20] == [422] * 20
    assert set(statuses[20:]) <= {429, 422}
    assert Client().post(ASK, {"contact": EMAIL.value}).status_code == 429


def test_a_new_code_can_be_asked_for_twice() -> None:
    with_contact(EMAIL)
    client = Client()
    client.post(ASK, {"contact": EMAIL.value})
    first = mailed_code()

    client.post(CONFIRM, {"again": "1"})
    second = mailed_code()

    assert client.post(CONFIRM, {"code": first}).status_code == (422 if first != second else 302)
    assert client.post(CONFIRM, {"code": second}).status_code == 302


def test_a_late_code_is_not_sent(monkeypatch) -> None:
    mail_code("mei@sunny.example", "123456", "en", timezone.now().isoformat())

    assert mail.outbox == []


@pytest.mark.parametrize("typed", ["", "nonsense", "12345", "a@b", "23800138000", "+86138"])
def test_what_is_no_address_is_said_so(typed: str) -> None:
    assert Client().post(ASK, {"contact": typed}).status_code == 422
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "typed,value",
    [
        ("138 0013 8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+49 170 1234567", "+491701234567"),
        ("0049 170 1234567", "+491701234567"),
        (" Mei@Sunny.Example ", "mei@sunny.example"),
        ("mei＠sunny.example", "mei@sunny.example"),
    ],
)
def test_contacts_are_read_as_people_write_them(typed: str, value: str) -> None:
    contact = read_contact(typed)

    assert contact and contact.value == value


def test_without_gateway_and_mail_nobody_is_offered_a_code(settings) -> None:
    settings.LINLI_IS_TRIAL = False

    page = Client().get("/account/login/").content.decode()

    assert ASK not in page
    assert Client().post(ASK, {"contact": PHONE.value}).status_code == 422
    assert not Job.objects.exists()


def test_the_printed_recovery_code_lets_in_once_and_to_a_new_password() -> None:
    person = somebody()
    code = actions.make_sheet(person=person, now=NOW)
    client = Client()
    typed = {"login": person.number, "code": f"{code[:4].lower()} {code[4:8]}-{code[8:]}"}

    response = client.post("/account/recovery/", typed)

    assert response["Location"] == "/me/password/"
    assert client.get("/me/password/").status_code == 200
    again = Client().post("/account/recovery/", typed)
    assert again.status_code == 422


def test_a_recovery_code_of_somebody_else_opens_nothing() -> None:
    person, other = somebody(), somebody("王强")
    code = actions.make_sheet(person=other, now=NOW)

    known = Client().post("/account/recovery/", {"login": person.number, "code": code})
    unknown = Client().post("/account/recovery/", {"login": "10000001", "code": code})

    assert known.status_code == unknown.status_code == 422
    assert same(known.content, person.number) == same(unknown.content, "10000001")


def test_a_new_sheet_makes_the_old_one_worthless() -> None:
    person = somebody()
    old = actions.make_sheet(person=person, now=NOW)
    actions.make_sheet(person=person, now=NOW)

    assert Client().post("/account/recovery/", {"login": person.number, "code": old}).status_code == 422


def test_what_one_name_of_an_account_used_up_says_nothing_of_its_other_names() -> None:
    person = with_contact(EMAIL)

    for _ in range(10):
        Client().post("/account/login/", {"login": person.number, "password": "wrong"})
    for _ in range(5):
        client = Client()
        client.post(LOST, {"login": person.number})
        for _ in range(5):
            client.post(CONFIRM, {"code": "000000"})

    assert Client().post("/account/login/", {"login": EMAIL.value, "password": "wrong"}).status_code == 422
    other = Client()
    assert other.post(ASK, {"contact": EMAIL.value}).status_code == 303
    assert other.post(CONFIRM, {"code": "000000"}).status_code == 422
