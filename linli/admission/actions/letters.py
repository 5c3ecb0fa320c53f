from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from linli.admission import rules
from linli.admission.codes import letter_code, plain_code
from linli.admission.models import Letter, Sheaf
from linli.facts.admission import LettersMade, LetterUsed
from linli.homes import actions as homes
from linli.homes.models import Occupancy, OccupancyKind, Unit
from linli.homes.reads import Scope, homes_in
from linli.homes.rules import refuse_identity_number
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.kernel.tokens import digest
from linli.people import actions as people
from linli.people.models import Member, Person
from linli.people.roles import Role
from linli.people.rules import refuse_helping

PRINTABLE_DAYS = 7
FAMILY_DAYS = 14


def _ask_steward(by: Member) -> None:
    if refusal := rules.refuse_steward_act(is_steward=by.has_role(Role.STEWARD) and not by.helper):
        raise Refused(refusal)


def _letter(*, unit_id: int, kind: str, now: datetime, expires_at: datetime, **sender: object) -> Letter:
    nonce = secrets.token_hex(16)
    return Letter(
        unit_id=unit_id,
        kind=kind,
        nonce=nonce,
        digest=digest(letter_code(nonce)),
        made_at=now,
        expires_at=expires_at,
        **sender,
    )


@transaction.atomic
def make_letters(*, by: Member, scope: Scope, kind: str = "", days: int, now: datetime) -> Sheaf:
    """One letter for each home of the scope; letters of those homes that nobody has used end."""
    _ask_steward(by)
    assert scope.community_id == by.community_id
    unit_ids = [home.unit_id for home in homes_in(scope)]
    if refusal := rules.refuse_letters(homes=len(unit_ids)):
        raise Refused(refusal)
    sheaf = Sheaf.objects.create(
        community_id=by.community_id,
        made_by=by,
        made_at=now,
        printable_until=now + timedelta(days=PRINTABLE_DAYS),
        letters_made=len(unit_ids),
    )
    of_office = Letter.objects.open(now).exclude(sheaf=None)
    for start in range(0, len(unit_ids), 500):
        of_office.filter(unit__in=unit_ids[start : start + 500]).update(revoked_at=now)
    expires_at = now + timedelta(days=days)
    Letter.objects.bulk_create(
        (_letter(unit_id=pk, kind=kind, now=now, expires_at=expires_at, sheaf=sheaf) for pk in unit_ids), batch_size=500
    )
    record(
        LettersMade(
            community_id=by.community_id, person_id=by.person_id, sheaf_id=sheaf.pk, letters=sheaf.letters_made
        ),
        now=now,
    )
    return sheaf


@transaction.atomic
def invite_family(*, by: Member, unit: Unit, now: datetime) -> Letter:
    """The owner or tenant of a home lets one more person of the household in."""
    if refusal := refuse_helping(is_helper=bool(by.helper), topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
    heads = Occupancy.objects.current().filter(unit=unit, kind__in=(OccupancyKind.OWNER, OccupancyKind.TENANT))
    # The household's own row is the lock: two clicks at once count each other.
    is_of_household = heads.select_for_update(of=("self",)).filter(member=by).first() is not None
    waiting = Letter.objects.open(now).filter(unit=unit).exclude(invited_by=None).count()
    if refusal := rules.refuse_family_invitation(is_of_household=is_of_household, waiting=waiting):
        raise Refused(refusal)
    letter = _letter(
        unit_id=unit.pk,
        kind=OccupancyKind.FAMILY,
        now=now,
        expires_at=now + timedelta(days=FAMILY_DAYS),
        invited_by=by,
    )
    letter.save()
    return letter


@transaction.atomic
def revoke_letter(*, by: Member, letter: Letter, now: datetime) -> None:
    """The office ends any letter, a resident the invitations of their own."""
    is_office = by.has_role(Role.STEWARD) and not by.helper
    if not (is_office or (letter.invited_by_id == by.pk and not by.helper)):
        raise Refused(rules.NOT_STEWARD)
    here = Letter.objects.filter(pk=letter.pk, unit__entrance__building__community_id=by.community_id)
    here.filter(used_at=None, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def revoke_sheaf(*, by: Member, sheaf: Sheaf, now: datetime) -> int:
    """End all letters of the sheaf that nobody has used: they were lost, or went to the wrong doors."""
    _ask_steward(by)
    here = Letter.objects.filter(sheaf=sheaf, sheaf__community_id=by.community_id)
    return here.filter(used_at=None, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def use_letter(*, person: Person, code: str, name: str, kind: str = "", now: datetime) -> Member:
    """Enter by the letter: once. The same person doing it twice stays where they are."""
    letter = (
        Letter.objects.select_related("unit__entrance__building__community", "used_by", "invited_by")
        .filter(digest=digest(plain_code(code)))
        .first()
    )
    if letter is None:
        raise Refused(rules.UNKNOWN)
    if letter.used_by and letter.used_by.person_id == person.pk and letter.used_by.left_at is None:
        return letter.used_by
    if refusal := rules.refuse_letter(
        used_at=letter.used_at, revoked_at=letter.revoked_at, expires_at=letter.expires_at, now=now
    ):
        raise Refused(refusal)
    if refusal := refuse_identity_number(name):
        raise Refused(refusal)
    lives_as = letter.kind or kind
    if lives_as not in OccupancyKind.values:
        raise Refused(rules.CHOOSE_KIND)
    if not Letter.objects.claim(letter.pk, now):
        raise Refused(rules.USED)
    community = letter.unit.entrance.building.community
    member = people.admit(community=community, person=person, name=name, way="letter", by=letter.invited_by, now=now)
    # Family stands for family; a sheet was given to the home by the office.
    verified_how = "family" if letter.invited_by else "letter"
    homes.settle(
        unit=letter.unit,
        member=member,
        kind=lives_as,
        verified_by=letter.invited_by,
        verified_how=verified_how,
        now=now,
    )
    Letter.objects.filter(pk=letter.pk).update(used_by=member)
    record(
        LetterUsed(
            community_id=community.pk,
            person_id=person.pk,
            letter_id=letter.pk,
            member_id=member.pk,
            unit_id=letter.unit_id,
        ),
        now=now,
    )
    return member


@transaction.atomic
def ask_for_pdf(*, by: Member, sheaf: Sheaf, now: datetime) -> bool:
    """True where the jobs have to be asked for: the first time, or again when the last time has led to nothing."""
    _ask_steward(by)
    if sheaf.printable_until <= now:
        raise Refused(rules.SHEAF_CLOSED)
    mine = Sheaf.objects.filter(pk=sheaf.pk, community_id=by.community_id)
    again = Q(pdf_asked_at=None) | Q(pdf_asked_at__lt=now - rules.PDF_PATIENCE)
    return mine.filter(again).update(pdf_asked_at=now) == 1


@transaction.atomic
def note_pdf(*, sheaf_id: int, building_id: int, file: str) -> None:
    """One building's file is ready."""
    sheaf = Sheaf.objects.select_for_update().get(pk=sheaf_id)
    sheaf.pdf_files = {**sheaf.pdf_files, str(building_id): file}
    sheaf.save(update_fields=["pdf_files"])
