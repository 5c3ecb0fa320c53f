from django.db import models

from linli.people.models import Acceptance, Block, Member, Person
from linli.people.own_data import NOT_PERSONAL, Erasure, Export, NotPersonal, OwnFile, Personal, exports

__all__ = ["NOT_PERSONAL", "Erasure", "Export", "NotPersonal", "OwnFile", "Personal", "exports"]

PERSONAL_DATA = {
    "Person": Personal(export="account", erasure=Erasure.BLANKED, why="the empty row holds what others wrote together"),
    "Session": Personal(export="devices", erasure=Erasure.DELETED),
    "Member": Personal(export="memberships", erasure=Erasure.BLANKED),
    "Acceptance": Personal(
        export="agreements", erasure=Erasure.KEPT, why="that the rules were accepted, by a member without a name"
    ),
    "Agreement": NOT_PERSONAL,
    "Block": Personal(export="blocks", erasure=Erasure.DELETED),
    "Community": NOT_PERSONAL,
    "Section": NOT_PERSONAL,
    "Contact": NOT_PERSONAL,
}


@exports
def account(person: Person) -> Export:
    row = {
        "number": person.number,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "phone_verified_at": person.phone_verified_at,
        "language": person.language,
        "theme": person.theme,
        "size": person.size,
        "registered_at": person.registered_at,
        "last_log_in_at": person.last_login,
    }
    devices = person.sessions.order_by("created_at").values("device", "created_at", "seen_at", "expire_date")
    return Export(lists={"account": [row], "devices": list(devices)})


@exports
def memberships(person: Person) -> Export:
    members = Member.objects.filter(person=person).select_related("community").order_by("joined_at")
    rows = [
        {
            "community": member.community.name,
            "address": f"/c/{member.community.slug}/",
            "name": member.name,
            "roles": member.roles,
            "about": member.about,
            "about_shown": member.about_shown,
            "phone": member.phone,
            "phone_shown": member.phone_shown,
            "email": member.email,
            "email_shown": member.email_shown,
            "home_shown": member.home_shown,
            "joined_at": member.joined_at,
            "left_at": member.left_at,
        }
        for member in members
    ]
    blocked = Block.objects.filter(blocker__person=person).order_by("at")
    blocks = blocked.values("at", community=models.F("blocker__community__name"), name=models.F("blocked__name"))
    accepted = Acceptance.objects.filter(member__person=person).order_by("at")
    agreements = accepted.values(
        "at", community=models.F("agreement__community__name"), version=models.F("agreement__version")
    )
    return Export(lists={"memberships": rows, "blocks": list(blocks), "agreements": list(agreements)})
