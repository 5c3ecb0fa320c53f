"""Which homes a notice is for."""

from linli.entries.actions.posting import Places
from linli.entries.models import Entry, Reach
from linli.homes.reads.scopes import Scope


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
    rows = list(entry.places.values_list("building_id", "entrance_id", "unit_id"))
    return Places(
        buildings=[row[0] for row in rows if row[0]],
        entrances=[row[1] for row in rows if row[1]],
        units=[row[2] for row in rows if row[2]],
    )
