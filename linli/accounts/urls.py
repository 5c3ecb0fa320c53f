"""`/account/…` is for coming in, `/me/…` for one's own account.

Views of allauth stand here one by one, each behind a door of ours and under the name by which allauth asks for it; what
is not named here does not exist.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from linli.accounts.entering import View, sensitive
from linli.accounts.operator import operator_site
from linli.accounts.views import again, codes, devices, log_in, me, own_data, second_ways, sign_up
from linli.people.doors import account_page, public_page
from linli.people.models import Person


def theirs(view: View) -> View:
    """A view of allauth for people who are logged in, which takes the person from the request."""

    @account_page
    def entered(request: HttpRequest, person: Person, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return entered


def guarded(view: View) -> View:
    """The same, for what asks for password, passkey or code again."""
    inner = theirs(sensitive(view))

    @never_cache
    @wraps(inner)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return inner(request, *args, **kwargs)

    return entered


urlpatterns = [
    # Coming in
    path("account/login/", log_in.log_in, name="account_login"),
    path("account/logout/", log_in.log_out, name="account_logout"),
    path("account/passkey/", log_in.log_in_by_passkey, name="mfa_login_webauthn"),
    path("account/link/<str:token>/", log_in.follow_link, name="account_link"),
    path("account/signup/", sign_up.sign_up, name="account_signup"),
    path("account/signup/passkey/", sign_up.sign_up_by_passkey, name="account_signup_by_passkey"),
    path("account/signup/name/", sign_up.say_name, name="account_signup_name"),
    path("account/number/", sign_up.keep_number, name="account_number"),
    path("account/code/", codes.ask_code, name="account_request_login_code"),
    path("account/code/confirm/", codes.confirm_code, name="account_confirm_login_code"),
    path("account/password/reset/", codes.lost_password, name="account_reset_password"),
    path("account/recovery/", codes.recover, name="account_recovery"),
    path("account/second-step/", public_page(again.SecondStepView.as_view()), name="mfa_authenticate"),
    path("account/again/", again.by_password, name="account_reauthenticate"),
    path("account/again/code/", again.by_code, name="account_reauthenticate_code"),
    path("account/again/app/", again.by_app, name="mfa_reauthenticate"),
    path("account/again/passkey/", again.by_passkey, name="mfa_reauthenticate_webauthn"),
    # One's own account
    path("me/", me.home, name="me"),
    path("me/name/", me.name, name="me_name"),
    path("me/ways-in/", me.ways_in, name="mfa_index"),
    path("me/password/", me.password, name="account_change_password"),
    path("me/contact/", me.contact, name="account_email"),
    path("me/contact/code/", me.contact_code, name="me_contact_code"),
    path("me/contact/<str:kind>/removal/", me.remove_contact, name="me_contact_removal"),
    path("me/sheet/", me.sheet, name="me_sheet"),
    path("me/passkeys/", second_ways.passkeys, name="mfa_list_webauthn"),
    path("me/passkeys/new/", second_ways.add_passkey, name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/", second_ways.rename_passkey, name="mfa_edit_webauthn"),
    path("me/passkeys/<int:pk>/removal/", second_ways.remove_passkey, name="mfa_remove_webauthn"),
    path("me/authenticator/", guarded(second_ways.StartAuthenticator.as_view()), name="mfa_activate_totp"),
    path("me/authenticator/end/", guarded(second_ways.StopAuthenticator.as_view()), name="mfa_deactivate_totp"),
    path("me/recovery-codes/", guarded(second_ways.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new/", guarded(second_ways.NewRecoveryCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("me/devices/", devices.devices, name="me_devices"),
    path("me/devices/others/end/", devices.end_others, name="me_devices_end_others"),
    path("me/devices/<str:name>/end/", devices.end, name="me_device_end"),
    path("me/data/", own_data.own_data, name="me_data"),
    path("me/data/file/", own_data.download, name="me_data_file"),
    path("me/erasure/", own_data.erasure, name="me_erasure"),
    path("operator/", operator_site.urls),
]
