"""The last steps of every way in: the same session, the same stages, the same way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from linli.accounts.adapter import AccountAdapter, entered_recently, is_own_page
from linli.people.models import Person

View = Callable[..., HttpResponse]


def next_page(request: HttpRequest, default: str = "/") -> str:
    """Where the visitor wanted to go before; only ever a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_own_page(wanted) else default


def with_next(name: str, next_to: str) -> str:
    address = reverse(name)
    return address if next_to == "/" else f"{address}?{urlencode({'next': next_to})}"


def enter(request: HttpRequest, person: Person, *, method: str, next_to: str, **details: Any) -> HttpResponse:
    """Log the person in, after a second step where one is set up."""
    record_authentication(request, person, method, **details)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=next_to))
    return response


def enter_new(request: HttpRequest, person: Person, *, method: str, next_to: str, **details: Any) -> HttpResponse:
    """Log somebody in who has just signed up, and show the number to keep."""
    return enter(request, person, method=method, next_to=with_next("account_number", next_to), **details)


def sensitive(view: View) -> View:
    """Asks for password, passkey or code again where the last one was more than a quarter of an hour ago."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if entered_recently(request):
            return view(request, *args, **kwargs)
        methods = AccountAdapter(request).get_reauthentication_methods(request.user)
        if not methods:
            return view(request, *args, **kwargs)
        # What was posted is not kept: it may hold a password, and sessions are no place for one.
        return HttpResponseRedirect(f"{methods[0]['url']}?next={quote(request.path, safe='/')}")

    return asking
