from datetime import timedelta

import pytest

from linli.admission import actions, rules
from linli.admission.codes import grouped, letter_code, plain_code
from linli.admission.models import Letter
from linli.admission.reads import letters
from linli.homes import actions as homes
from linli.homes.models import Occupancy, Unit
from linli.homes.reads import Scope, homes_of
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from linli.people.models import Acceptance, Member
from tests import factories
from tests.factories import LATER, NOW, Sunny

pytestmark = pytest.mark.django_db


def make(sunny: Sunny, *, kind: str = "owner", days: int = 90, **scope: object) -> list[str]:
    """The codes of new letters, in the order of the sheets."""
    sheaf = actions.make_letters(
        by=sunny.steward, scope=Scope(sunny.community.pk, **scope), kind=kind, days=days, now=NOW
    )
    return [sheet.code for sheet in letters.sheets(sheaf, building_id=None, now=NOW).sheets]


def facts(kind: str) -> int:
    return RecordedFact.objects.filter(kind=f"admission.{kind}").count()


def test_a_letter_is_made_for_each_home_and_lets_one_person_in(sunny: Sunny) -> None:
    codes = make(sunny)
    newcomer = factories.person("周兰")

    member = actions.use_letter(person=newcomer, code=codes[0], name="周兰", now=LATER)

    assert len(codes) == len(set(codes)) == 4
    assert homes_of([member.pk]) == {member.pk: "3号楼 2单元 101"}
    assert Occupancy.objects.get(member=member).verified_how == "letter"
    assert Acceptance.objects.filter(member=member).count() == 1
    assert facts("LetterUsed") == 1


def test_no_code_lies_in_the_database(sunny: Sunny) -> None:
    codes = {plain_code(code) for code in make(sunny)}

    for letter in Letter.objects.all():
        values = {str(getattr(letter, field.attname)) for field in Letter._meta.concrete_fields}
        assert not values & codes
        assert letter_code(letter.nonce) in codes


def test_a_letter_used_twice_fails(sunny: Sunny) -> None:
    code = make(sunny)[0]
    actions.use_letter(person=factories.person("周兰"), code=code, name="周兰", now=LATER)
    members = Member.objects.count()

    with pytest.raises(Refused) as refused:
        actions.use_letter(person=factories.person("吴刚"), code=code, name="吴刚", now=LATER)

    assert refused.value.refusal == rules.USED
    assert Member.objects.count() == members
    assert Occupancy.objects.count() == 1
    assert facts("LetterUsed") == 1


def test_the_same_person_twice_is_once(sunny: Sunny) -> None:
    code, newcomer = make(sunny)[0], factories.person("周兰")

    first = actions.use_letter(person=newcomer, code=code, name="周兰", now=LATER)
    second = actions.use_letter(person=newcomer, code=code.lower(), name="周兰", now=LATER)

    assert first.pk == second.pk
    assert facts("LetterUsed") == 1


def test_a_member_takes_a_second_home(sunny: Sunny) -> None:
    codes = make(sunny)
    newcomer = factories.person("周兰")
    for code in codes[:2]:
        actions.use_letter(person=newcomer, code=code, name="周兰", now=LATER)

    assert Occupancy.objects.filter(member__person=newcomer).count() == 2
    assert Member.objects.filter(person=newcomer).count() == 1


def test_a_letter_runs_out(sunny: Sunny) -> None:
    code, newcomer = make(sunny)[0], factories.person("周兰")

    with pytest.raises(Refused) as refused:
        actions.use_letter(person=newcomer, code=code, name="周兰", now=NOW + timedelta(days=90))
    assert refused.value.refusal == rules.EXPIRED
    assert not Member.objects.filter(person=newcomer).exists()

    assert actions.use_letter(person=newcomer, code=code, name="周兰", now=NOW + timedelta(days=89))


def test_a_new_letter_ends_the_old_one(sunny: Sunny) -> None:
    old = make(sunny)[0]
    new = make(sunny)[0]

    with pytest.raises(Refused) as refused:
        actions.use_letter(person=factories.person("周兰"), code=old, name="周兰", now=LATER)
    actions.use_letter(person=factories.person("吴刚"), code=new, name="吴刚", now=LATER)

    assert refused.value.refusal == rules.REVOKED
    assert Occupancy.objects.count() == 1


def test_a_lost_sheaf_is_ended_as_a_whole(sunny: Sunny) -> None:
    codes = make(sunny)
    actions.use_letter(person=factories.person("周兰"), code=codes[0], name="周兰", now=LATER)
    sheaf = Letter.objects.select_related("sheaf").first().sheaf  # type: ignore[union-attr]
    assert sheaf
    for who in (sunny.chen_jing, factories.community("willow", founder=factories.person("吴刚"))):
        if who.has_role(32):
            assert actions.revoke_sheaf(by=who, sheaf=sheaf, now=LATER) == 0
        else:
            with pytest.raises(Refused):
                actions.revoke_sheaf(by=who, sheaf=sheaf, now=LATER)

    assert actions.revoke_sheaf(by=sunny.steward, sheaf=sheaf, now=LATER) == 3
    assert Letter.objects.open(LATER).count() == 0
    assert Occupancy.objects.count() == 1


def test_an_unknown_code_lets_nobody_in(sunny: Sunny) -> None:
    make(sunny)

    for code in ("", "AAAAA-AAAAA", "'; drop", "码"):
        with pytest.raises(Refused) as refused:
            actions.use_letter(person=factories.person("周兰"), code=code, name="周兰", now=LATER)
        assert refused.value.refusal == rules.UNKNOWN

    assert Occupancy.objects.count() == 0


def test_who_uses_an_open_letter_says_owner_or_tenant(sunny: Sunny) -> None:
    code, newcomer = make(sunny, kind="")[0], factories.person("周兰")

    for kind in ("", "steward"):
        with pytest.raises(Refused) as refused:
            actions.use_letter(person=newcomer, code=code, name="周兰", kind=kind, now=LATER)
        assert refused.value.refusal == rules.CHOOSE_KIND
    assert Letter.objects.filter(used_at=None).count() == 4

    actions.use_letter(person=newcomer, code=code, name="周兰", kind="tenant", now=LATER)
    assert Occupancy.objects.get().kind == "tenant"


def test_letters_can_be_for_homes_without_an_account_only(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)

    assert len(make(sunny, only_without_account=True)) == 3
    assert len(make(sunny, floor=2)) == 2
    assert len(make(sunny, unit_ids=(unit.pk,))) == 1


def test_no_letters_for_no_homes_and_by_nobody_but_a_steward(sunny: Sunny) -> None:
    with pytest.raises(Refused) as nobody:
        make(sunny, floor=99)
    for who in (sunny.wang_qiang, sunny.chen_jing, sunny.li_mei):
        with pytest.raises(Refused) as refused:
            actions.make_letters(by=who, scope=Scope(sunny.community.pk), days=90, now=NOW)
        assert refused.value.refusal == rules.NOT_STEWARD

    assert nobody.value.refusal == rules.NO_HOMES
    assert Letter.objects.count() == 0
    assert facts("LettersMade") == 0


def test_the_household_invites_its_family(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    letter = actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW)
    child = factories.person("李小")

    member = actions.use_letter(person=child, code=letter_code(letter.nonce), name="李小", now=LATER)

    row = Occupancy.objects.get(member=member)
    assert (row.kind, row.verified_by, row.verified_how) == ("family", sunny.li_mei, "family")
    with pytest.raises(Refused) as refused:
        actions.invite_family(by=member, unit=unit, now=LATER)
    assert refused.value.refusal == rules.NOT_OF_HOUSEHOLD


def test_new_letters_of_the_office_leave_family_invitations_alone(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    letter = actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW)

    make(sunny)

    assert actions.use_letter(person=factories.person("李小"), code=letter_code(letter.nonce), name="李小", now=LATER)


def test_a_household_has_six_invitations_waiting_at_most(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    made = [actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW) for _ in range(6)]

    with pytest.raises(Refused) as refused:
        actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW)
    assert refused.value.refusal == rules.FAMILY_FULL
    assert Letter.objects.count() == 6

    actions.revoke_letter(by=sunny.li_mei, letter=made[0], now=NOW)
    actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW)


def test_nobody_else_ends_an_invitation_of_the_household(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    letter = actions.invite_family(by=sunny.li_mei, unit=unit, now=NOW)

    with pytest.raises(Refused):
        actions.revoke_letter(by=sunny.grandpa_sun, letter=letter, now=NOW)

    letter.refresh_from_db()
    assert letter.revoked_at is None


def test_who_has_moved_out_invites_nobody(sunny: Sunny, unit: Unit) -> None:
    row = homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    homes.end_occupancy(by=sunny.li_mei, occupancy=row, now=NOW)

    with pytest.raises(Refused):
        actions.invite_family(by=sunny.li_mei, unit=unit, now=LATER)

    assert Letter.objects.count() == 0


def test_a_code_copied_by_hand_is_understood() -> None:
    assert plain_code(" acdef ghjkm\n") == plain_code("ＡＣＤＥＦ－ＧＨＪＫＭ") == "ACDEFGHJKM"
    assert grouped("ACDEFGHJKM") == "ACDEF-GHJKM"


def test_a_sheet_names_no_resident(sunny: Sunny, unit: Unit) -> None:
    homes.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    homes.record_title(by=sunny.steward, unit=unit, owner_name="李梅", since=NOW.date(), now=NOW)
    make(sunny)
    sheaf = Letter.objects.select_related("sheaf").first().sheaf  # type: ignore[union-attr]
    assert sheaf

    page = factories.logged_in(sunny.steward).get(f"/c/sunny/steward/letters/{sheaf.pk}/print/")

    # Made in the past of the machine's clock, so it may be closed by now; what counts is the sheet itself.
    assert "李梅" not in str(letters.sheets(sheaf, building_id=None, now=NOW))
    assert page.status_code in (200, 404)
