from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from linli.accounts import rules
from linli.accounts.contacts import Contact, ContactKind
from linli.facts.accounts import ContactAdded, ContactRemoved, PasskeyRemoved
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Person


@transaction.atomic
def add_contact(*, person: Person, contact: Contact, now: datetime) -> None:
    """Make a proved e-mail address or phone number the account's own, in place of an earlier one."""
    write_contact(person, contact, now)
    record(ContactAdded(person_id=person.pk, kind=contact.kind.value))


def write_contact(person: Person, contact: Contact, now: datetime) -> None:
    """Only contacts that a code has proved are ever written, so all that are there are verified."""
    try:
        with transaction.atomic():
            if contact.kind is ContactKind.PHONE:
                _people(person).update(phone=contact.value, phone_verified_at=now)
            else:
                EmailAddress.objects.filter(user=person).delete()
                EmailAddress.objects.create(user=person, email=contact.value, verified=True, primary=True)
                _people(person).update(email=contact.value)
    except IntegrityError:
        raise Refused(rules.CONTACT_TAKEN) from None
    if contact.kind is ContactKind.PHONE:
        person.phone, person.phone_verified_at = contact.value, now
    else:
        person.email = contact.value


@transaction.atomic
def remove_contact(*, person: Person, kind: ContactKind, now: datetime) -> None:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    has = {ContactKind.EMAIL: bool(locked.email), ContactKind.PHONE: bool(locked.phone)}
    if not has[kind]:
        return
    refusal = rules.refuse_removing_contact(
        has_password=locked.has_usable_password(), passkeys=passkeys_of(locked), contacts=sum(has.values())
    )
    if refusal:
        raise Refused(refusal)
    if kind is ContactKind.PHONE:
        _people(person).update(phone=None, phone_verified_at=None)
    else:
        EmailAddress.objects.filter(user=person).delete()
        _people(person).update(email="")
    record(ContactRemoved(person_id=person.pk, kind=kind.value))


@transaction.atomic
def remove_passkey(*, person: Person, pk: int, now: datetime) -> None:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    mine = Authenticator.objects.filter(user=locked, type=Authenticator.Type.WEBAUTHN)
    if not mine.filter(pk=pk).exists():
        return
    refusal = rules.refuse_removing_passkey(
        has_password=locked.has_usable_password(),
        passkeys=mine.count(),
        contacts=bool(locked.email) + bool(locked.phone),
    )
    if refusal:
        raise Refused(refusal)
    mine.filter(pk=pk).delete()
    record(PasskeyRemoved(person_id=person.pk))


def passkeys_of(person: Person) -> int:
    return int(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count())


def _people(person: Person) -> QuerySet[Person]:
    return Person.objects.filter(pk=person.pk)
