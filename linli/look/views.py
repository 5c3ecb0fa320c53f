"""What the face itself answers: the switches, the manifest, the offline page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from linli.look.answers import page
from linli.look.frame import LANGUAGES, SIZES, THEMES, bare_frame

COOKIES = {"language": "linli_language", "theme": "linli_theme", "size": "linli_size"}
CHOICES = {"language": LANGUAGES, "theme": THEMES, "size": SIZES}
_YEAR = 31_536_000

Keeper = Callable[..., None]


@csrf_exempt  # pages of strangers are shared and hold no token; see _is_ours
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Language, theme or size, in a cookie and on the person."""
    if not _is_ours(request):
        return HttpResponseBadRequest()
    chosen = {name: value for name in COOKIES if (value := request.POST.get(name)) in CHOICES[name]}
    response = HttpResponseRedirect(_way_back(request), status=303)
    for name, value in chosen.items():
        response.set_cookie(
            COOKIES[name], value, max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    if chosen:
        _keeper()(request, **chosen)
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Without a token: the browser itself says where the form stood; one that says nothing sends no cookie across."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return "/"


def _nobody(request: HttpRequest, **chosen: str) -> None:
    """Without a keeper the cookie alone remembers."""


@cache
def _keeper() -> Keeper:
    path = getattr(settings, "LINLI_KEEP_LOOK", "")
    return cast("Keeper", import_string(path)) if path else _nobody


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """Makes Linli installable; the name is the same for everybody, so that it may be kept."""
    response = JsonResponse(
        {
            "name": _("Linli"),
            "short_name": _("Linli"),
            "description": _("The home of your community"),
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "lang": request.visit.language if hasattr(request, "visit") else "zh-hans",
            "background_color": "#FBF8F2",
            "theme_color": "#FBF8F2",
            "icons": [
                {"src": static("look/icons/linli-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": static("look/icons/linli-512.png"), "sizes": "512x512", "type": "image/png"},
                {
                    "src": static("look/icons/mask-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
        }
    )
    response.headers["Content-Type"] = "application/manifest+json"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _icon(name: str, size: int) -> dict[str, str]:
    return {"src": static(f"look/icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png"}


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker and shown when there is no network."""
    return page(request, "look/offline.html", {"frame": bare_frame(request)})


# The doors of linli.people stand above this package; these pages are open to anybody.
for view in (keep, manifest, offline):
    view.door = "public"  # type: ignore[attr-defined]
