"""Log in by password or passkey, log out, and the demo's one-click links."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.accounts import limits
from linli.accounts.entering import enter, next_page
from linli.accounts.forms import LogInForm, PasskeyLogInForm
from linli.accounts.headings import heading_for
from linli.accounts.links import person_of_link
from linli.accounts.reads import person_for
from linli.accounts.sms import can_send_mail, can_send_sms
from linli.kernel.refusals import Refusal
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import public_page
from linli.people.models import Person

TOO_MANY = 429


@never_cache
@sensitive_post_parameters("password")
@public_page
def log_in(request: HttpRequest) -> HttpResponse:
    next_to = next_page(request)
    if request.visit.person:
        return HttpResponseRedirect(next_to)
    if request.method != "POST":
        return _page(request, LogInForm(), next_to)
    form = LogInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, next_to, status=422)
    now = timezone.now()
    person, refusal = who(request, form.cleaned_data["login"], form.cleaned_data["password"], now=now)
    if person:
        return enter(request, person, method="password", next_to=next_to)
    response = _page(request, form, next_to, refusal=refusal)
    if response.status_code == TOO_MANY:
        uses = uses_of(request, form.cleaned_data["login"], person_for(form.cleaned_data["login"]))
        response.headers["Retry-After"] = str(limits.seconds_to_wait(uses, now=now))
    return response


def wrong() -> Refusal:
    return Refusal("wrong_log_in", _("Number and password do not belong together. Please look at both again."), "login")


def who(request: HttpRequest, login: str, password: str, *, now: datetime) -> tuple[Person | None, Refusal | None]:
    """Whom login and password belong to. Takes the same time and the same limits for a number that nobody has."""
    person = person_for(login)
    uses = uses_of(request, login, person)
    if refusal := limits.spend_all(uses, now=now, field="login"):
        return None, refusal
    # Checked for nobody too, against a password that cannot be right: hashing is what takes the time.
    is_right = (person or _nobody()).check_password(password)
    if not is_right or person is None:
        return None, wrong()
    limits.clear(*uses[1])
    return person, None


def uses_of(request: HttpRequest, login: str, person: Person | None) -> list[limits.Use]:
    return [
        (limits.LOG_INS_FROM, limits.asker(request)),
        (limits.GUESSES, limits.account_key(request, login, person)),
    ]


def _nobody() -> Person:
    nobody = Person()
    nobody.set_unusable_password()
    return nobody


def _page(
    request: HttpRequest, form: LogInForm, next_to: str, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    is_limited = refusal is not None and refusal.code == "too_often"
    context = {
        "form": form,
        "refusal": refusal,
        "is_limited": is_limited,
        "next": next_to,
        "heading": heading_for(next_to),
        "has_codes": can_send_mail() or can_send_sms(),
    }
    if refusal:
        status = TOO_MANY if is_limited else 422
    return page(request, "accounts/log_in.html", context, status=status)


@never_cache
@require_POST
@public_page
def log_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """First the question for the device, as JSON; then the device's answer, as a form."""
    now = timezone.now()
    if refusal := limits.spend(limits.PASSKEYS_FROM, limits.asker(request), now=now):
        return _refused_passkey(request, str(refusal.message), TOO_MANY)
    if "credential" not in request.POST:
        return JsonResponse(webauthn.begin_authentication(None))
    form = PasskeyLogInForm(request.POST)
    if not form.is_valid():
        return _refused_passkey(request, _("That did not work. Please try again, or log in with your password."), 422)
    authenticator = form.cleaned_data["credential"]
    login = Login(user=authenticator.user, redirect_url=next_page(request))
    response: HttpResponse = perform_passwordless_login(request, authenticator, login)
    return response


def _refused_passkey(request: HttpRequest, message: str, status: int) -> HttpResponse:
    if "credential" not in request.POST:
        return JsonResponse({"error": message}, status=status)
    return _page(request, LogInForm(), next_page(request), refusal=Refusal("passkey", message))


@never_cache
@require_POST
@public_page
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    toast(request, _("You are logged out."))
    return HttpResponseRedirect("/", status=303)


@never_cache
@public_page
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """One click into the demo, as one of its people."""
    person = person_of_link(token)
    if person is None:
        raise Http404
    if request.visit.person:
        logout(request)
    return enter(request, person, method="link", next_to=next_page(request))
