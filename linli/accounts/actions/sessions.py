from datetime import datetime

from django.db import transaction

from linli.facts.accounts import SessionsEnded
from linli.kernel.journal import record
from linli.people.models import Person, Session
from linli.people.sessions import session_name


@transaction.atomic
def end_session(*, person: Person, name: str, now: datetime) -> int:
    """Log out on one device; `name` stands for the key, which no page ever shows."""
    keys = Session.objects.filter(person=person).values_list("session_key", flat=True)
    wanted = [key for key in keys if session_name(key) == name]
    ended, _ = Session.objects.filter(person=person, session_key__in=wanted).delete()
    if ended:
        record(SessionsEnded(person_id=person.pk, count=ended))
    return ended


@transaction.atomic
def end_other_sessions(*, person: Person, kept_session: str | None, now: datetime) -> int:
    ended = drop_sessions(person, kept_session)
    if ended:
        record(SessionsEnded(person_id=person.pk, count=ended))
    return ended


def drop_sessions(person: Person, kept_session: str | None) -> int:
    ended, _ = Session.objects.filter(person=person).exclude(session_key=kept_session or "").delete()
    return ended


def forget_expired(*, now: datetime) -> int:
    """Sessions that nobody can use any more."""
    gone, _ = Session.objects.filter(expire_date__lt=now).delete()
    return gone
