from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.homes.forms import LineField
from linli.kernel.text import clean_text
from linli.look.forms import LinliForm
from linli.look.frame import ACCENTS
from linli.people.models import Kind, Language
from linli.people.roles import EVERYBODY, OFFICE, ROLE_NAMES, Role
from linli.stewards.slugs import SLUG_MAX, is_slug

ZONES_FIRST = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Urumqi")
COLOURS = {
    "brick": gettext_lazy("Brick"),
    "jade": gettext_lazy("Jade"),
    "sky": gettext_lazy("Sky"),
    "plum": gettext_lazy("Plum"),
    "moss": gettext_lazy("Moss"),
    "slate": gettext_lazy("Slate"),
}
WHO_TALKS = {
    int(EVERYBODY): gettext_lazy("All members"),
    int(OFFICE | Role.ORGANISER | Role.MODERATOR): gettext_lazy("Organisers, moderators and the office"),
    int(OFFICE): gettext_lazy("The office only"),
}
WHO_ANNOUNCES = {
    int(OFFICE): gettext_lazy("Stewards, committee and property office"),
    int(OFFICE | Role.ORGANISER): gettext_lazy("The office and organisers"),
    int(Role.STEWARD | Role.COMMITTEE): gettext_lazy("Stewards and the committee"),
    int(Role.STEWARD): gettext_lazy("Stewards only"),
}
SECTION_ROWS, CONTACT_ROWS = 3, 3
SECTIONS_MAX, CONTACTS_MAX = 20, 30


def zones() -> list[tuple[str, str]]:
    others = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [(zone, zone) for zone in dict.fromkeys([*ZONES_FIRST, *others])]


def colours() -> list[tuple[str, Any]]:
    return [(key, COLOURS[key]) for key in ACCENTS]


class TextField(forms.CharField):
    """Several lines, cleaned."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        return clean_text(str(super().to_python(value) or ""))


class FoundForm(LinliForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of community?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    name = LineField(label=gettext_lazy("Name of the community"), max_length=64)
    slug = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=SLUG_MAX,
        required=False,
        help_text=gettext_lazy("Small letters, figures and dashes. Leave it empty and we choose a short one."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    member_name = LineField(
        label=gettext_lazy("Your name there"), max_length=32, help_text=gettext_lazy("As the members know you")
    )
    about = TextField(
        label=gettext_lazy("In a sentence or two"),
        max_length=400,
        required=False,
        rows=3,
        help_text=gettext_lazy("Who belongs, and what for"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the first texts"), choices=Language.choices, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    colour = forms.ChoiceField(label=gettext_lazy("Colour"), widget=forms.RadioSelect, initial="brick")
    is_public = forms.ChoiceField(
        label=gettext_lazy("Who can read it?"),
        choices=(
            ("no", gettext_lazy("Members only: for others it does not exist")),
            ("yes", gettext_lazy("Everybody reads what is marked public, members read all")),
        ),
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]
        self.fields["colour"].choices = colours()  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().lower()
        if slug and not is_slug(slug):
            raise forms.ValidationError(
                _("An address has 3 to 40 small letters a–z, figures and single dashes between them.")
            )
        return slug

    def clean_is_public(self) -> bool:
        return bool(self.cleaned_data["is_public"] == "yes")


class SettingsForm(LinliForm):
    name = LineField(label=gettext_lazy("Name of the community"), max_length=64)
    about = TextField(label=gettext_lazy("In a sentence or two"), max_length=400, required=False, rows=3)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=Language.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("For visitors who have not chosen one, and on paper"),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    colour = forms.ChoiceField(label=gettext_lazy("Colour"), widget=forms.RadioSelect)
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read what is marked public"),
        required=False,
        help_text=gettext_lazy("Without this the community does not exist for strangers."),
    )
    talk_roles = forms.TypedChoiceField(label=gettext_lazy("Who may write to the board"), coerce=int)
    notice_roles = forms.TypedChoiceField(label=gettext_lazy("Who may put out notices"), coerce=int)
    welcome = TextField(
        label=gettext_lazy("Welcome text"),
        max_length=4000,
        required=False,
        rows=6,
        help_text=gettext_lazy("The first page of who comes in; **bold** and lists as on the board"),
    )
    word_members = LineField(label=gettext_lazy("What you call the members"), max_length=20, required=False)
    word_member = LineField(label=gettext_lazy("… and one of them"), max_length=20, required=False)
    word_office = LineField(label=gettext_lazy("What you call the office"), max_length=20, required=False)
    word_talk = LineField(label=gettext_lazy("What you call the talk on the board"), max_length=20, required=False)

    def __init__(self, *args: Any, talk_now: int, notice_now: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]
        self.fields["colour"].choices = colours()  # type: ignore[attr-defined]
        self.fields["talk_roles"].choices = _kept(WHO_TALKS, talk_now)  # type: ignore[attr-defined]
        self.fields["notice_roles"].choices = _kept(WHO_ANNOUNCES, notice_now)  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, str]:
        given = ((key, self.cleaned_data[f"word_{key}"]) for key in ("members", "member", "office", "talk"))
        return {key: word for key, word in given if word}


def _kept(choices: dict[int, Any], present: int) -> list[tuple[int, Any]]:
    """What is set now stays possible, even where it came from elsewhere."""
    extra = {} if present in choices else {present: _("Leave as it is")}
    return [*choices.items(), *extra.items()]


class PictureForm(LinliForm):
    picture = forms.FileField(
        label=gettext_lazy("New picture"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": gettext_lazy("Please choose a picture.")},
    )


class RolesForm(LinliForm):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Entrusted with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(int(role)), name) for role, name in ROLE_NAMES.items() if role != Role.RESIDENT],
    )

    def clean_roles(self) -> int:
        return int(Role.RESIDENT) | sum(int(role) for role in self.cleaned_data["roles"])


class SectionForm(LinliForm):
    section = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=gettext_lazy("Place"), required=False, min_value=1, max_value=99)
    name = LineField(label=gettext_lazy("What it is called"), max_length=32, required=False)


class ContactForm(LinliForm):
    name = LineField(label=gettext_lazy("What it is called"), max_length=40, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    hours = LineField(label=gettext_lazy("Hours"), max_length=60, required=False)
    is_office = forms.BooleanField(
        label=gettext_lazy("This is our office: elders see it as a large button"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        number = given.get("phone", "").strip()
        if bool(number) != bool(given.get("name")):
            self.add_error("phone" if given.get("name") else "name", _("A number needs a name, and a name a number."))
        if number and not 3 <= sum(sign.isdigit() for sign in number) <= 15:
            self.add_error("phone", _("This is not a telephone number."))
        return given


class AgreementForm(LinliForm):
    text = TextField(
        label=gettext_lazy("The rules"),
        max_length=8000,
        rows=12,
        help_text=gettext_lazy("Members accept them when they come in, and again when you publish a new version."),
    )
