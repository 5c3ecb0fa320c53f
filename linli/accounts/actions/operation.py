from datetime import datetime

from django.db import transaction

from linli.accounts import rules
from linli.accounts.actions.sessions import drop_sessions
from linli.facts.accounts import PersonReadmitted, PersonSuspended
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Person


@transaction.atomic
def suspend(*, by: Person, person: Person, now: datetime) -> None:
    """Let nobody in with this account until an operator readmits it; what was written stays."""
    if by.pk == person.pk:
        raise Refused(rules.ONESELF)
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        drop_sessions(person, None)
        record(PersonSuspended(person_id=person.pk, helper_id=by.pk))


@transaction.atomic
def readmit(*, by: Person, person: Person, now: datetime) -> None:
    if Person.objects.filter(pk=person.pk, is_active=False, erased_at=None).update(is_active=True):
        record(PersonReadmitted(person_id=person.pk, helper_id=by.pk))
