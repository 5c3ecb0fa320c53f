"""My data as one ZIP, erasing the account, and a walk over all tables for what nobody has thought of."""

import importlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from linli.accounts import actions
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.own_data import own_data_file
from linli.accounts.personal import OTHERS_DATA
from linli.accounts.tests.test_log_in import person_of, somebody
from linli.accounts.tests.test_me import entered
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.kernel.testing import drain
from linli.people import actions as people
from linli.people import own_data
from linli.people.models import Block, Member, Person, Session
from linli.people.own_data import Erasure, Export, NotPersonal, OwnFile, Personal, exporters
from linli.people.roles import Role
from tests import factories
from tests.factories import LATER, NOW

EMAIL = Contact(ContactKind.EMAIL, "mei@sunny.example")
# Tables of Django and allauth without a word about anybody.
FRAMEWORK = {"contenttypes.ContentType", "auth.Permission", "auth.Group"}


def declared(model: type[models.Model]) -> Personal | NotPersonal | None:
    if model.__module__.startswith("linli."):
        try:
            module = importlib.import_module(f"{apps.get_app_config(model._meta.app_label).name}.personal")
        except ModuleNotFoundError:
            return OTHERS_DATA.get(model._meta.label)
        found: Personal | NotPersonal | None = module.PERSONAL_DATA.get(model.__name__)
        return found
    return OTHERS_DATA.get(model._meta.label)


def about_people(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a row leads to a person or a member over any number of steps."""
    if model in (Person, Member):
        return True
    if model in seen:
        return False
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return any(about_people(target, seen | {model}) for target in targets if isinstance(target, type))


def holds_text(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.CharField | models.TextField | models.JSONField)
        for field in model._meta.concrete_fields
    )


def suspicious() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in FRAMEWORK and (about_people(model) or holds_text(model))
    ]


def test_every_table_says_what_it_knows_of_people() -> None:
    silent = [model._meta.label for model in suspicious() if declared(model) is None and model._meta.managed]

    # Name them in PERSONAL_DATA of the app's personal.py; linli/people/own_data.py says how.
    assert sorted(silent) == []


def test_no_declaration_names_a_table_that_is_gone() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and (Path(config.path) / "personal.py").exists():
            module = importlib.import_module(f"{config.name}.personal")
            there = {model.__name__ for model in config.get_models(include_auto_created=True)}
            assert set(module.PERSONAL_DATA) <= there, config.label


@pytest.mark.django_db
def test_everything_declared_for_handing_out_is_handed_out() -> None:
    person = factories.sunny().li_mei.person
    handed_out = {name for exporter in exporters() for name in exporter(person).lists}
    promised = {
        found.export for model in suspicious() if isinstance(found := declared(model), Personal) and found.export
    }

    assert promised - handed_out == set()


def test_whoever_keeps_something_says_why() -> None:
    with pytest.raises(ValueError, match="why"):
        Personal(export="x", erasure=Erasure.KEPT)
    with pytest.raises(ValueError, match="why"):
        Personal(erasure=Erasure.DELETED)


def opened(person: Person) -> zipfile.ZipFile:
    with own_data_file(person, NOW) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


@pytest.mark.django_db
def test_my_data_is_one_zip_with_my_account_and_memberships() -> None:
    sunny = factories.sunny()
    person = sunny.li_mei.person
    actions.add_contact(person=person, contact=EMAIL, now=NOW)

    archive = opened(Person.objects.get(pk=person.pk))

    account = json.loads(archive.read("account.json"))
    memberships = json.loads(archive.read("memberships.json"))
    assert archive.testzip() is None
    assert (account[0]["number"], account[0]["email"]) == (person.number, EMAIL.value)
    assert [(row["community"], row["name"]) for row in memberships] == [("阳光花园", "李梅")]
    assert "李梅" in archive.read("README.txt").decode()


@pytest.mark.django_db
def test_my_data_holds_no_secrets_and_nothing_of_others() -> None:
    sunny = factories.sunny()
    person = sunny.li_mei.person
    Authenticator.objects.create(user=person, type="totp", data={"secret": "TOPSECRET"})
    client = factories.logged_in(person)

    archive = opened(person)

    everything = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert "TOPSECRET" not in everything
    assert person.password not in everything
    assert client.session.session_key not in everything
    assert sunny.wang_qiang.person.email not in everything


@pytest.mark.django_db
def test_files_cannot_climb_out_of_the_zip(monkeypatch) -> None:
    files = (OwnFile(name="../../etc/passwd", content=b"x"), OwnFile(name="/a/b.webp", content=b"y"))
    monkeypatch.setattr(own_data, "_exporters", [lambda person: Export(files=files)])

    names = opened(somebody()).namelist()

    assert names[:2] == ["files/etc/passwd", "files/a/b.webp"]


@pytest.mark.django_db
def test_the_page_hands_the_zip_out_a_few_times_an_hour() -> None:
    client = entered(somebody())

    answers = [client.post("/me/data/file/") for _ in range(7)]

    assert [answer.status_code for answer in answers] == [200] * 6 + [303]
    assert answers[0]["Content-Type"] == "application/zip"
    assert "attachment" in answers[0]["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(b"".join(answers[0].streaming_content))).testzip() is None
    for answer in answers:
        answer.close()


@pytest.mark.django_db
def test_erasing_removes_everything_that_says_who_it_was() -> None:
    sunny = factories.sunny()
    person = sunny.li_mei.person
    actions.add_contact(person=person, contact=EMAIL, now=NOW)
    actions.make_sheet(person=person, now=NOW)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    people.edit_profile(by=sunny.li_mei, now=NOW, about="早晚在家", phone="13800138000")
    people.block(by=sunny.wang_qiang, member=sunny.li_mei, now=NOW)
    number = person.number
    client = factories.logged_in(person)

    actions.erase(person=person, now=LATER)

    row = Person.objects.get(pk=person.pk)
    member = Member.objects.get(pk=sunny.li_mei.pk)
    assert (row.name, row.email, row.phone, row.is_active, row.erased_at) == ("", "", None, False, LATER)
    assert row.number != number
    assert not row.has_usable_password()
    assert (member.name, member.about, member.phone, member.left_at) == ("已注销的账号", "", "", LATER)
    assert not Session.objects.filter(person=person).exists()
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not Block.objects.exists()
    assert person_of(client) is None
    facts = RecordedFact.objects.filter(kind="people.PersonErased")
    assert [fact.payload["member_ids"] for fact in facts] == [[sunny.li_mei.pk]]
    drain()


@pytest.mark.django_db
def test_every_reaction_to_an_erased_account_ends_well_when_run_twice() -> None:
    sunny = factories.sunny()
    actions.erase(person=sunny.li_mei.person, now=LATER)

    drain()
    RecordedFact.objects.filter(kind="people.PersonErased").update(dispatched_at=None)
    drain()


@pytest.mark.django_db
def test_the_only_steward_of_others_is_asked_to_name_another_first() -> None:
    sunny = factories.sunny()
    person = sunny.steward.person

    with pytest.raises(Refused) as refused:
        actions.erase(person=person, now=LATER)

    assert refused.value.refusal.code == "last_steward"
    assert "阳光花园" in str(refused.value.refusal.message)
    person.refresh_from_db()
    assert person.erased_at is None
    assert not RecordedFact.objects.filter(kind="people.PersonErased").exists()


@pytest.mark.django_db
def test_one_of_two_stewards_may_go() -> None:
    sunny = factories.sunny()
    people.change_roles(by=sunny.steward, member=sunny.chen_jing, roles=Role.RESIDENT | Role.STEWARD, now=NOW)

    actions.erase(person=sunny.steward.person, now=LATER)

    assert Member.objects.get(pk=sunny.steward.pk).left_at == LATER


@pytest.mark.django_db
def test_a_steward_alone_at_home_may_go() -> None:
    alone = factories.community("alone", "一个人")

    actions.erase(person=alone.person, now=LATER)

    assert Person.objects.get(pk=alone.person_id).erased_at == LATER


@pytest.mark.django_db
def test_erasing_takes_a_tick_and_logs_out() -> None:
    person = somebody()
    client = entered(person)

    without = client.post("/me/erasure/")
    done = client.post("/me/erasure/", {"is_sure": "on"})

    assert (without.status_code, done.status_code, done["Location"]) == (422, 303, "/")
    assert person_of(client) is None
    assert Person.objects.get().erased_at is not None


@pytest.mark.django_db
def test_the_page_says_what_a_lone_steward_has_to_do() -> None:
    sunny = factories.sunny()

    response = entered(sunny.steward.person).post("/me/erasure/", {"is_sure": "on"})

    assert response.status_code == 422
    assert "阳光花园" in response.content.decode()
    sunny.steward.person.refresh_from_db()
    assert sunny.steward.person.erased_at is None
