"""A new account by name and password, or by name and passkey; e-mail and phone are never needed."""

from __future__ import annotations

from typing import Any, TypedDict

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import signup_authenticator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.accounts import actions, limits
from linli.accounts.contacts import Contact, ContactKind
from linli.accounts.entering import enter_new, next_page, with_next
from linli.accounts.forms import NameForm, SignUpForm
from linli.accounts.handles import new_handle
from linli.accounts.headings import heading_for
from linli.accounts.models import PasskeyHandle
from linli.accounts.numbers import grouped, new_number
from linli.accounts.sms import can_send_mail, can_send_sms
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.people.doors import account_page, public_page
from linli.people.models import Person

PASSKEY_KEY = "accounts.new_passkey"
PROVED_KEY = "accounts.proved"
TOO_MANY = 429


class Look(TypedDict):
    language: str
    theme: str
    size: str


def look_of(request: HttpRequest) -> Look:
    """As the visitor has it now, so that nothing changes at sign-up."""
    visit = request.visit
    return Look(language=visit.language, theme=visit.theme, size=visit.size)


@never_cache
@sensitive_post_parameters("password")
@public_page
def sign_up(request: HttpRequest) -> HttpResponse:
    next_to = next_page(request)
    if request.visit.person:
        return HttpResponseRedirect(next_to)
    if request.method != "POST":
        return _page(request, SignUpForm(), next_to)
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, next_to, status=422)
    now = timezone.now()
    if refusal := limits.spend(limits.SIGN_UPS_FROM, limits.asker(request), now=now):
        return _page(request, form, next_to, refusal=refusal, status=TOO_MANY)
    person = actions.register(
        name=form.cleaned_data["name"], password=form.cleaned_data["password"], now=now, **look_of(request)
    )
    return enter_new(request, person, method="password", next_to=next_to)


def _page(
    request: HttpRequest,
    form: SignUpForm,
    next_to: str,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "next": next_to,
        "heading": heading_for(next_to),
        "has_codes": can_send_mail() or can_send_sms(),
    }
    return page(request, "accounts/sign_up.html", context, status=status)


@never_cache
@require_POST
@public_page
def sign_up_by_passkey(request: HttpRequest) -> HttpResponse:
    """First name → what the device is to make (JSON); then what it has made → the account."""
    if request.visit.person:
        return HttpResponseRedirect(next_page(request))
    if "credential" not in request.POST:
        return _begin_passkey(request)
    return _finish_passkey(request)


def _begin_passkey(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"field": "name", "error": form.errors["name"][0]}, status=422)
    if refusal := limits.spend(limits.SIGN_UPS_FROM, limits.asker(request), now=timezone.now()):
        return JsonResponse({"error": str(refusal.message)}, status=TOO_MANY)
    new = {"name": form.cleaned_data["name"], "number": new_number(), "handle": new_handle()}
    request.session[PASSKEY_KEY] = new
    return JsonResponse(webauthn.begin_registration(_unsaved(new), passwordless=True))


def _unsaved(new: dict[str, str]) -> Person:
    person = Person(name=new["name"], number=new["number"])
    person.new_handle = new["handle"]  # type: ignore[attr-defined]  # the adapter asks for it
    return person


def _finish_passkey(request: HttpRequest) -> HttpResponse:
    next_to = next_page(request)
    new: dict[str, str] | None = request.session.get(PASSKEY_KEY)
    form = SignupWebAuthnForm(request.POST, user=_unsaved(new)) if new else None
    if new is None or form is None or not form.is_valid():
        words = _("The passkey could not be made. Please try again, or choose a password.")
        return _page(request, SignUpForm(), next_to, refusal=Refusal("passkey", words), status=422)
    person = _register_with_passkey(request, new, form.cleaned_data)
    request.session.pop(PASSKEY_KEY)
    return enter_new(request, person, method="mfa", next_to=next_to, type="webauthn", passwordless=True)


@transaction.atomic
def _register_with_passkey(request: HttpRequest, new: dict[str, str], made: dict[str, Any]) -> Person:
    now = timezone.now()
    try:
        with transaction.atomic():
            person = actions.register(name=new["name"], number=new["number"], now=now, **look_of(request))
    except IntegrityError:  # somebody else has drawn this number in the meantime
        person = actions.register(name=new["name"], now=now, **look_of(request))
    PasskeyHandle.objects.create(person=person, handle=new["handle"])
    # The form's own name is the person's; a passkey is called after its device.
    device = get_adapter().generate_authenticator_name(person, Authenticator.Type.WEBAUTHN)
    signup_authenticator(request, user=person, name=device, credential=made["credential"])
    return person


@never_cache
@public_page
def say_name(request: HttpRequest) -> HttpResponse:
    """The last step for somebody whose e-mail or phone is proved and belongs to nobody yet."""
    proved: dict[str, str] | None = request.session.get(PROVED_KEY)
    next_to = next_page(request)
    if request.visit.person or not proved:
        return HttpResponseRedirect(with_next("account_request_login_code", next_to))
    form = NameForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        contact = Contact(ContactKind(proved["kind"]), proved["value"])
        try:
            person = actions.register(
                name=form.cleaned_data["name"], contact=contact, now=timezone.now(), **look_of(request)
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            request.session.pop(PROVED_KEY)
            return enter_new(request, person, method="code", next_to=next_to)
    status = 422 if refusal or form.errors else 200
    context = {"form": form, "refusal": refusal, "next": next_to, "heading": heading_for(next_to)}
    return page(request, "accounts/say_name.html", context, status=status)


@never_cache
@account_page
def keep_number(request: HttpRequest, person: Person) -> HttpResponse:
    """The number large, to photograph, write down or print."""
    next_to = next_page(request)
    context = {
        "name": person.name,
        "number": grouped(person.number),
        "has_password": person.has_usable_password(),
        "next": next_to,
        "heading": heading_for(next_to),
    }
    return page(request, "accounts/number.html", context)
