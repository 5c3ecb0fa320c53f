"""Which homes a notice is for."""

from django.db.models import Q

from linli.circles.models import Belonging
from linli.entries.actions.posting import Places
from linli.entries.models import Entry, Reach
from linli.homes.reads.scopes import Scope, count_in
from linli.people.models import Member, MemberQuerySet


def scope_for(community_id: int, reach: str, places: Places) -> Scope:
    """The homes that a choice of places covers."""
    if reach != Reach.PLACES:
        return Scope(community_id=community_id)
    return Scope(
        community_id=community_id,
        building_ids=tuple(places.buildings),
        entrance_ids=tuple(places.entrances),
        unit_ids=tuple(places.units),
    )


def places_of(entry: Entry) -> Places:
    """What an entry is addressed to."""
    rows = list(entry.places.values_list("building_id", "entrance_id", "unit_id", "circle_id", "role"))
    return Places(
        buildings=[row[0] for row in rows if row[0]],
        entrances=[row[1] for row in rows if row[1]],
        units=[row[2] for row in rows if row[2]],
        circles=[row[3] for row in rows if row[3]],
        roles=[row[4] for row in rows if row[4]],
    )


def is_for_people(places: Places) -> bool:
    """For roles or circles, and so counted by members, not by homes."""
    return bool(places.roles or places.circles)


def homes_reached(community_id: int, reach: str, places: Places) -> int:
    if reach == Reach.PLACES and is_for_people(places):
        return 0
    return count_in(scope_for(community_id, reach, places))[0]


def members_of(community_id: int, places: Places) -> MemberQuerySet:
    """Those who hold one of the roles or belong to one of the circles; everybody where neither is named."""
    present = Member.objects.present().filter(community_id=community_id)
    if not is_for_people(places):
        return present
    mask = sum(places.roles)
    belong = Belonging.objects.filter(circle__in=places.circles, admitted_at__isnull=False)
    held = Member.objects.with_role(mask).filter(community_id=community_id) if mask else Member.objects.none()
    return present.filter(Q(pk__in=held.values("pk")) | Q(pk__in=belong.values("member")))
