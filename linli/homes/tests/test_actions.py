from datetime import date, timedelta

import pytest

from linli.facts.people import MemberLeft, PersonErased
from linli.homes import actions, reads, rules
from linli.homes.models import Building, Occupancy, RegisterDraft, Title, Unit
from linli.homes.plans import Pattern, Plan, PlannedBuilding, PlannedEntrance, PlannedUnit
from linli.homes.subscribers import end_homes_of_who_left, forget_person
from linli.kernel.models import RecordedFact
from linli.kernel.refusals import Refused
from tests import factories
from tests.factories import LATER, NOW, Sunny

TODAY = date(2026, 5, 4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sunny() -> Sunny:
    return factories.sunny()


def plan(buildings: int = 1, floors: int = 2, homes: int = 2) -> Plan:
    return Pattern(
        building_last=buildings,
        building_name="{}号楼",
        entrance_name="{}单元",
        floor_last=floors,
        homes_per_floor=homes,
    ).plan()


def home(sunny: Sunny, name: str = "101") -> Unit:
    actions.add_homes(by=sunny.steward, plan=plan(), now=NOW)
    return Unit.objects.select_related("entrance__building").get(name=name)


def facts(kind: str) -> int:
    return RecordedFact.objects.filter(kind=f"homes.{kind}").count()


def test_a_steward_writes_a_plan_into_the_register(sunny: Sunny) -> None:
    before = sunny.community.revision

    added = actions.add_homes(by=sunny.steward, plan=plan(buildings=2), now=NOW)

    sunny.community.refresh_from_db()
    page = reads.register_page(sunny.community.pk)
    assert added == 8
    assert [(b.name, b.homes, b.floors) for b in page.buildings] == [("1号楼", 4, 2), ("2号楼", 4, 2)]
    assert sunny.community.revision == before + 1
    assert facts("RegisterChanged") == 1


def test_homes_already_there_stop_the_whole_plan(sunny: Sunny) -> None:
    actions.add_homes(by=sunny.steward, plan=plan(), now=NOW)

    with pytest.raises(Refused) as refused:
        actions.add_homes(by=sunny.steward, plan=plan(buildings=2, floors=3), now=NOW)

    assert refused.value.refusal.code == "homes_exist"
    assert Unit.objects.count() == 4
    assert Building.objects.count() == 1
    assert facts("RegisterChanged") == 1


def test_a_known_building_is_extended(sunny: Sunny) -> None:
    actions.add_homes(by=sunny.steward, plan=plan(), now=NOW)
    more = Plan((PlannedBuilding("1号楼", (PlannedEntrance("1单元", (PlannedUnit("901", 9),)),)),))

    actions.add_homes(by=sunny.steward, plan=more, now=NOW)

    assert Unit.objects.count() == 5
    assert Building.objects.get().floors == 9


def test_who_is_not_steward_changes_nothing(sunny: Sunny) -> None:
    unit = home(sunny)
    for who in (sunny.li_mei, sunny.wang_qiang, sunny.chen_jing):
        with pytest.raises(Refused):
            actions.add_homes(by=who, plan=plan(buildings=3), now=NOW)
        with pytest.raises(Refused):
            actions.remove_unit(by=who, unit=unit, now=NOW)
        with pytest.raises(Refused):
            actions.record_title(by=who, unit=unit, owner_name="x", since=TODAY, now=NOW)

    assert Unit.objects.count() == 4
    assert Title.objects.count() == 0


def test_a_steward_of_another_community_reaches_nothing_here(sunny: Sunny) -> None:
    unit = home(sunny)
    stranger = factories.community("willow", "柳岸", founder=factories.person("周兰"))

    actions.rename_building(by=stranger, building=unit.entrance.building, name="我的", now=NOW)
    actions.edit_unit(by=stranger, unit=unit, name="1", floor=1, area=None, kind="dwelling", now=NOW)
    actions.remove_unit(by=stranger, unit=unit, now=NOW)

    unit.refresh_from_db()
    assert (unit.name, unit.entrance.building.name) == ("101", "1号楼")


def test_a_home_with_a_history_stays(sunny: Sunny) -> None:
    unit = home(sunny)
    actions.record_title(by=sunny.steward, unit=unit, owner_name="李梅", since=TODAY, until=TODAY, now=NOW)

    with pytest.raises(Refused) as refused:
        actions.remove_building(by=sunny.steward, building=unit.entrance.building, now=NOW)

    assert refused.value.refusal == rules.NOT_EMPTY
    assert Unit.objects.count() == 4


def test_an_empty_building_can_be_removed(sunny: Sunny) -> None:
    unit = home(sunny)

    actions.remove_building(by=sunny.steward, building=unit.entrance.building, now=NOW)

    assert Building.objects.count() == Unit.objects.count() == 0


def test_two_halves_are_a_whole_and_a_third_owner_is_one_too_many(sunny: Sunny) -> None:
    unit = home(sunny)
    for name in ("李梅", "赵刚"):
        actions.record_title(by=sunny.steward, unit=unit, owner_name=name, share=(1, 2), since=TODAY, now=NOW)

    with pytest.raises(Refused) as refused:
        actions.record_title(by=sunny.steward, unit=unit, owner_name="王", share=(1, 100), since=TODAY, now=NOW)

    assert refused.value.refusal == rules.SHARES_OVER
    assert Title.objects.count() == 2
    assert facts("TitleRecorded") == 2


def test_past_owners_stay_known_for_their_days(sunny: Sunny) -> None:
    unit = home(sunny)
    old = actions.record_title(by=sunny.steward, unit=unit, owner_name="旧主", since=date(2010, 1, 1), now=NOW)
    actions.end_title(by=sunny.steward, title=old, until=date(2020, 6, 1), now=NOW)
    actions.record_title(by=sunny.steward, unit=unit, owner_name="新主", since=date(2020, 6, 1), now=NOW)

    owners = {
        str(day): [line.owner_name for line in reads.home_page(unit, day=day).owners]
        for day in (date(2009, 1, 1), date(2015, 1, 1), date(2020, 6, 1))
    }

    assert owners == {"2009-01-01": [], "2015-01-01": ["旧主"], "2020-06-01": ["新主"]}


def test_an_identity_number_is_never_written_down(sunny: Sunny) -> None:
    unit = home(sunny)

    with pytest.raises(Refused) as refused:
        actions.record_title(by=sunny.steward, unit=unit, owner_name="李梅 11010519491231002X", since=TODAY, now=NOW)
    with pytest.raises(Refused):
        actions.move_in(
            by=sunny.chen_jing,
            unit=unit,
            member=sunny.li_mei,
            kind="owner",
            since=TODAY,
            verified_how="身份证11010519491231002X",
            now=NOW,
        )

    assert refused.value.refusal == rules.IDENTITY_NUMBER
    assert Title.objects.count() == Occupancy.objects.count() == 0


def test_the_committee_says_who_lives_where(sunny: Sunny) -> None:
    unit = home(sunny)

    actions.move_in(
        by=sunny.chen_jing, unit=unit, member=sunny.li_mei, kind="owner", since=TODAY, verified_how="房产证", now=NOW
    )

    assert reads.homes_of([sunny.li_mei.pk]) == {sunny.li_mei.pk: "1号楼 1单元 101"}
    assert reads.buildings_of([sunny.li_mei.pk]) == {sunny.li_mei.pk: "1号楼"}
    assert facts("MovedIn") == 1


def test_a_resident_does_not(sunny: Sunny) -> None:
    unit = home(sunny)

    with pytest.raises(Refused):
        actions.move_in(
            by=sunny.li_mei, unit=unit, member=sunny.li_mei, kind="owner", since=TODAY, verified_how="", now=NOW
        )

    assert Occupancy.objects.count() == 0
    assert facts("MovedIn") == 0


def occupancy(sunny: Sunny, until: date | None = None) -> Occupancy:
    return actions.move_in(
        by=sunny.steward,
        unit=home(sunny),
        member=sunny.li_mei,
        kind="tenant",
        since=TODAY - timedelta(days=30),
        until=until,
        verified_how="租赁合同",
        now=NOW,
    )


def test_ending_an_occupancy_counts_at_once(sunny: Sunny) -> None:
    row = occupancy(sunny)

    actions.end_occupancy(by=sunny.wang_qiang, occupancy=row, now=LATER)
    actions.end_occupancy(by=sunny.wang_qiang, occupancy=row, now=LATER)

    row.refresh_from_db()
    assert (row.ended_at, row.until) == (LATER, TODAY)
    assert reads.homes_of([sunny.li_mei.pk]) == {}
    assert reads.building_ids_of(sunny.li_mei.pk) == ()
    assert facts("MovedOut") == 1


def test_only_the_office_or_oneself_ends_it(sunny: Sunny) -> None:
    row = occupancy(sunny)

    with pytest.raises(Refused):
        actions.end_occupancy(by=sunny.grandpa_sun, occupancy=row, now=LATER)
    with pytest.raises(Refused):
        actions.end_occupancy(by=factories.elsewhere(), occupancy=row, now=LATER)
    row.refresh_from_db()
    assert row.ended_at is None

    actions.end_occupancy(by=sunny.li_mei, occupancy=row, now=LATER)
    row.refresh_from_db()
    assert row.ended_at == LATER


def test_a_lease_ends_by_itself_when_its_day_has_come(sunny: Sunny) -> None:
    row = occupancy(sunny, until=TODAY)

    # 23:00 of the day before in Shanghai, then midnight there while it is still the day before in Greenwich.
    assert actions.end_due(now=NOW - timedelta(hours=19)) == 0
    assert actions.end_due(now=NOW - timedelta(hours=18)) == 1
    assert actions.end_due(now=LATER) == 0

    row.refresh_from_db()
    assert row.until == TODAY
    assert facts("MovedOut") == 1


def test_who_leaves_the_community_leaves_the_home(sunny: Sunny) -> None:
    row = occupancy(sunny)

    for _twice in range(2):
        end_homes_of_who_left(MemberLeft(community_id=sunny.community.pk, member_id=sunny.li_mei.pk))

    row.refresh_from_db()
    assert row.ended_at is not None
    assert facts("MovedOut") == 1


def test_an_erased_person_leaves_no_trace_but_the_owners_name(sunny: Sunny) -> None:
    row = occupancy(sunny)
    title = actions.record_title(
        by=sunny.steward, unit=row.unit, owner_name="李梅", member=sunny.li_mei, since=TODAY, now=NOW
    )

    forget_person(PersonErased(person_id=sunny.li_mei.person_id, member_ids=(sunny.li_mei.pk,)))

    title.refresh_from_db()
    assert Occupancy.objects.count() == 0
    assert (title.member, title.owner_name) == (None, "李梅")


def test_a_table_enters_the_register_as_a_whole_after_a_yes(sunny: Sunny) -> None:
    draft = actions.keep_draft(
        by=sunny.steward, file_name="册.csv", text="楼栋,房号,业主\n1号楼,101,李梅\n1号楼,102,\n", now=NOW
    )
    assert Unit.objects.count() == 0

    actions.confirm_draft(by=sunny.steward, draft=draft, now=NOW)

    assert Unit.objects.count() == 2
    assert Title.objects.get().owner_name == "李梅"
    assert RegisterDraft.objects.count() == 0


def test_a_table_with_one_wrong_row_adds_nothing(sunny: Sunny) -> None:
    draft = actions.keep_draft(
        by=sunny.steward, file_name="x.csv", text="楼栋,房号,面积\n1号楼,101,90\n1号楼,102,九十\n", now=NOW
    )

    with pytest.raises(Refused):
        actions.confirm_draft(by=sunny.steward, draft=draft, now=NOW)

    assert Unit.objects.count() == 0
    assert RegisterDraft.objects.count() == 1


def test_scopes_say_which_homes_and_which_of_them_have_accounts(sunny: Sunny) -> None:
    actions.add_homes(by=sunny.steward, plan=plan(buildings=2), now=NOW)
    unit = Unit.objects.filter(name="201").first()
    assert unit
    actions.settle(unit=unit, member=sunny.li_mei, kind="owner", verified_by=None, verified_how="", now=NOW)
    building = unit.entrance.building_id
    here = sunny.community.pk

    assert reads.count_in(reads.Scope(here)) == (8, 1)
    assert reads.count_in(reads.Scope(here, building_ids=(building,))) == (4, 1)
    assert reads.count_in(reads.Scope(here, building_ids=(building,), floor=1)) == (2, 0)
    assert reads.count_in(reads.Scope(here, only_without_account=True)) == (7, 0)
    assert reads.count_in(reads.Scope(factories.elsewhere().community_id, building_ids=(building,))) == (0, 0)
    assert reads.member_ids_in(reads.Scope(here)) == (sunny.li_mei.pk,)
    found = [home for home in reads.homes_in(reads.Scope(here), with_residents=True) if home.has_account]
    assert [(home.label, home.residents) for home in found] == [("1号楼 1单元 201", ("李梅",))]
