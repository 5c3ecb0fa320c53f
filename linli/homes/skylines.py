"""The skyline of a community, drawn from its register and from how many were here today."""

from __future__ import annotations

from time import monotonic
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.utils import timezone

from linli.homes.models import Unit
from linli.look.skyline import Building, Skyline
from linli.people.models import Community, Kind, Member

KEPT_SECONDS = 60
_kept: dict[tuple[int, int], tuple[float, Skyline]] = {}


def skyline_of(community: Community) -> Skyline:
    """At most a minute old; the windows are counts only, never whose."""
    key = (community.pk, community.revision)
    found = _kept.get(key)
    if found and found[0] > monotonic():
        return found[1]
    if len(_kept) > 500:
        _kept.clear()
    skyline = _read(community)
    _kept[key] = (monotonic() + KEPT_SECONDS, skyline)
    return skyline


def _read(community: Community) -> Skyline:
    today = timezone.now().astimezone(ZoneInfo(community.time_zone)).toordinal()
    here = Member.objects.filter(community_id=community.pk, left_at=None)
    lit = here.filter(seen_day=today).count()
    if community.kind != Kind.RESIDENTIAL:
        return Skyline(lit=lit, of=here.count(), kind=community.kind, seed=community.pk)
    rows = (
        Unit.objects.filter(entrance__building__community_id=community.pk)
        .order_by()
        .values("entrance__building__position", "entrance__building_id", "entrance__building__name")
        .annotate(homes=Count("id"), floors=Max("floor"))
        .order_by("entrance__building__position", "entrance__building_id")
    )
    buildings = tuple(
        Building(
            name=row["entrance__building__name"],
            floors=max(1, row["floors"]),
            columns=max(1, -(-row["homes"] // max(1, row["floors"]))),
            homes=row["homes"],
        )
        for row in rows
    )
    return Skyline(buildings=buildings, lit=lit, kind=community.kind, seed=community.pk)
