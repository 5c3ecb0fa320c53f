"""What the pages of an account show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from linli.accounts.contacts import Contact, ContactKind, read_email, read_phone, shown_phone
from linli.accounts.models import RecoverySheet
from linli.accounts.numbers import grouped, plain
from linli.people.models import Member, Person, Session
from linli.people.sessions import session_name


def person_for(login: str) -> Person | None:
    """Whose number, e-mail address or phone number was typed; one query whatever it is."""
    if "@" in login or "＠" in login:
        return owner_of(Contact(ContactKind.EMAIL, read_email(login) or ""))
    if phone := read_phone(login):
        return owner_of(Contact(ContactKind.PHONE, phone))
    return Person.objects.filter(number=plain(login)[:16], is_active=True).first()


def owner_of(contact: Contact) -> Person | None:
    """The account to which a proved contact belongs."""
    if contact.kind is ContactKind.PHONE:
        return Person.objects.filter(phone=contact.value, is_active=True).first()
    found = EmailAddress.objects.filter(email=contact.value, verified=True, user__is_active=True)
    row = found.select_related("user").first()
    return row.user if row else None


def contacts_of(person: Person) -> tuple[Contact, ...]:
    found = []
    if person.email:
        found.append(Contact(ContactKind.EMAIL, person.email))
    if person.phone:
        found.append(Contact(ContactKind.PHONE, person.phone))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A community the person belongs to."""

    slug: str
    name: str
    member_name: str
    accent: str


@dataclass(frozen=True, slots=True)
class Device:
    """One log-in: `name` stands for it in addresses."""

    name: str
    label: str
    since: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Passkey:
    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How the person can log in."""

    number: str
    has_password: bool
    email: str
    phone: str
    passkeys: tuple[Passkey, ...]
    has_authenticator: bool
    codes_left: int | None
    sheet_made_at: datetime | None

    @property
    def is_only_number(self) -> bool:
        """With nothing but number and password, a lost password loses the account."""
        return not (self.email or self.phone or self.passkeys or self.sheet_made_at)


@dataclass(frozen=True, slots=True)
class Home:
    name: str
    number: str
    belongings: tuple[Belonging, ...]
    ways: WaysIn
    devices: int


def home(person: Person, session_key: str | None, *, now: datetime) -> Home:
    return Home(
        name=person.name,
        number=grouped(person.number),
        belongings=belongings(person),
        ways=ways_in(person),
        devices=len(devices(person, session_key, now=now)),
    )


def belongings(person: Person) -> tuple[Belonging, ...]:
    rows = (
        Member.objects.filter(person=person, left_at=None)
        .order_by("-seen_day", "community__name")
        .values_list("community__slug", "community__name", "name", "community__colour")
    )
    return tuple(Belonging(*row) for row in rows)


def ways_in(person: Person) -> WaysIn:
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    sheet = RecoverySheet.objects.filter(person=person).values_list("made_at", flat=True).first()
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return WaysIn(
        number=grouped(person.number),
        has_password=person.has_usable_password(),
        email=person.email,
        phone=shown_phone(person.phone or ""),
        passkeys=passkeys(rows),
        has_authenticator=any(row.type == Authenticator.Type.TOTP for row in rows),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
        sheet_made_at=sheet,
    )


def passkeys(rows: Sequence[Authenticator]) -> tuple[Passkey, ...]:
    return tuple(
        Passkey(pk=row.pk, name=row.data.get("name", ""), added_at=row.created_at, used_at=row.last_used_at)
        for row in rows
        if row.type == Authenticator.Type.WEBAUTHN
    )


def devices(person: Person, session_key: str | None, *, now: datetime) -> tuple[Device, ...]:
    """Where the person is logged in, this device first, then the latest seen."""
    rows = Session.objects.filter(person=person, expire_date__gt=now).order_by("-seen_at")
    found = [
        Device(
            name=session_name(row.session_key),
            label=row.device,
            since=row.created_at,
            seen_at=row.seen_at or row.created_at,
            is_this=row.session_key == session_key,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda device: not device.is_this))
