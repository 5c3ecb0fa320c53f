from django.db.models import Q
from django.utils import timezone

from linli.facts.people import MemberBlocked, MemberLeft, PersonErased
from linli.helping import actions
from linli.helping.models import Mandate
from linli.kernel.journal import on


@on(MemberLeft)
def end_mandates_of_who_left(fact: MemberLeft) -> None:
    actions.end_for_member(member_id=fact.member_id, now=timezone.now())


@on(MemberBlocked)
def end_mandates_between(fact: MemberBlocked) -> None:
    """The very next request was refused already; this makes it lasting, whatever is unblocked later."""
    actions.end_between(member_id=fact.member_id, other_id=fact.blocked_id, now=timezone.now())


@on(PersonErased)
def forget_mandates(fact: PersonErased) -> None:
    Mandate.objects.filter(Q(member__in=fact.member_ids) | Q(helper__in=fact.member_ids)).delete()
