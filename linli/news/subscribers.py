from django.utils import timezone

from linli.facts.people import PersonErased
from linli.kernel.journal import on
from linli.news import actions


@on(PersonErased)
def forget_stories(fact: PersonErased) -> None:
    actions.forget(member_ids=fact.member_ids, now=timezone.now())
