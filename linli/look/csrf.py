"""What every form carries: the CSRF token (Django's own, masked quicker and without sending the cookie again with every
page), and in whose name the page was drawn, so that a form from an old tab is not sent under another name."""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from markupsafe import Markup

AS_FIELD = "as_member"
AS_HEADER = "X-As-Member"
_SIGNS = CSRF_ALLOWED_CHARS
_PLACES = {sign: place for place, sign in enumerate(_SIGNS)}


class Token:
    """Worked out when a template shows it, once; most parts show none."""

    __slots__ = ("_request", "_value")

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._value = ""

    def __str__(self) -> str:
        if not self._value:
            self._value = token(self._request)
        return self._value

    __html__ = __str__


class Input:
    """The hidden fields that carry the token and the member."""

    __slots__ = ("_member_id", "_token")

    def __init__(self, token: Token, member_id: int = 0) -> None:
        self._token = token
        self._member_id = member_id

    def __html__(self) -> str:
        field = f'<input type="hidden" name="csrfmiddlewaretoken" value="{self._token}">'
        if self._member_id:
            field += f'<input type="hidden" name="{AS_FIELD}" value="{self._member_id}">'
        return field

    def __str__(self) -> Markup:
        return Markup(self.__html__())  # noqa: S704  (letters and digits only)


def token(request: HttpRequest) -> str:
    """Masked anew for every page, so that its compressed length tells nothing (BREACH)."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(secret) != CSRF_SECRET_LENGTH:
        return get_token(request)
    mask = [byte % len(_SIGNS) for byte in os.urandom(CSRF_SECRET_LENGTH)]
    hidden = [_SIGNS[(_PLACES[sign] + shift) % len(_SIGNS)] for sign, shift in zip(secret, mask, strict=True)]
    return "".join([_SIGNS[shift] for shift in mask]) + "".join(hidden)
