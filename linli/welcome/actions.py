from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.facts.welcome import NewcomerGreeted, WelcomeWordsChanged
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.roles import OFFICE, Role
from linli.people.rules import NOT_STEWARD, refuse_helping
from linli.welcome import rules
from linli.welcome.models import FirstStep, Greeting, ListPutAway, WelcomeWords

GREETERS = OFFICE | Role.ORGANISER | Role.MODERATOR


def tick(*, community_id: int | None, person_id: int | None, step: str, now: datetime) -> None:
    """A step is done, because something happened; twice changes nothing."""
    if community_id is None or person_id is None:
        return
    member = Member.objects.filter(community_id=community_id, person_id=person_id, left_at=None).first()
    if member:
        FirstStep.objects.get_or_create(member=member, step=step, defaults={"at": now})


def put_away(*, by: Member, now: datetime) -> None:
    """The checklist is not wanted any more; it can still be found on the welcome page."""
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
    ListPutAway.objects.get_or_create(member=by, defaults={"at": now})


@transaction.atomic
def greet(*, by: Member, member: Member, words: str, now: datetime) -> None:
    """A word of welcome under one's own name; the same greeter greets a newcomer once."""
    refusal = rules.refuse_greeting(
        is_entrusted=by.helper is None and by.has_role(GREETERS), is_self=by.pk == member.pk, words=words
    )
    if refusal:
        raise Refused(refusal)
    _, is_new = Greeting.objects.get_or_create(member=member, by=by, defaults={"words": words, "at": now})
    if is_new:
        record(NewcomerGreeted(community_id=by.community_id, person_id=by.person_id, member_id=member.pk), now=now)


@transaction.atomic
def change_words(*, by: Member, soon: str, later: str, asks: str, now: datetime) -> None:
    """The community's own words; all three empty brings the template's back."""
    if by.helper or not by.has_role(Role.STEWARD):
        raise Refused(NOT_STEWARD)
    if soon or later or asks:
        WelcomeWords.objects.update_or_create(
            community_id=by.community_id, defaults={"soon": soon, "later": later, "asks": asks, "changed_at": now}
        )
    else:
        WelcomeWords.objects.filter(community_id=by.community_id).delete()
    record(WelcomeWordsChanged(community_id=by.community_id, person_id=by.person_id), now=now)


@transaction.atomic
def forget(*, member_ids: Collection[int]) -> None:
    FirstStep.objects.filter(member__in=member_ids).delete()
    ListPutAway.objects.filter(member__in=member_ids).delete()
    Greeting.objects.filter(member__in=member_ids).delete()
    Greeting.objects.filter(by__in=member_ids).delete()
