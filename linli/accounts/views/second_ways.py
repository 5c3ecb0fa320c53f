"""Passkeys, the authenticator app and its recovery codes, on pages of ours around allauth's logic."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import signup_authenticator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.accounts import actions, reads
from linli.accounts.entering import sensitive
from linli.accounts.views.me import to
from linli.kernel.refusals import Refused
from linli.kernel.text import clean_line
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import account_page
from linli.people.models import Person


@never_cache
@sensitive
@account_page
def passkeys(request: HttpRequest, person: Person) -> HttpResponse:
    return page(request, "accounts/passkeys.html", {"ways": reads.ways_in(person)})


@never_cache
@require_POST
@sensitive
@account_page
def add_passkey(request: HttpRequest, person: Person) -> HttpResponse:
    """First what the device is to make (JSON), then what it has made."""
    if "credential" not in request.POST:
        return JsonResponse(webauthn.begin_registration(person, passwordless=True))
    form = SignupWebAuthnForm(request.POST, user=person)
    if form.is_valid():
        signup_authenticator(
            request, user=person, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
        )
        toast(request, _("From now on you can log in on this device with fingerprint, face or screen lock."))
    else:
        toast(request, _("The passkey could not be made. Please try again."), "alarm")
    return to("mfa_list_webauthn")


@require_POST
@sensitive
@account_page
def rename_passkey(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    wanted = clean_line(request.POST.get("name", ""), 40)
    found = Authenticator.objects.filter(pk=pk, user=person, type=Authenticator.Type.WEBAUTHN).first()
    if found and wanted:
        found.wrap().name = wanted
        found.save(update_fields=["data"])
        toast(request, _("Saved."))
    return to("mfa_list_webauthn")


@require_POST
@sensitive
@account_page
def remove_passkey(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    try:
        actions.remove_passkey(person=person, pk=pk, now=timezone.now())
        toast(request, _("Removed. Delete it in the settings of your device too."))
    except Refused as refused:
        toast(request, refused.refusal.message, "alarm")
    return to("mfa_list_webauthn")


class _Ours:
    """allauth's view, drawn on a page of ours."""

    request: HttpRequest
    ours = ""

    def render_to_response(self, context: dict[str, Any], **_response: Any) -> HttpResponse:
        form = context.get("form")
        is_wrong = form is not None and form.is_bound and bool(form.errors)
        return page(self.request, self.ours, self.shown(context), status=422 if is_wrong else 200)

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return context


class StartAuthenticator(_Ours, ActivateTOTPView):  # type: ignore[misc]
    ours = "accounts/authenticator.html"

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        secret = context["form"].secret
        return {
            "form": context["form"],
            "address": get_adapter().build_totp_url(self.request.user, secret),
            "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        toast(self.request, _("The second step is on. Keep the recovery codes below."))
        return response

    def get_success_url(self) -> str:
        return "/me/recovery-codes/"


class StopAuthenticator(_Ours, DeactivateTOTPView):  # type: ignore[misc]
    ours = "accounts/stop_authenticator.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        toast(self.request, _("The second step is off."))
        return response


class RecoveryCodes(_Ours, ViewRecoveryCodesView):  # type: ignore[misc]
    ours = "accounts/recovery_codes.html"

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        codes = [f"{code[:4]} {code[4:]}" for code in context["unused_codes"]]
        return {"codes": codes, "name": cast("Person", self.request.visit.person).name}


class NewRecoveryCodes(_Ours, GenerateRecoveryCodesView):  # type: ignore[misc]
    ours = "accounts/new_recovery_codes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reads.ways_in(cast("Person", request.visit.person)).codes_left is None:
            return to("mfa_index")  # codes belong to a second step
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
