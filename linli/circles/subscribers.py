from django.utils import timezone

from linli.circles import actions
from linli.facts.people import MemberLeft, PersonErased
from linli.kernel.journal import on


@on(MemberLeft)
def leave_circles(fact: MemberLeft) -> None:
    actions.forget(member_ids=[fact.member_id], now=timezone.now())


@on(PersonErased)
def forget_in_circles(fact: PersonErased) -> None:
    actions.forget(member_ids=fact.member_ids, now=timezone.now())
