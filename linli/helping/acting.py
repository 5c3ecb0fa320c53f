"""From the session's mandate to the member acted for: one statement on every request in helper mode."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.helping.models import Mandate
from linli.people.models import Member
from linli.people.roles import Role


def member_acted_for(helper: Member, mandate_id: int, *, now: datetime | None = None) -> Member | None:
    """The member, as the visit knows members, with the helper and the topics; None as soon as the mandate ends."""
    in_force = Mandate.objects.in_force(now or timezone.now()).select_related("member__person")
    mandate = in_force.filter(pk=mandate_id, helper=helper, member__community=helper.community_id).first()
    if mandate is None:
        return None
    member = mandate.member
    member.community = helper.community
    member.helper = helper
    member.mandate_topics = frozenset(mandate.topics)
    # An office is held by a person and cannot be lent; whatever asks for a role finds a resident.
    member.roles = int(Role.RESIDENT)
    return member
