"""Where django-allauth asks us: who logs in how, what is said, and what happens at a log-in."""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.accounts.devices import remember_device
from linli.accounts.handles import handle_of
from linli.accounts.numbers import grouped
from linli.accounts.reads import contacts_of
from linli.people.models import Person
from linli.people.sessions import SessionStore
from linli.people.visits import device_name

RECENT_SECONDS = 15 * 60


def entered_recently(request: HttpRequest) -> bool:
    """Whether a password, passkey or code was given within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - float(records[-1]["at"]) < RECENT_SECONDS


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": _("This is not the password."),
        "incorrect_code": _("This is not the right code."),
        "rate_limited": _("Too many attempts. Please wait a little."),
        "too_many_login_attempts": _("Too many attempts. Please wait a little."),
    }

    def is_safe_url(self, url: str) -> bool:
        """After log-in one goes on to a page of this site, nowhere else."""
        return is_own_page(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_login_stages(self) -> list[str]:
        return ["linli.accounts.stages.SecondStepStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The server in front has already worked out who asks, trusting only proxies it was told of."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Erased and suspended accounts cannot be told from those that never were."""
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        # The list of devices tells since when one is logged in, not since when one has looked around.
        cast("SessionStore", request.session).created_at = timezone.now()

    def post_login(self, request: HttpRequest, user: Person, **arguments: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **arguments)
        remember_device(request, response, user.pk)
        return response

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **_more: Any
    ) -> None:
        """Our own pages say what has happened; allauth's template messages would say it twice."""
        if message:
            super().add_message(request, level, message=message)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What changed is told by linli.accounts.subscribers, which follow from facts."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not entered_recently(context.request)

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, str]]:
        """How somebody who is logged in can show that it is they who hold the phone."""
        if isinstance(user, AnonymousUser):
            return []
        types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        ways = (
            (user.has_usable_password(), "account_reauthenticate", _("With your password")),
            (Authenticator.Type.WEBAUTHN in types, "mfa_reauthenticate_webauthn", _("With your passkey")),
            (Authenticator.Type.TOTP in types, "mfa_reauthenticate", _("With your authenticator app")),
            (bool(contacts_of(user)), "account_reauthenticate_code", _("With a code we send you")),
        )
        return [
            {"id": name, "description": str(words), "url": reverse(name)} for is_there, name, words in ways if is_there
        ]


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the right code."),
    }

    def get_totp_label(self, user: Person) -> str:
        return f"{user.name} {grouped(user.number)}"

    def _get_site_name(self) -> str:
        return gettext("Linli")

    def get_totp_issuer(self) -> str:
        return f"{gettext('Linli')} {context.request.get_host()}"

    def build_totp_svg(self, url: str) -> str:
        return ""  # the page draws it with our own QR maker

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        """A passkey is called after the device it was made on."""
        return device_name(context.request.headers.get("User-Agent", "")) or gettext("Passkey")

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return {
            "id": handle_of(user).encode(),
            "display_name": user.name,
            "name": f"{user.name} {grouped(user.number)}",
        }


def is_own_page(url: str) -> bool:
    return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
