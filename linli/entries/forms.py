from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.entries.actions.posting import NOWHERE, Places
from linli.entries.kinds import composed
from linli.entries.models import Reach
from linli.entries.reads import PostOptions
from linli.entries.rules import PICTURES_MAX, TEXT_MAX
from linli.kernel.text import clean_line, clean_text
from linli.look.forms import AttachmentsInput, LinliForm

ACCEPTED = "image/*,video/*,audio/*,.heic,.heif,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv"


class LineField(forms.CharField):
    """One line, cleaned."""

    def to_python(self, value: object) -> str:
        return clean_line(str(value or ""))


class TextField(forms.CharField):
    """Several lines, cleaned."""

    def to_python(self, value: object) -> str:
        return clean_text(str(value or ""))


class PicturesField(forms.FileField):
    """Only draws the field: files are taken in one by one, so that one that is refused does not lose the others."""

    widget = AttachmentsInput

    def clean(self, data: object, initial: object = None) -> None:
        return None


@dataclass(frozen=True)
class Audience:
    """Who may see a post, as the form names it."""

    reach: str
    places: Places


class WordsForm(LinliForm):
    """Title, words, shelf and pictures: what can be changed afterwards too."""

    title = LineField(label=_("Title"), required=False, max_length=120)
    body = TextField(
        label=_("Text"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("**bold**, *slanted*, a line that starts with - is a list, with > a quotation."),
    )
    section = forms.TypedChoiceField(
        label=_("Shelf"), required=False, coerce=int, empty_value=None, widget=forms.Select()
    )
    pictures = PicturesField(
        label=_("Pictures, video, sound and files"),
        required=False,
        widget=AttachmentsInput(attrs={"accept": ACCEPTED, "multiple": True, "data-max": str(PICTURES_MAX)}),
        help_text=_(
            "Up to 12. Place and time of taking are removed from pictures and recordings. PDF, Office and text files too."
        ),
    )

    def __init__(self, *args: object, options: PostOptions, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        section = self.fields["section"]
        assert isinstance(section, forms.TypedChoiceField)
        section.choices = [("", _("No shelf")), *((str(pk), name) for pk, name in options.sections)]
        if not options.sections:
            del self.fields["section"]


class PostForm(WordsForm):
    kind = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect())
    audience = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect())
    key = forms.CharField(max_length=36, widget=forms.HiddenInput())

    field_order = ("kind", "title", "body", "pictures", "section", "audience", "key")

    def __init__(
        self, *args: object, options: PostOptions, initial: dict[str, object] | None = None, **kwargs: object
    ) -> None:
        kinds = composed()
        typed = args[0] if args else None
        if isinstance(typed, QueryDict) and "kind" not in typed:
            # A form from before there was a choice is talk.
            typed = typed.copy()
            typed["kind"] = kinds[0].key
            args = (typed, *args[1:])
        given = {"key": new_key(), "audience": Reach.COMMUNITY.value, "kind": kinds[0].key, **(initial or {})}
        super().__init__(*args, options=options, initial=given, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = list(_audiences(options))
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        return clean_line(self.cleaned_data["key"]) or new_key()

    def chosen_audience(self) -> Audience:
        chosen = self.cleaned_data["audience"]
        if chosen.startswith("building-"):
            return Audience(Reach.PLACES, Places(buildings=(int(chosen.removeprefix("building-")),)))
        if chosen.startswith("circle-"):
            return Audience(Reach.PLACES, Places(circles=(int(chosen.removeprefix("circle-")),)))
        return Audience(chosen, NOWHERE)


def _audiences(options: PostOptions) -> Sequence[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    found += [
        (f"building-{pk}", _("Only neighbours of %(building)s") % {"building": name}) for pk, name in options.buildings
    ]
    found += [(f"circle-{pk}", _("Only the circle %(circle)s") % {"circle": name}) for pk, name in options.circles]
    found.append((Reach.COMMUNITY.value, _("All members")))
    if options.is_public:
        found.append((Reach.PUBLIC.value, _("Everybody, also outside the community")))
    return found


def new_key() -> str:
    """Made with the page, so that sending the same form twice posts once."""
    return str(uuid.uuid4())
