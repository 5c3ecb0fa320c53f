"""The cookie by which an account knows the devices its person has logged in on before."""

from __future__ import annotations

import secrets
from typing import TypedDict, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "__Host-linli-device" if settings.SESSION_COOKIE_SECURE else "linli_device"
_SALT = "linli.accounts.devices"
_YEAR = 60 * 60 * 24 * 365
_PEOPLE = 6  # who share one device


class Known(TypedDict):
    device: str
    people: list[int]


def device_of(request: HttpRequest, person_id: int) -> str | None:
    """The mark of this device if the person has logged in on it before."""
    known = _read(request)
    return known["device"] if known and person_id in known["people"] else None


def remember_device(request: HttpRequest, response: HttpResponseBase, person_id: int) -> None:
    """From now on, wrong guesses by strangers do not keep this person out on this device."""
    known = _read(request) or Known(device=secrets.token_urlsafe(12), people=[])
    people = [person_id, *(pk for pk in known["people"] if pk != person_id)][:_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps({"device": known["device"], "people": people}, salt=_SALT),
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> Known | None:
    try:
        return cast("Known", signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_YEAR))
    except signing.BadSignature:
        return None
