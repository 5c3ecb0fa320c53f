"""The CSRF token of a page: Django's own, masked quicker and without sending the cookie again with every page."""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from markupsafe import Markup

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
    """The hidden field that carries the token."""

    __slots__ = ("_token",)

    def __init__(self, token: Token) -> None:
        self._token = token

    def __html__(self) -> str:
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{self._token}">'

    def __str__(self) -> Markup:
        return Markup(self.__html__())  # noqa: S704  (a token has letters and digits only)


def token(request: HttpRequest) -> str:
    """Masked anew for every page, so that its compressed length tells nothing (BREACH)."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(secret) != CSRF_SECRET_LENGTH:
        return get_token(request)
    mask = [byte % len(_SIGNS) for byte in os.urandom(CSRF_SECRET_LENGTH)]
    hidden = [_SIGNS[(_PLACES[sign] + shift) % len(_SIGNS)] for sign, shift in zip(secret, mask, strict=True)]
    return "".join([_SIGNS[shift] for shift in mask]) + "".join(hidden)
