from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm
from linli.welcome.rules import LINE_MAX, LINES_MAX, WORDS_MAX

_AREA = {"rows": 4}


class WordsForm(LinliForm):
    """One a line; all three empty brings the template's words back."""

    soon = forms.CharField(
        required=False, widget=forms.Textarea(attrs=_AREA), label=gettext_lazy("What you get at once")
    )
    later = forms.CharField(
        required=False, widget=forms.Textarea(attrs=_AREA), label=gettext_lazy("What comes with time")
    )
    asks = forms.CharField(
        required=False, widget=forms.Textarea(attrs=_AREA), label=gettext_lazy("What we ask"),
        help_text=gettext_lazy("One a line, six at most. All three empty: the words of the template."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in ("soon", "later", "asks"):
            rows = [clean_line(line) for line in clean_text(values.get(name) or "").split("\n")]
            rows = [row for row in rows if row]
            if len(rows) > LINES_MAX or any(len(row) > LINE_MAX for row in rows):
                self.add_error(name, _("At most 6 lines of 120 characters each."))
            values[name] = "\n".join(rows)
        return values


class GreetingForm(LinliForm):
    words = forms.CharField(
        max_length=WORDS_MAX, required=False, widget=forms.Textarea(attrs=_AREA), label=gettext_lazy("Your greeting")
    )

    def clean_words(self) -> str:
        return clean_text(self.cleaned_data["words"])
