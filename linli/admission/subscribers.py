from django.utils import timezone

from linli.admission.models import Application, Invitation, InvitationUse, Letter, Sheaf
from linli.facts.people import MemberLeft, PersonErased
from linli.kernel.journal import on


@on(MemberLeft)
def end_what_who_left_has_handed_out(fact: MemberLeft) -> None:
    """Nobody comes in on the word of somebody who no longer belongs."""
    now = timezone.now()
    Letter.objects.open(now).filter(invited_by=fact.member_id).update(revoked_at=now)
    Invitation.objects.filter(made_by=fact.member_id, revoked_at=None).update(revoked_at=now)


@on(PersonErased)
def forget_person(fact: PersonErased) -> None:
    Application.objects.filter(person=fact.person_id).delete()
    Application.objects.filter(decided_by__in=fact.member_ids).update(decided_by=None)
    InvitationUse.objects.filter(member__in=fact.member_ids).delete()
    Invitation.objects.filter(made_by__in=fact.member_ids).update(made_by=None, note="")
    Letter.objects.filter(invited_by__in=fact.member_ids).delete()
    Letter.objects.filter(used_by__in=fact.member_ids).update(used_by=None)
    Sheaf.objects.filter(made_by__in=fact.member_ids).update(made_by=None)
