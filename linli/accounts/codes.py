"""Six-digit codes by e-mail or text message: who holds the code holds the mailbox or the phone.

One code is under way per browser; its digest stands in the session. Asking for a code does the same and takes the same
time whether or not an account exists, so nobody learns who is here.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from linli.accounts import limits
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.messages import mail_code, text_code
from linli.kernel.jobs import enqueue
from linli.kernel.refusals import Refusal
from linli.kernel.tokens import digest

KEY = "accounts.code"
VALID = timedelta(minutes=10)
TRIES = 5
RESENDS = 2

WRONG = Refusal("wrong_code", _("This is not the code we sent. Please look again."), "code")
EXPIRED = Refusal("expired_code", _("This code is no longer valid. Please ask for a new one."), "code")


class Purpose(StrEnum):
    ENTER = "enter"  # log in, or sign up where the contact belongs to nobody yet
    RESET = "reset"  # log in to set a new password
    CONTACT = "contact"  # add the contact to one's account
    AGAIN = "again"  # show once more that it is you


@dataclass(frozen=True, slots=True)
class Pending:
    """A code under way. An empty `value` means that no code was sent, which no page may show."""

    purpose: str
    kind: str
    value: str
    shown: str
    at: str
    secret: str = ""
    person_id: int | None = None
    next: str = ""
    tries: int = 0
    resent: int = 0

    @property
    def contact(self) -> Contact:
        return Contact(ContactKind(self.kind), self.value)

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.at) + VALID

    @property
    def can_resend(self) -> bool:
        return self.resent < RESENDS


def start(
    request: HttpRequest,
    *,
    purpose: Purpose,
    contact: Contact | None,
    shown: str,
    now: datetime,
    person_id: int | None = None,
    next_page: str = "",
) -> Refusal | None:
    """Send a code; without a contact it only looks so. `shown` is what the page says it was sent to."""
    # Counted by what the page shows, that is by what was typed; see limits.account_key.
    uses = [(limits.CODES_FROM, limits.asker(request)), (limits.CODES_TO, f"{purpose}:{person_id}:{shown}")]
    if refusal := limits.spend_all(uses, now=now, field="contact"):
        return refusal
    is_by_number = purpose is Purpose.RESET and contact is not None and contact.shown != shown
    if contact and is_by_number and limits.spend(limits.RESETS_TO, contact.value, now=now):
        contact = None  # a mailbox is not flooded, and the page looks as ever
    pending = Pending(
        purpose=purpose.value,
        kind=contact.kind.value if contact else ContactKind.EMAIL.value,
        value=contact.value if contact else "",
        shown=shown,
        at=now.isoformat(),
        person_id=person_id,
        next=next_page,
    )
    _send(request, pending, now)
    return None


def resend(request: HttpRequest, pending: Pending, *, now: datetime) -> Refusal | None:
    if not pending.can_resend:
        return EXPIRED
    if refusal := limits.spend(limits.CODES_TO, _about(pending), now=now, field="code"):
        return refusal
    _send(request, replace(pending, resent=pending.resent + 1, at=now.isoformat(), tries=0), now)
    return None


def pending_of(request: HttpRequest, *purposes: Purpose) -> Pending | None:
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept or kept["purpose"] not in purposes:
        return None
    return Pending(**kept)


def check(request: HttpRequest, pending: Pending, typed: str, *, now: datetime) -> Refusal | None:
    """None if the code is right; it is spent then, and after too many wrong ones too."""
    if now > pending.until or pending.tries >= TRIES:
        return EXPIRED
    key = _about(pending)
    if refusal := limits.spend(limits.CODE_GUESSES, key, now=now, field="code"):
        return refusal
    is_right = constant_time_compare(_secret(pending, typed), pending.secret)
    if not pending.value or not is_right:
        _keep(request, replace(pending, tries=pending.tries + 1))
        return WRONG
    limits.clear(limits.CODE_GUESSES, key)
    forget(request)
    return None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _about(pending: Pending) -> str:
    return f"{pending.purpose}:{pending.person_id}:{pending.shown}"


def _send(request: HttpRequest, pending: Pending, now: datetime) -> None:
    code = f"{secrets.randbelow(1_000_000):06d}"
    _keep(request, replace(pending, secret=_secret(pending, code)))
    # Without a contact the job finds nothing to do, but asking for it has taken the same time.
    task = text_code if pending.kind == ContactKind.PHONE else mail_code
    enqueue(
        task,
        to=pending.value,
        code=code,
        language=request.visit.language,
        until=(now + VALID).isoformat(),
    )


def _secret(pending: Pending, code: str) -> str:
    return digest(f"code:{pending.purpose}:{pending.kind}:{pending.value}:{pending.at}:{code}")


def _keep(request: HttpRequest, pending: Pending) -> None:
    request.session[KEY] = asdict(pending)
