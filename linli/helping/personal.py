from linli.helping.models import Mandate
from linli.people.models import Person
from linli.people.personal import Erasure, Export, Personal, exports

PERSONAL_DATA = {"Mandate": Personal(export="mandates", erasure=Erasure.DELETED)}


@exports
def mandates(person: Person) -> Export:
    """Given and held: both are one's own."""
    rows: list[dict[str, object]] = []
    for relation in ("member", "helper"):
        found = Mandate.objects.filter(**{f"{relation}__person": person}).select_related("member__community", "helper")
        rows += [
            {
                "community": row.member.community.name,
                "member": row.member.name,
                "helper": row.helper.name,
                "topics": list(row.topics),
                "given_at": row.given_at,
                "accepted_at": row.accepted_at,
                "ends_at": row.ends_at,
                "ended_at": row.revoked_at,
                "consent": row.consent,
                "evidence": row.evidence if relation == "member" else "",
            }
            for row in found.order_by("pk")
        ]
    return Export(lists={"mandates": rows})
