"""How a view answers: a page, a part of it for htmx, or a way on for a plain browser."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from linli.look.csrf import Input, Token
from linli.look.frame import Frame, frame_for
from linli.look.jinja import engine
from linli.look.kept import kept
from linli.look.toasts import toasts_for, toasts_waiting

Context = Mapping[str, Any]


def render(request: HttpRequest, template: str, context: Context) -> str:
    """The template of ours with its frame around it."""
    return (
        engine().environment.get_template(template).render({**surroundings(request, context.get("frame")), **context})
    )


def fragment(template: str, context: Context) -> str:
    """A piece of a page that asks nothing of its request."""
    return engine().environment.get_template(template).render(context)


def page(
    request: HttpRequest, template: str, context: Context | None = None, status: int = 200, *, shared: int = 0
) -> HttpResponse:
    """A whole page; `shared` is for how many seconds strangers may be given the same one."""
    response = HttpResponse(render(request, template, context or {}), status=status)
    visit = getattr(request, "visit", None)
    if shared and visit is not None and visit.person is None:
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={shared}"
    return _private(response)


def kept_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Hashable],
    places: Mapping[str, str],
    *,
    frame: Frame | None = None,
    path: bool = True,
) -> HttpResponse:
    """A member's page whose surroundings are kept: `context` decides its shape, `places` is what stands in it now.

    With a toast to show it is drawn anew; the values of `places` are finished HTML. `path=False`: the template does
    not ask for its address, so that one is kept for all addresses.
    """
    if toasts_waiting(request):
        filled = {name: Markup(html) for name, html in places.items()}  # noqa: S704  (finished by the caller)
        return _private(HttpResponse(render(request, template, {**context, **filled})))
    member = request.visit.member
    here = request.path if path else ""
    html = kept(request, template, frame or frame_for(request), member.pk if member else 0, here, context, places)
    return _private(HttpResponse(html))


def answer(
    request: HttpRequest,
    *,
    page: str,
    part: str,
    context: Context,
    status: int = 200,
    url: str | None = None,
) -> HttpResponse:
    """After an act: htmx gets the part, a plain browser goes on to `url`, a refusal (`status` 422) shows the page."""
    if is_part(request):
        return _private(HttpResponse(render(request, part, context) + _toasts(request), status=status))
    if url is not None and status < 300 and request.method == "POST":
        return HttpResponseRedirect(url, status=303)  # a reload afterwards must not post again
    return _private(HttpResponse(render(request, page, context), status=status))


def part(request: HttpRequest, template: str, context: Context, status: int = 200) -> HttpResponse:
    """Only a part, for addresses that htmx alone asks for."""
    return _private(HttpResponse(render(request, template, context) + _toasts(request), status=status))


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part (and not for a whole page, as it does going back in history)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def surroundings(request: HttpRequest, frame: Frame | None = None) -> dict[str, Any]:
    """What every template of ours may use besides its own context."""
    token = Token(request)
    member = getattr(getattr(request, "visit", None), "member", None)
    member_id = member.pk if member else 0
    return {
        "request": request,
        "frame": frame or frame_for(request),
        "take_toasts": partial(toasts_for, request),
        "csrf_token": token,
        "csrf_input": Input(token, member_id),
        "as_member": member_id,
    }


def _toasts(request: HttpRequest) -> str:
    toasts = toasts_for(request)
    if not toasts:
        return ""
    return engine().environment.get_template("look/_toasts.html").render(toasts=toasts)


def _private(response: HttpResponse) -> HttpResponse:
    """Pages differ by visitor, language and by whether htmx asks; no shared cache may mix them."""
    response.headers["Vary"] = "Cookie, Accept-Language, HX-Request"
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
