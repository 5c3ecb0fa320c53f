from datetime import datetime

from django.db import IntegrityError, transaction

from linli.accounts.actions.contacts import write_contact
from linli.accounts.contacts import Contact
from linli.accounts.numbers import new_number
from linli.facts.accounts import PersonRenamed
from linli.facts.people import PersonRegistered
from linli.kernel.journal import record
from linli.people.models import Person, Size, Theme

_ATTEMPTS = 20


@transaction.atomic
def register(
    *,
    name: str,
    now: datetime,
    password: str = "",
    contact: Contact | None = None,
    language: str = "",
    theme: str = Theme.AUTO,
    size: str = Size.STANDARD,
    number: str = "",
    is_operator: bool = False,
) -> Person:
    """Open an account; it gets a number of its own, and the contact only if a code has proved it."""
    person = Person(name=name, language=language, theme=theme, size=size, is_operator=is_operator, registered_at=now)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    _save_with_number(person, number)
    if contact:
        write_contact(person, contact, now)
    record(PersonRegistered(person_id=person.pk))
    return person


@transaction.atomic
def rename(*, person: Person, name: str, now: datetime) -> None:
    """The name of the account; the names used in communities are the members' own."""
    Person.objects.filter(pk=person.pk).update(name=name)
    person.name = name
    record(PersonRenamed(person_id=person.pk))


def _save_with_number(person: Person, number: str) -> None:
    if number:
        person.number = number
        person.save(force_insert=True)
        return
    for attempt in range(_ATTEMPTS):
        person.number = new_number()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
            return
        except IntegrityError:
            # Two people drew the same number: one in tens of millions, so draw again.
            person.pk = None
            if attempt == _ATTEMPTS - 1:
                raise
