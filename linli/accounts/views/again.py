"""Show once more that it is you, before something that matters; and the second step of a log-in."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.accounts import codes, limits
from linli.accounts.adapter import AccountAdapter
from linli.accounts.codes import Purpose
from linli.accounts.entering import View, next_page
from linli.accounts.forms import CodeForm, PasswordAgainForm, SecondStepAgainForm
from linli.accounts.reads import contacts_of
from linli.accounts.views.codes import status_of
from linli.kernel.refusals import Refusal
from linli.look.answers import page
from linli.look.forms import LinliForm
from linli.people.doors import account_page
from linli.people.models import Person

ME = "/me/"


def _page(
    request: HttpRequest, person: Person, form: Any, *, refusal: Refusal | None = None, **context: Any
) -> HttpResponse:
    next_to = next_page(request, ME)
    methods = AccountAdapter(request).get_reauthentication_methods(person)
    context = {
        "form": form,
        "refusal": refusal,
        "next": next_to,
        "action": request.path,
        "others": [method for method in methods if method["url"] != request.path],
        "lead": "",
        "is_passkey": False,
        **context,
    }
    return page(request, "accounts/again.html", context, status=status_of(refusal, bool(form.errors)))


def offered(view: View) -> View:
    """Only for those who have this way; others are led to one that they have."""

    @wraps(view)
    def entered(request: HttpRequest, person: Person) -> HttpResponse:
        addresses = [method["url"] for method in AccountAdapter(request).get_reauthentication_methods(person)]
        if request.path in addresses:
            return view(request, person)
        query = urlencode({"next": next_page(request, ME)})
        return HttpResponseRedirect(f"{addresses[0]}?{query}" if addresses else ME)

    return entered


def _done(request: HttpRequest, person: Person, method: str) -> HttpResponse:
    record_authentication(request, person, method, reauthenticated=True)
    return HttpResponseRedirect(next_page(request, ME), status=303)


@never_cache
@sensitive_post_parameters("password")
@account_page
@offered
def by_password(request: HttpRequest, person: Person) -> HttpResponse:
    form = PasswordAgainForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, person, form)
    key = f"again:{person.pk}"
    if refusal := limits.spend(limits.GUESSES, key, now=timezone.now()):
        return _page(request, person, form, refusal=refusal)
    if not person.check_password(form.cleaned_data["password"]):
        refusal = Refusal("wrong_password", _("This is not the password."), "password")
        return _page(request, person, form, refusal=refusal)
    limits.clear(limits.GUESSES, key)
    return _done(request, person, "password")


@never_cache
@account_page
@offered
def by_app(request: HttpRequest, person: Person) -> HttpResponse:
    form = SecondStepAgainForm(request.POST if request.method == "POST" else None, user=person)
    lead = _("Open your authenticator app and type the code it shows for Linli.")
    if not form.is_valid():
        return _page(request, person, form, lead=lead)
    return _done(request, person, "mfa")


@never_cache
@account_page
@offered
def by_passkey(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method == "POST" and "credential" in request.POST:
        form = ReauthenticateWebAuthnForm(request.POST, user=person)
        if form.is_valid():
            return _done(request, person, "mfa")
        refusal = Refusal("passkey", _("That did not work. Please try again."))
        return _passkey_page(request, person, refusal)
    return _passkey_page(request, person)


def _passkey_page(request: HttpRequest, person: Person, refusal: Refusal | None = None) -> HttpResponse:
    options = webauthn.begin_authentication(person)
    return _page(request, person, LinliForm(), refusal=refusal, is_passkey=True, options=options)


@never_cache
@account_page
@offered
def by_code(request: HttpRequest, person: Person) -> HttpResponse:
    """A code goes out when asked for by a button, never by opening the page."""
    contact, now = contacts_of(person)[0], timezone.now()
    pending = codes.pending_of(request, Purpose.AGAIN)
    if request.POST.get("again") or (request.method == "POST" and pending is None):
        refusal = codes.start(
            request, purpose=Purpose.AGAIN, contact=contact, shown=contact.hidden, now=now, person_id=person.pk
        )
        lead = _("We have sent a code to %(contact)s.") % {"contact": contact.hidden}
        return _page(request, person, CodeForm(), refusal=refusal, lead=lead, can_resend=False)
    if pending is None or pending.person_id != person.pk:
        lead = _("We send a code to %(contact)s.") % {"contact": contact.hidden}
        return _page(request, person, LinliForm(), lead=lead, submit_words=_("Send the code"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    lead = _("We have sent a code to %(contact)s.") % {"contact": contact.hidden}
    refusal = codes.check(request, pending, form.cleaned_data["code"], now=now) if form.is_valid() else None
    if not form.is_valid() or refusal:
        return _page(request, person, form, refusal=refusal, lead=lead, can_resend=True)
    return _done(request, person, "code")


class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """After password or code, where an authenticator app is set up."""

    def render_to_response(self, context: dict[str, Any], **_response: Any) -> HttpResponse:
        form = context["form"]
        person = self.stage.login.user
        has_passkey = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
        is_wrong = self.request.method == "POST"
        return page(
            self.request,
            "accounts/second_step.html",
            {
                "form": form,
                "options": context["js_data"]["request_options"] if has_passkey and "js_data" in context else None,
                "is_wrong": is_wrong,
            },
            status=422 if is_wrong else 200,
        )
