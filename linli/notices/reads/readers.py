"""How far a notice has come, by home."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from markupsafe import Markup

from linli.entries.models import Entry
from linli.homes.models import Occupancy
from linli.homes.reads.scopes import ScopedHome, homes_in
from linli.homes.skylines import skyline_of
from linli.look.skyline import Skyline
from linli.notices.models import PaperSheet, Receipt
from linli.notices.scopes import is_for_people, members_of, places_of, scope_for
from linli.people.models import Member

CONFIRMED, OPENED, ON_PAPER, UNREAD, NO_ACCOUNT = "confirmed", "opened", "paper", "unread", "none"
# Homes that have not seen it yet, on a screen or on paper.
NOT_REACHED = (UNREAD, NO_ACCOUNT)


@dataclass(frozen=True)
class HomeState:
    """One home and how far the notice has come there."""

    home: ScopedHome
    state: str
    paper_at: datetime | None
    paper_by: str


@dataclass(frozen=True)
class BuildingState:
    id: int
    name: str
    homes: tuple[HomeState, ...]
    confirmed: int
    not_reached: int
    percent: int


@dataclass(frozen=True)
class Readers:
    """Who has read a notice, by home; for those who may write notices."""

    entry_url: str
    url: str
    title: str
    at: datetime
    buildings: tuple[BuildingState, ...]
    total: int
    confirmed: int
    opened: int
    on_paper: int
    unread: int
    without_account: int
    members_confirmed: int
    members: int
    by_homes: bool


def readers(member: Member, entry: Entry) -> Readers:
    """Homes, those who live there and their receipts: a fixed number of queries for any number of homes."""
    receipts = dict(Receipt.objects.filter(notice_id=entry.pk).values_list("member_id", "confirmed_at"))
    places = places_of(entry)
    homes = () if is_for_people(places) else homes_in(scope_for(member.community_id, entry.reach, places))
    occupants: dict[int, list[int]] = defaultdict(list)
    current = Occupancy.objects.current().filter(unit__entrance__building__community_id=member.community_id)
    for unit_id, member_id in current.values_list("unit_id", "member_id"):
        occupants[unit_id].append(member_id)
    sheets = {
        unit_id: (timezone.localtime(at), name or "")
        for unit_id, at, name in PaperSheet.objects.filter(notice_id=entry.pk).values_list("unit_id", "at", "by__name")
    }
    states = [
        HomeState(
            home,
            _state(occupants[home.unit_id], receipts, home.unit_id in sheets),
            *sheets.get(home.unit_id, (None, "")),
        )
        for home in homes
    ]
    count = {state: sum(row.state == state for row in states) for state in (CONFIRMED, OPENED, ON_PAPER, *NOT_REACHED)}
    entry_url = f"/c/{member.community.slug}/entries/{entry.pk}/"
    return Readers(
        entry_url=entry_url,
        url=f"/c/{member.community.slug}/notices/{entry.pk}/",
        title=entry.title,
        at=timezone.localtime(entry.at),
        buildings=_by_building(states),
        total=len(states),
        confirmed=count[CONFIRMED],
        opened=count[OPENED],
        on_paper=count[ON_PAPER],
        unread=count[UNREAD],
        without_account=count[NO_ACCOUNT],
        members_confirmed=sum(1 for confirmed_at in receipts.values() if confirmed_at),
        members=members_of(member.community_id, places).count(),
        by_homes=bool(homes),
    )


def _state(member_ids: list[int], receipts: dict[int, datetime | None], is_on_paper: bool) -> str:
    """A home has confirmed when anybody in it has; paper counts where nobody has looked."""
    if any(receipts.get(pk) for pk in member_ids):
        return CONFIRMED
    if any(pk in receipts for pk in member_ids):
        return OPENED
    if is_on_paper:
        return ON_PAPER
    return UNREAD if member_ids else NO_ACCOUNT


def _by_building(states: list[HomeState]) -> tuple[BuildingState, ...]:
    grouped: dict[tuple[int, str], list[HomeState]] = defaultdict(list)
    for row in states:
        grouped[row.home.building_id, row.home.building].append(row)
    return tuple(
        BuildingState(
            id=pk,
            name=name,
            homes=tuple(rows),
            confirmed=(confirmed := sum(row.state == CONFIRMED for row in rows)),
            not_reached=sum(row.state in NOT_REACHED for row in rows),
            percent=100 * confirmed // len(rows),
        )
        for (pk, name), rows in grouped.items()
    )


@dataclass(frozen=True)
class PaperSheets:
    """What is printed: for each building the homes to go to, and what every sheet says."""

    community: str
    town: Skyline
    title: str
    html: Markup
    office: str
    at: datetime
    buildings: tuple[BuildingState, ...]


def paper_sheets(member: Member, entry: Entry, found: Readers, *, building_id: int | None) -> PaperSheets:
    """For the homes not reached, of one building or all."""
    wanted = [building for building in found.buildings if building_id in (None, building.id)]
    short = (
        replace(building, homes=tuple(row for row in building.homes if row.state in NOT_REACHED)) for building in wanted
    )
    return PaperSheets(
        community=member.community.name,
        town=skyline_of(member.community),
        title=entry.title,
        html=Markup(entry.body_html),  # noqa: S704  (cleaned by kernel.markdown when it was written)
        office=entry.author.name if entry.author else "",
        at=timezone.localtime(entry.edited_at or entry.at),
        buildings=tuple(building for building in short if building.homes),
    )


def not_reached_in(found: Readers, building_id: int) -> tuple[int, ...]:
    homes = (row for building in found.buildings if building.id == building_id for row in building.homes)
    return tuple(row.home.unit_id for row in homes if row.state in NOT_REACHED)
