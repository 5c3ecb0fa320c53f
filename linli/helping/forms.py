from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.helping.rules import IN_THE_PAST, TOO_LONG
from linli.helping.topics import all_topics
from linli.homes.models import OccupancyKind
from linli.look.forms import LinliForm
from linli.look.marks import day as day_in_words

TERMS = (1, 3, 6, 12)
USUAL_TERM = "6"


def months_later(start: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first.replace(day=min(start.day, 28)) + timedelta(days=max(0, start.day - 28)), last)


def midnight_after(last_day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=zone)


class MandateForm(LinliForm):
    """What for, and until when; `ends_at` of the cleaned values is the midnight after the last day."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What may the helper do?"),
        help_text=gettext_lazy("Votes can never be cast by a helper."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose at least one thing the helper may do.")},
    )
    term = forms.ChoiceField(label=gettext_lazy("Until when?"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=gettext_lazy("Or another last day"),
        help_text=gettext_lazy("If you choose a day here, it counts instead."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.today = now.astimezone(zone).date()
        self.offered = all_topics()
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)
        topics.choices = [(topic.key, str(topic.label)) for topic in self.offered]
        term = self.fields["term"]
        assert isinstance(term, forms.ChoiceField)
        term.choices = [(str(months), self._words(months)) for months in TERMS]
        self.initial.setdefault("term", USUAL_TERM)
        self.initial.setdefault("topics", [topic.key for topic in self.offered])

    def _words(self, months: int) -> str:
        words = ngettext("%(num)s month, until %(day)s", "%(num)s months, until %(day)s", months)
        return words % {"num": months, "day": day_in_words(months_later(self.today, months))}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        last_day = cleaned.get("until")
        if last_day is None and cleaned.get("term"):
            last_day = months_later(self.today, int(cleaned["term"]))
        if last_day is None:
            return cleaned
        if last_day < self.today:
            self.add_error("until", IN_THE_PAST.message)
        elif last_day > months_later(self.today, TERMS[-1]):
            self.add_error("until", TOO_LONG.message)
        cleaned["ends_at"] = midnight_after(last_day, self.zone)
        return cleaned


class PaperForm(MandateForm):
    """The same, with where the signed sheet is kept."""

    evidence = forms.CharField(
        label=gettext_lazy("Where is the signed sheet kept?"),
        help_text=gettext_lazy("For example: folder “helpers”, property office, second shelf."),
        max_length=160,
        error_messages={"required": gettext_lazy("Please write where the signed sheet is kept.")},
    )


class EnrolForm(LinliForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As the neighbours say it."),
        max_length=32,
        error_messages={"required": gettext_lazy("Please write the name.")},
    )
    building = forms.ChoiceField(label=gettext_lazy("Building"), required=False)
    home = forms.CharField(
        label=gettext_lazy("Which home?"),
        help_text=gettext_lazy("As it stands in the register, with the entrance if there are several: 2单元 501"),
        required=False,
        max_length=60,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Lives there as"), choices=OccupancyKind.choices, widget=forms.RadioSelect, required=False
    )
    evidence = forms.CharField(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("For example: visited at home, resident's card seen. No identity numbers."),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write how you know who lives there.")},
    )

    def __init__(self, *args: Any, buildings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if buildings:
            building = self.fields["building"]
            assert isinstance(building, forms.ChoiceField)
            building.choices = [("", _("Please choose")), *buildings]
        else:
            del self.fields["building"], self.fields["home"], self.fields["kind"]
        self.initial.setdefault("kind", OccupancyKind.OWNER)
