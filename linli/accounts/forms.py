"""What people type to come in: short forms with one thing to say each."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from linli.accounts import limits
from linli.accounts.contacts import Contact, ContactKind, read_contact
from linli.accounts.handles import person_with
from linli.accounts.numbers import plain
from linli.accounts.sms import can_send_mail, can_send_sms
from linli.kernel.text import clean_line
from linli.kernel.tokens import typed_code
from linli.look.forms import LinliForm
from linli.people.models import Person

PASSWORD_MAX = 128


def password_field(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    """Kept as typed, spaces too; long enough for a sentence."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=PASSWORD_MAX, widget=widget, **kwargs)


def code_field(label: Any, length: int, **attrs: Any) -> forms.CharField:
    """Digits from a message: the phone's keyboard offers them by itself."""
    given = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "class": "input-code",
        "autofocus": True,
        **attrs,
    }
    return forms.CharField(label=label, max_length=length, widget=forms.TextInput(attrs=given))


class LogInForm(LinliForm):
    login = forms.CharField(
        label=_("Linli number, e-mail or phone"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field(_("Password"), "current-password")


class NameForm(LinliForm):
    """All that a new account needs to know of a person."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As neighbours call you. You can use another one in each community."),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please say what we may call you.")},
    )

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please say what we may call you."))
        return name


class SignUpForm(NameForm):
    password = password_field(
        _("Password"),
        "new-password",
        help_text=_("At least 8 characters. Three words that only you put together are safe and easy to remember."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_weak(self, "password", Person(name=cleaned.get("name", "")))
        return cleaned


class NewPasswordForm(LinliForm):
    password = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least 8 characters. Three words that only you put together are safe and easy to remember."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_weak(self, "password", self.person)
        return cleaned


def refuse_weak(form: forms.Form, field: str, person: Person) -> None:
    password = form.cleaned_data.get(field)
    if not password:
        return
    try:
        validate_password(password, person)
    except ValidationError as weak:
        form.add_error(field, weak)


class ContactForm(LinliForm):
    """An e-mail address or mobile number to which a code goes."""

    contact = forms.CharField(
        label=_("Mobile number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_send_sms():
            self.fields["contact"].label = _("E-mail")
            self.fields["contact"].widget.input_type = "email"
        elif not can_send_mail():
            self.fields["contact"].label = _("Mobile number")
            self.fields["contact"].widget.input_type = "tel"

    def clean_contact(self) -> Contact:
        contact = read_contact(self.cleaned_data["contact"])
        if contact is None:
            raise ValidationError(_("This is neither an e-mail address nor a mobile number."))
        if contact.kind is ContactKind.PHONE and not can_send_sms():
            raise ValidationError(_("This server cannot send text messages. Please give an e-mail address."))
        if contact.kind is ContactKind.EMAIL and not can_send_mail():
            raise ValidationError(_("This server cannot send e-mail. Please give a mobile number."))
        return contact


class LostPasswordForm(LinliForm):
    login = forms.CharField(
        label=_("Linli number, e-mail or phone"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class CodeForm(LinliForm):
    code = code_field(_("Code"), 16)

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])


class SheetForm(LinliForm):
    login = forms.CharField(
        label=_("Linli number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
    )
    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("Twelve letters and digits from your printed sheet; spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return typed_code(self.cleaned_data["code"])


class PasswordAgainForm(LinliForm):
    password = password_field(_("Password"), "current-password")


class OwnNameForm(NameForm):
    """The name of the account itself."""


class ErasureForm(LinliForm):
    is_sure = forms.BooleanField(
        label=_("Yes, erase my account and everything about me"),
        error_messages={"required": _("Tick this if you are sure.")},
    )


class _Drawn:
    """allauth's forms, drawn like ours."""

    default_renderer = LinliForm.default_renderer
    use_required_attribute = False


class SecondStepForm(_Drawn, AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app or a recovery code."""

    code = code_field(_("Code"), 32)

    def clean_code(self) -> str:
        return clean_guess(self, super().clean_code)


class SecondStepAgainForm(_Drawn, ReauthenticateForm):  # type: ignore[misc]
    code = code_field(_("Code"), 32)

    def clean_code(self) -> str:
        return clean_guess(self, super().clean_code)


class AuthenticatorForm(_Drawn, ActivateTOTPForm):  # type: ignore[misc]
    code = code_field(_("Code that the app shows"), 16, autofocus=False)


class PasskeyLogInForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Finds the person by the random handle that the device has kept."""

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        webauthn.parse_authentication_response(credential)
        answer = credential.get("response") if isinstance(credential, dict) else None
        person = person_with(handle_in(answer))
        if person is None:
            raise ValidationError(_("This passkey is not known here."))
        return webauthn.complete_authentication(person, credential)


def handle_in(answer: Any) -> str:
    try:
        return websafe_decode(answer["userHandle"]).decode("ascii")
    except (TypeError, KeyError, ValueError):
        return ""


def clean_guess(form: Any, check: Any) -> str:
    """Six digits can be guessed, so wrong ones are counted; and none is good for two log-ins."""
    now = timezone.now()
    key = f"second:{form.user.pk}"
    if refusal := limits.spend(limits.GUESSES, key, now=now):
        raise ValidationError(refusal.message)
    code: str = check()
    if limits.spend(limits.USED_CODES, f"{form.user.pk}:{plain(code)}", now=now):
        raise ValidationError(_("This code was used already. Wait for the next one."))
    limits.clear(limits.GUESSES, key)
    return code
