"""E-mail addresses and mobile numbers: reading what people type, and showing it half hidden."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from linli.accounts.numbers import plain


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a code can be sent."""

    kind: ContactKind
    value: str

    @property
    def shown(self) -> str:
        return shown_phone(self.value) if self.kind is ContactKind.PHONE else self.value

    @property
    def hidden(self) -> str:
        """Enough to recognise one's own: l···@example.org, 138 ···· 8000."""
        if self.kind is ContactKind.EMAIL:
            name, _, host = self.value.partition("@")
            return f"{name[:1]}···@{host}"
        return f"{self.value[:-8]} ···· {self.value[-4:]}" if len(self.value) > 11 else f"···· {self.value[-4:]}"


_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")


def read_phone(typed: str) -> str | None:
    """A mobile number as +8613800138000; without a country code it is a Chinese one."""
    number = plain(typed)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if _CHINESE_MOBILE.fullmatch(number):
        return f"+86{number}"
    if number.startswith("+86") and not _CHINESE_MOBILE.fullmatch(number[3:]):
        return None
    return number if _INTERNATIONAL.fullmatch(number) else None


def read_email(typed: str) -> str | None:
    address = unicodedata.normalize("NFKC", typed).strip().lower()
    if len(address) > 254:
        return None
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address


def read_contact(typed: str) -> Contact | None:
    """What was typed as an e-mail address or a mobile number, or None."""
    if "@" in unicodedata.normalize("NFKC", typed):
        email = read_email(typed)
        return Contact(ContactKind.EMAIL, email) if email else None
    phone = read_phone(typed)
    return Contact(ContactKind.PHONE, phone) if phone else None


def shown_phone(phone: str) -> str:
    """As people write it: 138 0013 8000, or +49 with the rest."""
    if phone.startswith("+86") and len(phone) == 14:
        return f"{phone[3:6]} {phone[6:10]} {phone[10:]}"
    return phone
