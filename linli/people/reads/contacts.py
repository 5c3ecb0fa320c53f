from dataclasses import dataclass

from linli.people.models import Community, Contact


@dataclass(frozen=True)
class ContactRow:
    name: str
    phone: str
    hours: str
    is_office: bool


def contacts_of(community: Community) -> tuple[ContactRow, ...]:
    """The office first, then in the stewards' order."""
    rows = Contact.objects.filter(community_id=community.pk).order_by("-is_office", "position", "id")
    return tuple(ContactRow(*row) for row in rows.values_list("name", "phone", "hours", "is_office"))
