"""One sentence after an act: “Saved.” Kept by Django's messages, so allauth's own words appear in the same place."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.api import get_messages
from django.http import HttpRequest

TONES = {"done": messages.SUCCESS, "info": messages.INFO, "warn": messages.WARNING, "alarm": messages.ERROR}
_TONES = {level: tone for tone, level in TONES.items()}


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    tone: str


def toast(request: HttpRequest, text: object, tone: str = "done") -> None:
    """Shown on the next page, or with this answer when htmx asked; `tone` is done, info, warn or alarm."""
    messages.add_message(request, TONES[tone], str(text))


def toasts_for(request: HttpRequest) -> tuple[Toast, ...]:
    """Those not shown yet; asking counts as showing."""
    storage = get_messages(request)
    # Reading marks the store as used and costs a cookie on every page, so look before reading.
    if not toasts_waiting(request):
        return ()
    return tuple(Toast(message.message, _TONES.get(message.level, "info")) for message in storage)


def toasts_waiting(request: HttpRequest) -> bool:
    """Whether there may be one to show; asking does not count as showing."""
    return "messages" in request.COOKIES or bool(getattr(get_messages(request), "_queued_messages", None))
