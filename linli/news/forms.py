from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.entries.forms import PicturesField
from linli.entries.rules import TEXT_MAX
from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm


class StoryForm(LinliForm):
    title = forms.CharField(max_length=120, required=False, label=_("Title"))
    body = forms.CharField(
        max_length=TEXT_MAX, required=False, label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What happened, where, who was there, what comes next. Names only of those who agree."),
    )  # fmt: skip
    pictures = PicturesField(
        required=False, label=_("Pictures"), help_text=_("Up to 12; the first one leads. Place and time are removed.")
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_reporter: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_reporter:
            del self.fields["pictures"]  # they are the reporter's

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return clean_text(self.cleaned_data["body"])


class NoteForm(LinliForm):
    note = forms.CharField(
        max_length=600, required=False, label=_("A word to the reporter"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])
