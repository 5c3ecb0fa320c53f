"""From the sheet of paper to the welcome, as a browser goes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.admission import actions
from linli.admission.codes import invitation_token, letter_code
from linli.admission.models import Application, Invitation, InvitationUse, Letter, Question, Sheaf
from linli.homes import actions as homes
from linli.homes.models import Occupancy, Unit
from linli.homes.reads import Scope
from linli.people import actions as people
from linli.people.models import Acceptance, Member
from tests import factories
from tests.factories import Sunny
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def letter_for(sunny: Sunny, unit: Unit, kind: str = "") -> str:
    """The address of a letter that is good now."""
    scope = Scope(sunny.community.pk, unit_ids=(unit.pk,))
    sheaf = actions.make_letters(by=sunny.steward, scope=scope, kind=kind, days=90, now=timezone.now())
    return f"/u/{letter_code(Letter.objects.get(sheaf=sheaf).nonce)}/"


ENTER = {"name": "周兰", "kind": "owner", "accept": "on"}


def test_a_stranger_with_a_letter_is_shown_the_way_and_comes_in(sunny: Sunny, unit: Unit) -> None:
    address = letter_for(sunny, unit)
    stranger = factories.logged_in(None)

    seen = stranger.get(address)
    posted = stranger.post(address, ENTER)
    assert seen.status_code == 200
    assert "阳光花园" in seen.content.decode()
    assert "3号楼 2单元 101" in seen.content.decode()
    assert f"/account/signup/?next={address}" in seen.content.decode()
    assert posted["Location"].startswith("/account/login/")
    assert not Letter.objects.exclude(used_at=None).exists()

    newcomer = factories.logged_in(factories.person("周兰"))
    done = newcomer.post(address, ENTER)
    assert done["Location"] == "/c/sunny/welcome/"
    assert newcomer.get("/c/sunny/welcome/").status_code == 200
    assert Occupancy.objects.get().unit == unit


def test_looking_changes_nothing_and_a_used_letter_says_so(sunny: Sunny, unit: Unit) -> None:
    address = letter_for(sunny, unit, kind="owner")
    first, second = (factories.logged_in(factories.person(name)) for name in ("周兰", "吴刚"))
    for client in (first, second, first):
        assert client.get(address).status_code == 200
    first.post(address, ENTER)

    again, late = first.get(address), second.post(address, ENTER)

    assert again["Location"] == "/c/sunny/"
    assert late.status_code == 410
    assert Occupancy.objects.count() == 1
    assert second.get("/c/sunny/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"accept": ""}, {"name": ""}, {"kind": ""}, {"kind": "king"}, {"name": "x" * 33}, {"name": "11010519491231002X"}],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(sunny: Sunny, unit: Unit, wrong: dict[str, str]) -> None:
    address = letter_for(sunny, unit)
    client = factories.logged_in(factories.person("周兰"))

    response = client.post(address, ENTER | wrong)

    assert response.status_code == 422
    assert Occupancy.objects.count() == 0
    assert Letter.objects.filter(used_at=None).count() == 1


def test_a_code_is_typed_in_by_hand(sunny: Sunny, unit: Unit) -> None:
    address = letter_for(sunny, unit)
    code = address.strip("/").removeprefix("u/")
    stranger = factories.logged_in(None)

    found = stranger.post("/u/", {"code": f"{code[:5].lower()} - {code[5:]}"})
    wrong = stranger.post("/u/", {"code": "AAAAA-AAAAA"})
    nothing = stranger.post("/u/", {"code": ""})

    assert found["Location"] == address
    assert (wrong.status_code, nothing.status_code) == (422, 422)


def test_guessing_is_slowed_down_for_right_codes_too(sunny: Sunny, unit: Unit) -> None:
    address = letter_for(sunny, unit)
    stranger = factories.logged_in(None)
    answers = [stranger.get(f"/u/AAAAAAAA{a}{b}/").status_code for a in "ACDEF" for b in "ACDEF"]

    assert answers[:20] == [404] * 20
    assert answers[20:] == [429] * 5
    assert stranger.get(address).status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(address).status_code == 200


def test_an_invitation_lets_in_and_shows_who_came(sunny: Sunny) -> None:
    steward = factories.logged_in(sunny.steward)
    made = steward.post("/c/sunny/steward/invitations/", {"note": "海报", "uses_max": "2", "days": "7", "roles": ["2"]})
    invitation = Invitation.objects.get()
    address = f"/i/{invitation_token(invitation.nonce)}/"
    assert address in steward.get(made["Location"]).content.decode()

    stranger = factories.logged_in(None)
    assert f"/account/signup/?next={address}" in stranger.get(address).content.decode()
    newcomer = factories.logged_in(factories.person("周兰"))
    assert newcomer.get(address).status_code == 200
    assert newcomer.post(address, {"name": "周兰", "accept": ""}).status_code == 422
    assert newcomer.post(address, {"name": "周兰", "accept": "on"})["Location"] == "/c/sunny/welcome/"

    assert InvitationUse.objects.get().member.roles == 3
    assert "周兰" in steward.get(made["Location"]).content.decode()
    steward.post(made["Location"] + "end/")
    late = factories.logged_in(factories.person("吴刚")).post(address, {"name": "吴刚", "accept": "on"})
    assert late.status_code == 410
    assert factories.logged_in(None).get("/i/0000/").status_code == 404


def test_a_committee_member_is_offered_no_offices_and_cannot_smuggle_one_in(sunny: Sunny) -> None:
    committee = factories.logged_in(sunny.chen_jing)

    smuggled = committee.post("/c/sunny/steward/invitations/", {"uses_max": "2", "days": "7", "roles": ["32"]})

    assert smuggled.status_code == 422
    assert Invitation.objects.count() == 0


def test_each_sees_only_the_links_they_may(sunny: Sunny) -> None:
    mine = actions.make_invitation(by=sunny.steward, uses_max=2, days=7, now=timezone.now())

    committee = factories.logged_in(sunny.chen_jing)

    assert committee.get(f"/c/sunny/steward/invitations/{mine.pk}/").status_code == 404
    assert invitation_token(mine.nonce) not in committee.get("/c/sunny/steward/invitations/").content.decode()


APPLY = {"name": "周兰", "home": "3-2-101", "home_kind": "tenant", "accept": "on"}


def test_somebody_applies_is_let_in_and_sees_it(sunny: Sunny, unit: Unit) -> None:
    person = factories.person("周兰")
    applicant, committee = factories.logged_in(person), factories.logged_in(sunny.chen_jing)
    steward = factories.logged_in(sunny.steward)
    asked = steward.post(
        "/c/sunny/steward/joining/",
        {
            "takes_applications": "on",
            "letter_days": "60",
            "q0-text": "从哪里知道我们?",
            "q0-kind": "text",
            "q0-is_required": "on",
            "q1-text": "几口人?",
            "q1-kind": "choice",
            "q1-answers": "一\n二\n二\n三",
        },
    )
    assert asked.status_code == 303
    first, second = Question.objects.all()
    assert second.answers == ["一", "二", "三"]

    assert applicant.get("/c/sunny/join/").status_code == 200
    missing = applicant.post("/c/sunny/join/", APPLY)
    assert missing.status_code == 422
    assert Application.objects.count() == 0
    sent = applicant.post("/c/sunny/join/", APPLY | {f"question_{first.pk}": "邻居说的", f"question_{second.pk}": "二"})
    assert sent.status_code == 303
    application = Application.objects.get()
    assert application.unit == unit
    assert [row["answer"] for row in application.answers] == ["邻居说的", "二"]
    assert "邻居说的" in committee.get(f"/c/sunny/steward/applications/{application.pk}/").content.decode()

    approval = f"/c/sunny/steward/applications/{application.pk}/approval/"
    assert committee.post(approval, {"home": "3-2-101", "home_kind": "tenant"}).status_code == 422
    assert committee.post(approval, {"home": "9-9-999", "home_kind": "tenant", "verified_how": "x"}).status_code == 422
    done = committee.post(approval, {"home": "3-2-101", "home_kind": "tenant", "verified_how": "见过合同"})
    assert done.status_code == 303
    assert applicant.get("/c/sunny/join/")["Location"] == "/c/sunny/"
    assert applicant.get("/c/sunny/welcome/").status_code == 200


def test_somebody_is_refused_reads_why_and_withdraws_the_next_one(sunny: Sunny) -> None:
    applicant = factories.logged_in(factories.person("周兰"))
    applicant.post("/c/sunny/join/", APPLY)
    application = Application.objects.get()
    refusal = f"/c/sunny/steward/applications/{application.pk}/refusal/"
    steward = factories.logged_in(sunny.steward)

    assert steward.post(refusal, {"reason": ""}).status_code == 422
    assert steward.post(refusal, {"reason": "请先到物业登记"}).status_code == 303
    assert steward.post(refusal, {"reason": "again"}).status_code == 422

    assert "请先到物业登记" in applicant.get("/c/sunny/join/").content.decode()
    applicant.post("/c/sunny/join/", APPLY)
    assert applicant.post("/c/sunny/join/", APPLY).status_code == 422
    applicant.post("/c/sunny/join/withdrawal/")
    assert Application.objects.waiting().count() == 0
    assert Application.objects.count() == 2


def test_a_community_that_takes_no_applications_does_not_exist_for_strangers(sunny: Sunny) -> None:
    person = factories.person("周兰")
    actions.change_join_settings(by=sunny.steward, takes_applications=False, letter_days=90, now=timezone.now())

    applicant = factories.logged_in(person)

    assert applicant.get("/c/sunny/join/").status_code == 404
    assert applicant.get("/c/nowhere/join/").status_code == 404
    assert applicant.post("/c/sunny/join/", APPLY).status_code == 404
    assert Application.objects.count() == 0


def test_new_rules_are_read_and_accepted(sunny: Sunny) -> None:
    resident = factories.logged_in(sunny.li_mei)
    people.publish_agreement(by=sunny.steward, text="新的公约", now=timezone.now())

    shown = resident.get("/c/sunny/agreement/").content.decode()
    old = resident.post("/c/sunny/agreement/", {"version": "1"})
    assert "新的公约" in shown
    assert old.status_code == 422
    assert not Acceptance.objects.filter(member=sunny.li_mei, agreement__version=2).exists()

    resident.post("/c/sunny/agreement/", {"version": "2"})
    sunny.li_mei.refresh_from_db()
    assert sunny.li_mei.agreed_version == 2


def test_a_household_invites_shows_and_ends(sunny: Sunny, unit: Unit) -> None:
    row = homes.settle(
        unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=timezone.now()
    )
    resident = factories.logged_in(sunny.li_mei)
    invited = resident.post(f"/c/sunny/homes/mine/{unit.pk}/family/")
    letter = Letter.objects.get()
    assert letter_code(letter.nonce) in resident.get(invited["Location"]).content.decode()
    assert resident.get("/c/sunny/homes/mine/").status_code == 200

    neighbour = factories.logged_in(sunny.grandpa_sun)
    assert neighbour.get(invited["Location"]).status_code == 404
    assert neighbour.post(invited["Location"] + "end/").status_code == 404
    assert neighbour.post(f"/c/sunny/homes/mine/{unit.pk}/family/").status_code == 404
    assert neighbour.post(f"/c/sunny/homes/mine/occupancies/{row.pk}/end/").status_code == 404
    assert Letter.objects.filter(revoked_at=None).count() == 1

    resident.post(invited["Location"] + "end/")
    resident.post(f"/c/sunny/homes/mine/occupancies/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_at
    assert Letter.objects.filter(revoked_at=None).count() == 0
    assert neighbour.get("/c/sunny/homes/mine/").status_code == 200


def test_letters_are_chosen_made_and_printed(sunny: Sunny, unit: Unit) -> None:
    steward = factories.logged_in(sunny.steward)
    building = unit.entrance.building_id
    address = "/c/sunny/steward/letters/new/"
    assert steward.get(address).status_code == 200
    made = steward.post(
        address, {"buildings": [str(building)], "floor": "1", "only_without_account": "on", "days": "30", "kind": "any"}
    )
    sheaf = Sheaf.objects.get()
    assert sheaf.letters_made == 2

    shown = steward.get(made["Location"]).content.decode()
    printed = steward.get(f"{made['Location']}print/").content.decode()
    assert "3号楼" in shown
    assert printed.count('<article class="letter">') == 2
    assert "李梅" not in printed
    chosen = steward.post(address, {"unit": [str(unit.pk)], "days": "30", "kind": "tenant"})
    assert Sheaf.objects.count() == 2
    assert steward.get(chosen["Location"]).status_code == 200
    assert Letter.objects.filter(revoked_at=None).count() == 2


def test_homes_of_others_cannot_be_written_to(sunny: Sunny, unit: Unit) -> None:
    other = factories.community("willow", "柳岸", founder=factories.person("吴刚"))
    client = factories.logged_in(other)

    response = client.post("/c/willow/steward/letters/new/", {"unit": [str(unit.pk)], "days": "30", "kind": "any"})

    assert response.status_code == 422
    assert Letter.objects.count() == 0


def test_old_sheets_are_not_printed_again(sunny: Sunny, unit: Unit) -> None:
    letter_for(sunny, unit)
    sheaf = Sheaf.objects.get()
    Sheaf.objects.update(printable_until=timezone.now())
    steward = factories.logged_in(sunny.steward)

    assert steward.get(f"/c/sunny/steward/letters/{sheaf.pk}/").status_code == 200
    assert steward.get(f"/c/sunny/steward/letters/{sheaf.pk}/print/").status_code == 404
    assert steward.post(f"/c/sunny/steward/letters/{sheaf.pk}/pdf/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_both_languages(sunny: Sunny, unit: Unit, language: str) -> None:
    sunny.steward.person.language = language  # type: ignore[union-attr]
    sunny.steward.person.save()  # type: ignore[union-attr]
    letter_for(sunny, unit)
    client = factories.logged_in(sunny.steward)

    for address in (
        "/u/",
        "/c/sunny/welcome/",
        "/c/sunny/agreement/",
        "/c/sunny/homes/mine/",
        "/c/sunny/steward/letters/",
        "/c/sunny/steward/invitations/",
        "/c/sunny/steward/applications/",
        "/c/sunny/steward/joining/",
    ):
        assert client.get(address).status_code == 200, address


def test_the_lists_cost_the_same_when_they_are_long(sunny: Sunny, unit: Unit) -> None:
    steward, now = factories.logged_in(sunny.steward), timezone.now()
    invitation = actions.make_invitation(by=sunny.steward, uses_max=300, days=7, now=now)
    token = invitation_token(invitation.nonce)

    def grow() -> None:
        for number in range(60):
            person = factories.person(f"新邻居{number}")
            if number % 2:
                actions.use_invitation(person=person, token=token, name=person.name, now=now)
            else:
                actions.apply(person=person, community=sunny.community, name=person.name, unit=unit, now=now)
            actions.make_invitation(by=sunny.steward, uses_max=2, days=7, now=now)
            actions.make_letters(by=sunny.steward, scope=Scope(sunny.community.pk), days=9, now=now)

    before = {
        address: len(queries_of(steward, address))
        for address in (
            "/c/sunny/steward/applications/",
            "/c/sunny/steward/invitations/",
            f"/c/sunny/steward/invitations/{invitation.pk}/",
            "/c/sunny/steward/letters/",
        )
    }
    grow()

    assert {address: len(queries_of(steward, address)) for address in before} == before
    assert max(before.values()) <= 10


def test_a_printed_page_costs_the_same_for_many_sheets(sunny: Sunny) -> None:
    steward, now = factories.logged_in(sunny.steward), timezone.now()
    one = Unit.objects.order_by("pk")[:1]
    few = actions.make_letters(
        by=sunny.steward, scope=Scope(sunny.community.pk, unit_ids=tuple(unit.pk for unit in one)), days=9, now=now
    )
    few_queries = len(queries_of(steward, reverse("admission:letters_print", args=["sunny", few.pk])))
    many = actions.make_letters(by=sunny.steward, scope=Scope(sunny.community.pk), days=9, now=now)

    assert len(queries_of(steward, reverse("admission:letters_print", args=["sunny", many.pk]))) == few_queries


def test_nobody_becomes_a_member_by_chance(sunny: Sunny) -> None:
    """Every way in asks; looking at any of them admits nobody."""
    count = Member.objects.count()
    client = factories.logged_in(factories.person("周兰"))

    for address in ("/u/", "/c/sunny/join/", "/c/sunny/welcome/", "/c/sunny/steward/"):
        client.get(address)

    assert Member.objects.count() == count
