from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from linli.facts.homes import RegisterChanged
from linli.homes import rules
from linli.homes.days import day_of
from linli.homes.models import Building, Entrance, Occupancy, RegisterDraft, Title, Unit
from linli.homes.plans import Plan
from linli.homes.tables import read_table
from linli.kernel.journal import record
from linli.kernel.refusals import Refusal, Refused
from linli.people.models import Community, Member
from linli.people.roles import Role

BATCH = 500


def ask_steward(by: Member) -> None:
    is_steward = by.has_role(Role.STEWARD) and not by.helper
    if refusal := rules.refuse_register_change(is_steward=is_steward):
        raise Refused(refusal)


def _touch(by: Member, building_ids: Iterable[int], now: datetime) -> None:
    # The shell draws the skyline, so the community's pages are made anew.
    Community.objects.filter(pk=by.community_id).update(revision=F("revision") + 1)
    fact = RegisterChanged(
        community_id=by.community_id, person_id=by.person_id, building_ids=tuple(sorted(building_ids))
    )
    record(fact, now=now)


@transaction.atomic
def add_homes(*, by: Member, plan: Plan, now: datetime) -> int:
    """Write all homes of the plan, or none; known buildings and entrances are extended. Answers the number of homes."""
    ask_steward(by)
    if refusal := rules.refuse_size(plan.unit_count):
        raise Refused(refusal)
    if refusal := rules.refuse_identity_number(*_names(plan)):
        raise Refused(refusal)
    try:
        with transaction.atomic():
            buildings = _buildings(by.community_id, plan)
            entrances = _entrances(buildings, plan)
            _units(plan, buildings, entrances, day_of(by.community, now), now)
    except IntegrityError:
        # Somebody else wrote the same homes in the same moment.
        raise Refused(rules.NAME_TAKEN) from None
    _touch(by, (building.pk for building in buildings.values()), now)
    return plan.unit_count


def _names(plan: Plan) -> Iterable[str]:
    for building, entrance, unit in plan.units():
        yield from (building.name, entrance.name, unit.name)
        yield from (title.owner_name for title in unit.titles)


def _buildings(community_id: int, plan: Plan) -> dict[str, Building]:
    present = {building.name: building for building in Building.objects.filter(community_id=community_id)}
    last = max((building.position for building in present.values()), default=-1)
    missing = [
        Building(community_id=community_id, name=planned.name, position=last + i, floors=planned.floors)
        for i, planned in enumerate((b for b in plan.buildings if b.name not in present), start=1)
    ]
    grown = []
    for planned in plan.buildings:
        building = present.get(planned.name)
        if building and building.floors < planned.floors:
            building.floors = planned.floors
            grown.append(building)
    Building.objects.bulk_update(grown, ["floors"], batch_size=BATCH)
    Building.objects.bulk_create(missing, batch_size=BATCH)
    named = present | {building.name: building for building in missing}
    return {planned.name: named[planned.name] for planned in plan.buildings}


def _entrances(buildings: dict[str, Building], plan: Plan) -> dict[tuple[int, str], Entrance]:
    rows = Entrance.objects.filter(building__in=buildings.values())
    present = {(entrance.building_id, entrance.name): entrance for entrance in rows}
    missing = []
    for planned in plan.buildings:
        building = buildings[planned.name]
        last = max((e.position for (b, _name), e in present.items() if b == building.pk), default=-1)
        new = (e for e in planned.entrances if (building.pk, e.name) not in present)
        missing += [
            Entrance(building=building, name=entrance.name, position=last + i)
            for i, entrance in enumerate(new, start=1)
        ]
    Entrance.objects.bulk_create(missing, batch_size=BATCH)
    return present | {(entrance.building_id, entrance.name): entrance for entrance in missing}


def _units(
    plan: Plan,
    buildings: dict[str, Building],
    entrances: dict[tuple[int, str], Entrance],
    today: date,
    now: datetime,
) -> None:
    wanted = [
        (entrances[buildings[building.name].pk, entrance.name], building, entrance, unit)
        for building, entrance, unit in plan.units()
    ]
    present = Unit.objects.filter(entrance__building__in=buildings.values())
    taken = set(present.values_list("entrance_id", "name"))
    double = [f"{b.name} {e.name} {u.name}" for entrance, b, e, u in wanted if (entrance.pk, u.name) in taken]
    if double:
        raise Refused(_already_there(double))
    last = present.aggregate(last=Max("position"))["last"] or 0
    units = [
        Unit(entrance=entrance, name=unit.name, floor=unit.floor, area=unit.area, kind=unit.kind, position=last + i)
        for i, (entrance, _b, _e, unit) in enumerate(wanted, start=1)
    ]
    Unit.objects.bulk_create(units, batch_size=BATCH)
    Title.objects.bulk_create(
        (
            Title(
                unit=unit,
                owner_name=title.owner_name,
                share_numerator=title.numerator,
                share_denominator=title.denominator,
                since=title.since or today,
                evidence="",
                recorded_at=now,
            )
            for unit, (_entrance, _b, _e, planned) in zip(units, wanted, strict=True)
            for title in planned.titles
        ),
        batch_size=BATCH,
    )


def _already_there(names: list[str]) -> Refusal:
    some = "; ".join(" ".join(name.split()) for name in names[:5])
    if len(names) > 5:
        message = _("Already in the register: %(names)s and %(num)s more. Nothing was added.")
        return Refusal("homes_exist", message % {"names": some, "num": len(names) - 5})
    return Refusal("homes_exist", _("Already in the register: %(names)s. Nothing was added.") % {"names": some})


@transaction.atomic
def keep_draft(*, by: Member, file_name: str, text: str, now: datetime) -> RegisterDraft:
    """Keep an uploaded table until somebody confirms it; nothing of it is in the register yet."""
    ask_steward(by)
    RegisterDraft.objects.filter(community_id=by.community_id, uploaded_by=by).delete()
    return RegisterDraft.objects.create(
        community_id=by.community_id, file_name=file_name[:120], text=text, uploaded_by=by, uploaded_at=now
    )


@transaction.atomic
def confirm_draft(*, by: Member, draft: RegisterDraft, now: datetime) -> int:
    """Write the whole table into the register and forget the draft; with an error in any row, nothing."""
    ask_steward(by)
    table = read_table(draft.text)
    if table.errors:
        raise Refused(Refusal("rows_wrong", _("Some rows are not right yet. Nothing was added.")))
    added = add_homes(by=by, plan=table.plan, now=now)
    draft.delete()
    return added


@transaction.atomic
def rename_building(*, by: Member, building: Building, name: str, now: datetime) -> None:
    ask_steward(by)
    _ask_name(name)
    _rename(Building.objects.filter(pk=building.pk, community_id=by.community_id), name)
    _touch(by, [building.pk], now)


@transaction.atomic
def rename_entrance(*, by: Member, entrance: Entrance, name: str, now: datetime) -> None:
    ask_steward(by)
    _ask_name(name)
    _rename(Entrance.objects.filter(pk=entrance.pk, building__community_id=by.community_id), name)
    _touch(by, [entrance.building_id], now)


@transaction.atomic
def edit_unit(*, by: Member, unit: Unit, name: str, floor: int, area: int | None, kind: str, now: datetime) -> None:
    ask_steward(by)
    _ask_name(name)
    mine = Unit.objects.filter(pk=unit.pk, entrance__building__community_id=by.community_id)
    try:
        with transaction.atomic():
            mine.update(name=name, floor=floor, area=area, kind=kind)
    except IntegrityError:
        raise Refused(rules.NAME_TAKEN) from None
    building = Building.objects.filter(pk=unit.entrance.building_id)
    building.filter(floors__lt=floor).update(floors=max(floor, 1))
    _touch(by, [unit.entrance.building_id], now)


def _ask_name(name: str) -> None:
    if refusal := rules.refuse_identity_number(name):
        raise Refused(refusal)


def _rename(rows: QuerySet[Building] | QuerySet[Entrance], name: str) -> None:
    try:
        with transaction.atomic():
            rows.update(name=name)
    except IntegrityError:
        raise Refused(rules.NAME_TAKEN) from None


def _remove(by: Member, units: QuerySet[Unit]) -> None:
    ask_steward(by)
    hangs_on = Occupancy.objects.filter(unit__in=units).exists() or Title.objects.filter(unit__in=units).exists()
    if refusal := rules.refuse_removal(hangs_on=hangs_on):
        raise Refused(refusal)
    units.delete()


@transaction.atomic
def remove_building(*, by: Member, building: Building, now: datetime) -> None:
    """Take a building out of the register with all its homes, as long as nobody ever lived or owned there."""
    _remove(by, Unit.objects.filter(entrance__building=building, entrance__building__community_id=by.community_id))
    Building.objects.filter(pk=building.pk, community_id=by.community_id).delete()
    _touch(by, [building.pk], now)


@transaction.atomic
def remove_entrance(*, by: Member, entrance: Entrance, now: datetime) -> None:
    _remove(by, Unit.objects.filter(entrance=entrance, entrance__building__community_id=by.community_id))
    Entrance.objects.filter(pk=entrance.pk, building__community_id=by.community_id).delete()
    _touch(by, [entrance.building_id], now)


@transaction.atomic
def remove_unit(*, by: Member, unit: Unit, now: datetime) -> None:
    _remove(by, Unit.objects.filter(pk=unit.pk, entrance__building__community_id=by.community_id))
    _touch(by, [unit.entrance.building_id], now)
