"""One's own account: ways in, devices, and showing once more that it is you."""

import time
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from linli.accounts import actions
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.tests.test_codes import mailed_code
from linli.accounts.tests.test_log_in import log_in, person_of, somebody
from linli.kernel.testing import drain
from linli.people.models import Person, Session
from linli.people.sessions import session_name
from tests import factories
from tests.factories import NOW, PASSWORD
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
EMAIL = Contact(ContactKind.EMAIL, "mei@sunny.example")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_code_was_used_before() -> None:
    cache.clear()


def entered(person: Person) -> Client:
    client = Client()
    assert log_in(client, person.number).status_code == 302
    return client


def an_hour_later(client: Client) -> None:
    """As if the last password was typed an hour ago."""
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**record, "at": record["at"] - 3600} for record in records]
    session.save()


def app_code(shift: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift))


PAGES = [
    "/me/", "/me/name/", "/me/ways-in/", "/me/password/", "/me/contact/", "/me/sheet/", "/me/passkeys/",
    "/me/authenticator/", "/me/devices/", "/me/data/", "/me/erasure/", "/account/number/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_its_person_and_for_nobody_else(address: str) -> None:
    client = entered(somebody())

    assert client.get(address).status_code == 200
    assert Client().get(address)["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("address", ["/me/", "/me/devices/", "/me/ways-in/"])
def test_long_lists_cost_no_more_queries(address: str) -> None:
    person = somebody()
    client = entered(person)
    one = factories.community("first", founder=person)

    def grow() -> None:
        for number in range(40):
            factories.community(f"c{number}", founder=person)
            factories.logged_in(person)
            Authenticator.objects.create(user=person, type="webauthn", data={"name": f"{number}", "credential": {}})

    assert one.person_id == person.pk
    assert_same_queries(client, address, grow, most=9)


@pytest.mark.parametrize(
    "address", ["/me/password/", "/me/contact/", "/me/sheet/", "/me/passkeys/", "/me/authenticator/", "/me/erasure/"]
)
def test_what_matters_asks_again_after_a_while(address: str) -> None:
    client = entered(somebody())
    an_hour_later(client)

    asked = client.get(address)["Location"]
    wrong = client.post(asked, {"password": "wrong"})
    right = client.post(asked, {"password": PASSWORD, "next": address})

    assert asked == f"/account/again/?next={address}"
    assert wrong.status_code == 422
    assert right["Location"] == address
    assert client.get(address).status_code == 200


def test_an_old_session_can_change_nothing_by_post() -> None:
    person = somebody()
    client = entered(person)
    an_hour_later(client)

    client.post("/me/password/", {"password": "three quiet lanterns"})
    client.post("/me/erasure/", {"is_sure": "on"})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.erased_at is None
    assert "three quiet" not in str(dict(client.session))


def test_guessing_the_password_in_an_open_session_is_limited() -> None:
    client = entered(somebody())
    an_hour_later(client)

    statuses = [client.post("/account/again/", {"password": "wrong"}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_a_new_password_logs_out_everywhere_else_and_deletes_those_sessions() -> None:
    person = somebody()
    here, there = entered(person), entered(person)

    response = here.post("/me/password/", {"password": "three quiet lanterns"})

    assert response.status_code == 303
    assert person_of(here) == person.pk
    assert person_of(there) is None
    assert Session.objects.filter(person=person).count() == 1


def test_the_owner_hears_by_mail_that_the_password_was_changed() -> None:
    person = somebody()
    actions.add_contact(person=person, contact=EMAIL, now=NOW)
    drain()
    mail.outbox.clear()

    entered(person).post("/me/password/", {"password": "three quiet lanterns"})
    drain()

    assert [message.to for message in mail.outbox] == [[EMAIL.value]]
    assert "密码" in mail.outbox[0].body or "password" in mail.outbox[0].body


def test_a_weak_password_changes_nothing() -> None:
    person = somebody()
    client = entered(person)

    assert client.post("/me/password/", {"password": "12345678"}).status_code == 422
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_an_email_belongs_to_the_account_only_after_its_code() -> None:
    person = somebody()
    client = entered(person)

    client.post("/me/contact/", {"contact": EMAIL.value})
    person.refresh_from_db()
    before = person.email
    client.post("/me/contact/code/", {"code": mailed_code()})

    person.refresh_from_db()
    assert (before, person.email) == ("", EMAIL.value)


def test_a_contact_of_somebody_else_is_refused_though_the_code_is_right() -> None:
    other, person = somebody("王强"), somebody()
    actions.add_contact(person=other, contact=EMAIL, now=NOW)
    client = entered(person)

    drain()
    client.post("/me/contact/", {"contact": EMAIL.value})
    client.post("/me/contact/code/", {"code": mailed_code()})

    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.email, other.email) == ("", EMAIL.value)


def test_the_last_way_in_cannot_be_removed() -> None:
    person = actions.register(name="李梅", contact=EMAIL, now=NOW)
    client = Client()
    client.post("/account/code/", {"contact": EMAIL.value})
    client.post("/account/code/confirm/", {"code": mailed_code()})

    client.post("/me/contact/email/removal/")

    person.refresh_from_db()
    assert person.email == EMAIL.value
    actions.set_password(person=person, password=PASSWORD, kept_session=client.session.session_key, now=NOW)
    actions.remove_contact(person=person, kind=ContactKind.EMAIL, now=NOW)
    person.refresh_from_db()
    assert person.email == ""


def test_somebody_with_a_code_only_is_asked_by_code() -> None:
    actions.register(name="李梅", contact=EMAIL, now=NOW)
    client = Client()
    client.post("/account/code/", {"contact": EMAIL.value})
    client.post("/account/code/confirm/", {"code": mailed_code()})
    an_hour_later(client)

    asked = client.get("/me/erasure/")["Location"]
    opened = client.get(asked)
    sent_by_opening = len(mail.outbox)
    client.post(asked)
    done = client.post(asked, {"code": mailed_code(), "next": "/me/erasure/"})

    assert asked == "/account/again/code/?next=/me/erasure/"
    assert (opened.status_code, sent_by_opening, len(mail.outbox)) == (200, 1, 2)
    assert done["Location"] == "/me/erasure/"


def test_devices_are_listed_and_ended_one_by_one_without_their_keys() -> None:
    person = somebody()
    here = entered(person)
    there = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/605"})
    log_in(there, person.number)

    page = here.get("/me/devices/").content.decode()
    keys = list(Session.objects.filter(person=person).values_list("session_key", flat=True))
    end = [
        part.split('"')[0] for part in page.split('formaction="')[1:] if "/devices/" in part and "others" not in part
    ]
    here.post(end[0])

    assert "Safari · iPhone" in page
    assert not any(key in page for key in keys)
    assert person_of(there) is None
    assert person_of(here) == person.pk


def test_nobody_ends_a_device_of_somebody_else() -> None:
    person, other = somebody(), somebody("王强")
    theirs = entered(other)
    name = session_name(theirs.session.session_key)

    entered(person).post(f"/me/devices/{name}/end/")

    assert person_of(theirs) == other.pk


def test_all_other_devices_are_ended_at_once() -> None:
    person = somebody()
    here, one, two = entered(person), entered(person), entered(person)

    here.post("/me/devices/others/end/")

    assert [person_of(client) for client in (here, one, two)] == [person.pk, None, None]


def test_the_switches_are_kept_on_the_person() -> None:
    person = somebody()
    client = entered(person)

    client.post("/look/", {"size": "elder", "next": "/me/"})

    person.refresh_from_db()
    assert person.size == "elder"
    assert 'data-size="elder"' in entered(person).get("/me/").content.decode()


def test_the_second_step_is_set_up_with_the_app_and_shows_recovery_codes() -> None:
    person = somebody()
    client = entered(person)

    page = client.get("/me/authenticator/").content.decode()
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    wrong = client.post("/me/authenticator/", {"code": "000000"})
    done = client.post("/me/authenticator/", {"code": app_code()})

    assert "<svg" in page
    assert wrong.status_code == 422
    assert done["Location"] == "/me/recovery-codes/"
    codes = client.get("/me/recovery-codes/").content.decode()
    assert (
        RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).get_unused_codes()[0][:4] in codes
    )


def test_with_a_second_step_the_password_alone_lets_nobody_in() -> None:
    person = somebody()
    TOTP.activate(person, SECRET)
    client = Client()

    asked = log_in(client, person.number, next="/me/devices/")["Location"]
    before = person_of(client)
    page = client.get(asked)
    wrong = client.post(asked, {"code": "000000"})
    right = client.post(asked, {"code": app_code()})

    assert asked == "/account/second-step/"
    assert before is None
    assert page.status_code == 200
    assert wrong.status_code == 422
    assert right["Location"] == "/me/devices/"
    assert person_of(client) == person.pk


def test_a_code_of_the_app_is_good_for_one_log_in() -> None:
    person = somebody()
    TOTP.activate(person, SECRET)
    code = app_code()
    statuses = []

    for _ in range(2):
        client = Client()
        log_in(client, person.number)
        statuses.append(client.post("/account/second-step/", {"code": code}).status_code)

    assert statuses == [302, 422]


def test_a_recovery_code_stands_in_for_the_app_once() -> None:
    person = somebody()
    TOTP.activate(person, SECRET)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    statuses = []

    for _ in range(2):
        client = Client()
        log_in(client, person.number)
        statuses.append(client.post("/account/second-step/", {"code": f"{code[:4]} {code[4:]}"}).status_code)

    assert statuses == [302, 422]


def test_codes_of_the_second_step_cannot_be_guessed() -> None:
    person = somebody()
    TOTP.activate(person, SECRET)
    client = Client()
    log_in(client, person.number)

    for _ in range(10):
        client.post("/account/second-step/", {"code": "000000"})

    assert client.post("/account/second-step/", {"code": app_code()}).status_code == 422
    assert person_of(client) is None


def test_neither_code_nor_sheet_go_round_the_second_step() -> None:
    person = somebody()
    actions.add_contact(person=person, contact=EMAIL, now=NOW)
    TOTP.activate(person, SECRET)
    sheet = actions.make_sheet(person=person, now=NOW)
    drain()
    by_code, by_sheet = Client(), Client()

    by_code.post("/account/code/", {"contact": EMAIL.value})
    first = by_code.post("/account/code/confirm/", {"code": mailed_code()})
    second = by_sheet.post("/account/recovery/", {"login": person.number, "code": sheet})

    assert first["Location"] == second["Location"] == "/account/second-step/"
    assert person_of(by_code) is None
    assert person_of(by_sheet) is None


def test_a_passkey_alone_asks_for_no_second_step_after_the_password() -> None:
    person = somebody()
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "phone", "credential": {}})

    assert person_of(entered(person)) == person.pk


def test_the_second_step_is_turned_off_again() -> None:
    person = somebody()
    client = entered(person)
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)

    assert client.get("/me/authenticator/end/").status_code == 200
    client.post("/me/authenticator/end/")

    assert not Authenticator.objects.filter(user=person).exists()


def test_who_comes_regularly_stays_logged_in_and_is_seen_on_the_device() -> None:
    person = somebody()
    client = entered(person)
    long_ago = timezone.now() - timedelta(days=80)
    rows = Session.objects.filter(person=person)
    rows.update(seen_at=long_ago, expire_date=long_ago + timedelta(days=90))

    cookie = client.get("/me/").cookies.get("linli")
    again = client.get("/me/").cookies.get("linli")

    session = rows.get()
    assert session.seen_at and session.seen_at > timezone.now() - timedelta(minutes=1)
    assert session.expire_date > timezone.now() + timedelta(days=89)
    assert cookie is not None
    assert again is None
