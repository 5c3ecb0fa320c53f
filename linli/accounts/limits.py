"""How often one may try: per account, per contact and per address on the net.

Everybody in a compound may share one address, so limits by address are wide; what guards an account is counted per
account. A device the person has logged in on before has a count of its own (docs/decisions/0060-accounts.md), so nobody
can keep a neighbour out by typing wrong passwords.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from linli.accounts.contacts import read_contact
from linli.accounts.devices import device_of
from linli.accounts.numbers import plain
from linli.kernel.limits import forget, refuse_often, seconds_left
from linli.kernel.refusals import Refusal
from linli.people.models import Person


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    per_seconds: int


GUESSES = Limit("guess", 10, 600)  # passwords and codes for one account
LOG_INS_FROM = Limit("log-in-from", 600, 600)  # one address on the net
SIGN_UPS_FROM = Limit("sign-up-from", 120, 600)
CODES_TO = Limit("code-to", 5, 3600)  # codes sent to one contact
RESETS_TO = Limit("reset-to", 5, 3600)  # the same, asked for by number
CODES_FROM = Limit("code-from", 120, 3600)
CODE_GUESSES = Limit("code-guess", 20, 3600)
PASSKEYS_FROM = Limit("passkey-from", 600, 600)
USED_CODES = Limit("used-code", 1, 90)  # a code of the authenticator app is good for one log-in
EXPORTS = Limit("export", 6, 3600)

Use = tuple[Limit, str]


def spend(limit: Limit, what: str, *, now: datetime, field: str = "") -> Refusal | None:
    """Count one attempt; the refusal says when the next one may be made."""
    return refuse_often(_key(limit, what), most=limit.most, per_seconds=limit.per_seconds, now=now, field=field)


def spend_all(uses: Sequence[Use], *, now: datetime, field: str = "") -> Refusal | None:
    for limit, what in uses:
        if refusal := spend(limit, what, now=now, field=field):
            return refusal
    return None


def clear(limit: Limit, what: str) -> None:
    """Begin anew: who gave the right answer was no guesser."""
    forget(_key(limit, what))


def seconds_to_wait(uses: Sequence[Use], *, now: datetime) -> int:
    """For `Retry-After`."""
    return max(seconds_left(_key(limit, what), now=now) for limit, what in uses)


def asker(request: HttpRequest) -> str:
    """The address on the net; of IPv6 the /64 that one connection has to itself."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if ":" in address and "." not in address:
        try:
            return str(ipaddress.ip_network(f"{address}/64", strict=False))
        except ValueError:
            return address
    return address


def account_key(request: HttpRequest, login: str, person: Person | None) -> str:
    """Whose guesses are counted together: those of strangers by what they typed, and each own device apart.

    By what was typed, not by the account: else somebody who has used up one name of an account would learn from the
    next refusal which other names it has.
    """
    device = device_of(request, person.pk) if person else None
    if person and device:
        return f"{person.pk}:{device}"
    contact = read_contact(login)
    return f"typed:{contact.value if contact else plain(login).lower()}"


def _key(limit: Limit, what: str) -> str:
    return f"accounts.{limit.name}:{what}"
