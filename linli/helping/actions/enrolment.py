from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from linli.accounts.actions import register
from linli.facts.helping import MemberEnrolled
from linli.helping import rules
from linli.homes.actions import move_in
from linli.homes.days import day_of
from linli.homes.models import Occupancy, OccupancyKind, Unit
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.kernel.text import clean_line
from linli.people.actions import admit
from linli.people.models import Community, Member, Size
from linli.people.roles import OFFICE

WAY = "paper"


@transaction.atomic
def enrol(
    *, by: Member, name: str, unit: Unit | None, kind: str = OccupancyKind.OWNER, evidence: str, now: datetime
) -> Member:
    """Register somebody who has no telephone: an account nobody can log in to, so that a helper can act for them.

    The same person in the same home a second time is the member registered before.
    """
    name = clean_line(name, 32)
    is_office = by.has_role(OFFICE) and not by.helper
    namesakes = Member.objects.present().filter(community_id=by.community_id, name=name)
    no_log_in = {"person__password__startswith": UNUSABLE_PASSWORD_PREFIX, "person__phone": None, "person__email": ""}
    before = namesakes.filter(**no_log_in)
    if unit:
        before = before.filter(pk__in=Occupancy.objects.current().filter(unit=unit).values("member"))
    known = before.first() if is_office and name else None
    if known:
        return known
    # In two homes there may well be two people of one name.
    is_namesake = unit is None and namesakes.exists()
    if refusal := rules.refuse_enrolment(is_office=is_office, name=name, is_namesake=is_namesake):
        raise Refused(refusal)
    community = Community.objects.get(pk=by.community_id)
    person = register(name=name, language=community.language, size=Size.ELDER, now=now)
    member = admit(community=community, person=person, name=name, way=WAY, by=by, now=now)
    if unit:
        day = day_of(community, now)
        move_in(by=by, unit=unit, member=member, kind=kind, since=day, verified_how=clean_line(evidence, 120), now=now)
    record(MemberEnrolled(community_id=by.community_id, person_id=by.person_id, member_id=member.pk), now=now)
    return member
