"""Pages for what went wrong: what happened, what is kept, what to do. For handler400 and so on."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.look.answers import page
from linli.look.frame import Frame, bare_frame, frame_for

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    title, text = (
        _("This could not be read"),
        _("Your browser sent something we could not make sense of. Nothing was changed."),
    )
    return _error(request, 400, title, text)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    title, text = (
        _("This is not open to you"),
        _("If you think it should be, please ask your steward or the committee."),
    )
    return _error(request, 403, title, text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    title = _("Nobody lives at this address")
    text = _("The page may have moved, or it is only for members. Please check the address, or go back.")
    return _error(request, 404, title, text)


def server_error(request: HttpRequest) -> HttpResponse:
    title = _("Something broke on our side")
    text = _("What you sent may not be saved. The operators can see it in their log. Please try again soon.")
    return _error(request, 500, title, text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page that stood open for weeks or a browser that refuses cookies, hardly ever an attack."""
    title = _("This page was open for too long")
    text = _("For your safety nothing was sent. Go back, load the page again and send once more.")
    return _error(request, 403, title, text)


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text, "status": status, "frame": _frame(request)}
    return page(request, "look/error.html", context, status=status)


def _frame(request: HttpRequest) -> Frame:
    """The usual one; a bare one where the trouble lies in what the frame itself needs."""
    try:
        return frame_for(request)
    except Exception:
        log.exception("No frame for an error page.")
        return bare_frame(request)
