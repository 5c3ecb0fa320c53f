from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import clean_line, clean_text
from linli.look.forms import LinliForm
from linli.tips.rules import BODY_MAX

MONTHS = (
    (1, _("January")), (2, _("February")), (3, _("March")), (4, _("April")), (5, _("May")), (6, _("June")),
    (7, _("July")), (8, _("August")), (9, _("September")), (10, _("October")), (11, _("November")), (12, _("December")),
)  # fmt: skip
_AREA = {"rows": 9}


class SeriesForm(LinliForm):
    is_on = forms.BooleanField(required=False, label=_("A tip goes out every month"))
    day = forms.TypedChoiceField(
        coerce=int, choices=[(day, str(day)) for day in range(1, 29)], label=_("Day of the month")
    )
    hour = forms.TypedChoiceField(coerce=int, choices=[(hour, f"{hour}:00") for hour in range(7, 22)], label=_("Hour"))


class TipForm(LinliForm):
    month = forms.TypedChoiceField(coerce=int, choices=MONTHS, label=_("Month"))
    title_zh = forms.CharField(max_length=120, required=False, label=_("Title in Chinese"))
    body_zh = forms.CharField(
        max_length=BODY_MAX, required=False, label=_("Text in Chinese"), widget=forms.Textarea(attrs=_AREA)
    )
    title_en = forms.CharField(max_length=120, required=False, label=_("Title in English"))
    body_en = forms.CharField(
        max_length=BODY_MAX, required=False, label=_("Text in English"), widget=forms.Textarea(attrs=_AREA),
        help_text=_("**Bold** and lists with - work. What is empty is left out."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in ("title_zh", "title_en"):
            values[name] = clean_line(values.get(name) or "")
        for name in ("body_zh", "body_en"):
            values[name] = clean_text(values.get(name) or "")
        return values
