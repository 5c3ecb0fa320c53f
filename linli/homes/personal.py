from linli.homes.models import Occupancy, Title
from linli.homes.reads import label
from linli.people.models import Person
from linli.people.personal import NOT_PERSONAL, Erasure, Export, Personal, exports

PERSONAL_DATA = {
    "Building": NOT_PERSONAL,
    "Entrance": NOT_PERSONAL,
    "Unit": NOT_PERSONAL,
    "Title": Personal(
        export="titles",
        erasure=Erasure.BLANKED,
        why="the owner's name stays in the register of titles, as in the land register; the account goes",
    ),
    "Occupancy": Personal(export="homes", erasure=Erasure.DELETED),
    "RegisterDraft": Personal(erasure=Erasure.DELETED, why="a table the office uploaded, forgotten after a day"),
}
_PLACE = ("unit__entrance__building__name", "unit__entrance__name", "unit__name")


@exports
def homes(person: Person) -> Export:
    lived = Occupancy.objects.filter(member__person=person).order_by("pk")
    owned = Title.objects.filter(member__person=person).order_by("pk")
    return Export(
        lists={
            "homes": [
                {
                    "home": label(*place),
                    "lives_there_as": kind,
                    "since": since,
                    "until": until,
                    "checked_how": how,
                    "checked_at": at,
                }
                for *place, kind, since, until, how, at in lived.values_list(
                    *_PLACE, "kind", "since", "until", "verified_how", "verified_at"
                )
            ],
            "titles": [
                {
                    "home": label(*place),
                    "owner": owner,
                    "share": f"{top}/{bottom}",
                    "since": since,
                    "until": until,
                    "seen_in": evidence,
                }
                for *place, owner, top, bottom, since, until, evidence in owned.values_list(
                    *_PLACE, "owner_name", "share_numerator", "share_denominator", "since", "until", "evidence"
                )
            ],
        }
    )
