"""The operator's console: for operators only, to look at, with few things to do."""

import re

import pytest
from django.test import Client

from linli.accounts import actions
from linli.accounts.operator import operator_site
from linli.accounts.tests.test_log_in import log_in, person_of, somebody
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Person
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAGES = [f"/operator/{model._meta.app_label}/{model._meta.model_name}/" for model in operator_site._registry]


@pytest.mark.parametrize("address", ["/operator/", *PAGES])
def test_it_opens_for_operators_and_does_not_exist_for_others(address: str) -> None:
    sunny = factories.sunny()

    assert factories.logged_in(factories.operator()).get(address).status_code == 200
    assert factories.logged_in(sunny.steward).get(address).status_code == 404
    assert Client().get(address)["Location"] == f"/account/login/?next={address}"


def test_it_has_no_log_in_of_its_own() -> None:
    operator = factories.logged_in(factories.operator())

    assert Client().get("/operator/login/")["Location"] == "/account/login/?next=/operator/"
    assert operator.get("/operator/password_change/")["Location"] == "/me/password/"
    assert operator.post("/operator/logout/").status_code == 303


def test_columns_cannot_be_edited() -> None:
    person = somebody()
    client = factories.logged_in(factories.operator())

    shown = client.get(f"/operator/people/person/{person.pk}/change/")
    changed = client.post(f"/operator/people/person/{person.pk}/change/", {"name": "x", "is_operator": "on"})

    person.refresh_from_db()
    assert shown.status_code == 200
    assert changed.status_code == 403
    assert (person.name, person.is_operator) == ("李梅", False)
    assert person.password not in shown.content.decode()


def act(client: Client, person: Person, name: str) -> str:
    data = {"action": name, "_selected_action": [person.pk]}
    return client.post("/operator/people/person/", data, follow=True).content.decode()


def test_a_suspended_account_is_closed_until_it_is_readmitted() -> None:
    person = somebody()
    own = factories.logged_in(person)
    client = factories.logged_in(factories.operator())

    act(client, person, "suspend")
    while_closed = (person_of(own), log_in(Client(), person.number).status_code)
    act(client, person, "readmit")

    assert while_closed == (None, 422)
    assert log_in(Client(), person.number).status_code == 302
    kinds = RecordedFact.objects.filter(person_id=person.pk, kind__startswith="accounts.Person")
    assert list(kinds.values_list("kind", flat=True)) == ["accounts.PersonSuspended", "accounts.PersonReadmitted"]


def test_nobody_suspends_oneself() -> None:
    operator = factories.operator()

    with pytest.raises(Refused):
        actions.suspend(by=operator, person=operator, now=NOW)

    operator.refresh_from_db()
    assert operator.is_active


def test_an_erased_account_cannot_be_readmitted() -> None:
    person = somebody()
    actions.erase(person=person, now=NOW)

    actions.readmit(by=factories.operator(), person=person, now=NOW)

    person.refresh_from_db()
    assert not person.is_active


def test_somebody_locked_out_gets_a_recovery_code_from_an_operator() -> None:
    person = somebody()
    client = factories.logged_in(factories.operator())

    page = act(client, person, "recovery_code")

    code = re.search(r"[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}", page)
    assert code
    response = Client().post("/account/recovery/", {"login": person.number, "code": code[0]})
    assert response["Location"] == "/me/password/"


def test_jobs_and_sessions_show_no_secrets() -> None:
    client = factories.logged_in(factories.operator())
    Client().post("/account/code/", {"contact": "mei@sunny.example"})

    jobs = client.get("/operator/kernel/job/").content.decode()
    sessions = client.get("/operator/people/session/").content.decode()

    assert "mail_code" in jobs
    assert "mei@sunny.example" not in jobs
    assert client.session.session_key not in sessions
