from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm
from linli.people.models import Shown
from linli.people.rules import NO_NAME

ABOUT_MAX = 1000
SHOWN_FIELDS = ("about", "home", "phone", "email")


def _shown(label: object) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Shown.choices)  # type: ignore[arg-type]


class ProfileForm(LinliForm):
    """One's own profile here; every field with who sees it."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As your neighbours know you. Members always see it."),
        max_length=32,
        error_messages={"required": NO_NAME.message},
    )
    portrait = forms.FileField(label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    no_portrait = forms.BooleanField(label=_("Take the picture away"), required=False)
    about = forms.CharField(
        label=_("About me"),
        help_text=_("What you like, what you can do, when you are at home."),
        max_length=ABOUT_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    about_shown = _shown(_("Who sees these words?"))
    home_shown = _shown(_("Who sees your building?"))
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    phone_shown = _shown(_("Who sees your phone?"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    email_shown = _shown(_("Who sees your e-mail?"))

    def __init__(self, *args: Any, has_portrait: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_portrait:
            del self.fields["no_portrait"]

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_about(self) -> str:
        return clean_text(self.cleaned_data["about"])

    def clean_phone(self) -> str:
        return clean_line(self.cleaned_data["phone"])
